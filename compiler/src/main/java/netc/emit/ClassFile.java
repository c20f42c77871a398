package netc.emit;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** A class being written: version 61 (Java 17), frames computed without loading any class. */
final class ClassFile extends ClassWriter {
  ClassFile(int access, String name, String signature, String parent, String source, String... interfaces) {
    super(COMPUTE_FRAMES | COMPUTE_MAXS);
    visit(Opcodes.V17, access | Opcodes.ACC_SUPER, name, signature, parent, interfaces);
    visitSource(source, null);
  }

  @Override
  protected String getCommonSuperClass(String left, String right) {
    return "java/lang/Object";
  }

  /** A constructor without arguments that does nothing. */
  void emptyConstructor(int access) {
    var method = visitMethod(access, "<init>", "()V", null, null);
    method.visitCode();
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  byte[] bytes() {
    visitEnd();
    return toByteArray();
  }
}
