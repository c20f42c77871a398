package netc.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The method {@code share} of the class behind {@link netc.runtime.Code}, and what it calls: a method a kernel. */
final class SharedKernels {
  private static final String WEIGHTS_AND_BLOCK = "Lnetc/runtime/Weights;Lnetc/runtime/Block;";
  private static final String ONE = "(" + WEIGHTS_AND_BLOCK + "II)V";

  /** The locals of a method for one kernel, behind weights and block. */
  private static final int SHARE = 2;

  private static final int SHARES = 3;

  private final String owner;
  private final List<Consumer<MethodVisitor>> calls = new ArrayList<>();

  SharedKernels(String owner) {
    this.owner = owner;
  }

  /**
   * The number of a kernel.
   *
   * @param call writes the call of one share into a method of weights, block, share and shares
   */
  int add(Consumer<MethodVisitor> call) {
    calls.add(call);
    return calls.size() - 1;
  }

  /** Writes into a method of a form that the block's threads compute all shares of a kernel. */
  void run(MethodVisitor method, int kernel) {
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitFieldInsn(
        Opcodes.GETFIELD, "netc/runtime/Block", "shares", "Lnetc/runtime/Shares;");
    new MethodCode(method).push(kernel);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, "netc/runtime/Shares", "run", "(I" + WEIGHTS_AND_BLOCK + ")V", false);
  }

  /** The same by the calling thread: one share, which is all. */
  void runAlone(MethodVisitor method, int kernel) {
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitInsn(Opcodes.ICONST_0);
    method.visitInsn(Opcodes.ICONST_1);
    method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, "share" + kernel, ONE, false);
  }

  /** Pushes the share and their number in the method of a kernel. */
  void pushShare(MethodVisitor method) {
    method.visitVarInsn(Opcodes.ILOAD, SHARE);
    method.visitVarInsn(Opcodes.ILOAD, SHARES);
  }

  /** Writes the methods, when there are any. */
  void write(ClassVisitor file) {
    for (int i = 0; i < calls.size(); i++) {
      MethodVisitor one =
          file.visitMethod(
              Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, "share" + i, ONE, null, null);
      one.visitCode();
      calls.get(i).accept(one);
      end(one);
    }
    if (!calls.isEmpty()) {
      choice(file);
    }
  }

  private void choice(ClassVisitor file) {
    MethodVisitor method =
        file.visitMethod(
            Opcodes.ACC_PUBLIC, "share", "(I" + WEIGHTS_AND_BLOCK + "II)V", null, null);
    method.visitCode();
    var labels = new Label[calls.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = new Label();
    }
    var unknown = new Label();
    method.visitVarInsn(Opcodes.ILOAD, 1);
    method.visitTableSwitchInsn(0, labels.length - 1, unknown, labels);
    for (int i = 0; i < labels.length; i++) {
      method.visitLabel(labels[i]);
      method.visitVarInsn(Opcodes.ALOAD, 2);
      method.visitVarInsn(Opcodes.ALOAD, 3);
      method.visitVarInsn(Opcodes.ILOAD, 4);
      method.visitVarInsn(Opcodes.ILOAD, 5);
      method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, "share" + i, ONE, false);
      method.visitInsn(Opcodes.RETURN);
    }
    method.visitLabel(unknown);
    end(method);
  }

  private static void end(MethodVisitor method) {
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }
}
