package netc.emit;

import java.util.List;
import netc.runtime.Metadata;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** {@code Iris.Workspace}: the runtime's workspace with an accessor for each output. */
final class WorkspaceClass {
  static final String PARENT = "netc/runtime/Workspace";

  private final String owner;
  private final Metadata metadata;
  private final EmitOptions options;

  WorkspaceClass(String owner, Metadata metadata, EmitOptions options) {
    this.owner = owner;
    this.metadata = metadata;
    this.options = options;
  }

  static String name(String owner) {
    return owner + "$Workspace";
  }

  byte[] bytes() {
    var file =
        new ClassFile(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, name(owner), null, PARENT, options.sourceName());
    file.visitInnerClass(
        name(owner), owner, "Workspace",
        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL);
    constructor(file);
    List<Metadata.Port> outputs = metadata.outputs();
    for (int i = 0; i < outputs.size(); i++) {
      accessor(file, new TypedPort(outputs.get(i), options.real()), i);
    }
    return file.bytes();
  }

  private void constructor(ClassFile file) {
    MethodVisitor method =
        file.visitMethod(0, "<init>", "(L" + owner + ";I)V", null, null);
    method.visitCode();
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitVarInsn(Opcodes.ILOAD, 2);
    method.visitMethodInsn(
        Opcodes.INVOKESPECIAL, PARENT, "<init>", "(Lnetc/runtime/Network;I)V", false);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private void accessor(ClassFile file, TypedPort port, int output) {
    MethodVisitor method =
        file.visitMethod(
            Opcodes.ACC_PUBLIC, port.javaName(), "()" + port.rowsDescriptor(), null, null);
    method.visitCode();
    var code = new MethodCode(method);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    code.push(output);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, PARENT, port.rowsMethod(), "(I)" + port.rowsDescriptor(), false);
    method.visitInsn(Opcodes.ARETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }
}
