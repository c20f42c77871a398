package netc.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.schedule.ArrayReference.InPacked;
import netc.schedule.Layout;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The packed copies of weights that predictions read: all of a kind are made at the first call of a
 * network that needs one, and kept with its weights, which nobody changes any more.
 */
final class PackedWeights {
  /** Copies made by one method, which stays short. */
  private static final int COPIES_OF_METHOD = 100;

  private static final String WEIGHTS = "netc/runtime/Weights";

  /** Copies that are made and kept together. */
  enum Kind {
    /** Those of vectors and one example: a flat array each. */
    ONE("packed", "[F"),
    /** Those of vectors and blocks of rows: a flat array each. */
    BLOCKS("packedForBlocks", "[F"),
    /** Those of plain loops: an array a row. */
    PORTABLE("packedRows", "[[F");

    /** The name of the field of the weights, and of the method that gives it. */
    final String field;

    private final String copy;

    Kind(String field, String copy) {
      this.field = field;
      this.copy = copy;
    }

    static Kind of(InPacked packed, Layout layout) {
      if (packed.rowLength() > 0) {
        return PORTABLE;
      }
      return layout == Layout.ROWS ? BLOCKS : ONE;
    }

    /** The type of all copies together. */
    String descriptor() {
      return "[" + copy;
    }
  }

  private final String owner;
  private final KernelClass kernels;
  private final Kind kind;
  private final Map<InPacked, Integer> positions = new LinkedHashMap<>();

  PackedWeights(String owner, KernelClass kernels, Kind kind) {
    this.owner = owner;
    this.kernels = kernels;
    this.kind = kind;
  }

  int position(InPacked packed) {
    return positions.computeIfAbsent(packed, _ -> positions.size());
  }

  /** Writes the methods that give the copies, when there are any. */
  void write(ClassVisitor file) {
    if (positions.isEmpty()) {
      return;
    }
    var all = new ArrayList<>(positions.keySet());
    int methods = Math.ceilDiv(all.size(), COPIES_OF_METHOD);
    give(file, methods);
    for (int method = 0; method < methods; method++) {
      int end = Math.min(all.size(), (method + 1) * COPIES_OF_METHOD);
      pack(file, method, all.subList(method * COPIES_OF_METHOD, end));
    }
  }

  /** Of the weights: those that the weights have, or new ones, which they keep. */
  private void give(ClassVisitor file, int methods) {
    MethodVisitor method =
        file.visitMethod(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC,
            kind.field,
            "(L" + WEIGHTS + ";)" + kind.descriptor(),
            null,
            null);
    method.visitCode();
    var code = new MethodCode(method);
    var there = new Label();
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitFieldInsn(Opcodes.GETFIELD, WEIGHTS, kind.field, kind.descriptor());
    method.visitVarInsn(Opcodes.ASTORE, 1);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitJumpInsn(Opcodes.IFNONNULL, there);
    code.push(positions.size());
    method.visitTypeInsn(Opcodes.ANEWARRAY, kind.copy);
    method.visitVarInsn(Opcodes.ASTORE, 1);
    for (int i = 0; i < methods; i++) {
      method.visitVarInsn(Opcodes.ALOAD, 0);
      method.visitVarInsn(Opcodes.ALOAD, 1);
      method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, pack(i), packDescriptor(), false);
    }
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitFieldInsn(Opcodes.PUTFIELD, WEIGHTS, kind.field, kind.descriptor());
    method.visitLabel(there);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitInsn(Opcodes.ARETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private String pack(int number) {
    return kind.field + "_" + number;
  }

  private String packDescriptor() {
    return "(L" + WEIGHTS + ";" + kind.descriptor() + ")V";
  }

  private void pack(ClassVisitor file, int number, List<InPacked> copies) {
    MethodVisitor method =
        file.visitMethod(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, pack(number), packDescriptor(), null, null);
    method.visitCode();
    var code = new MethodCode(method);
    for (InPacked copy : copies) {
      method.visitVarInsn(Opcodes.ALOAD, 1);
      code.push(positions.get(copy));
      code.push(copy.size());
      if (kind != Kind.PORTABLE) {
        method.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_FLOAT);
      } else {
        code.push(copy.rowLength());
        method.visitMultiANewArrayInsn(kind.copy, 2);
      }
      method.visitInsn(Opcodes.DUP_X2);
      method.visitInsn(Opcodes.AASTORE);
      method.visitVarInsn(Opcodes.ALOAD, 0);
      method.visitFieldInsn(Opcodes.GETFIELD, WEIGHTS, "floats", "[[F");
      code.push(copy.weight());
      method.visitInsn(Opcodes.AALOAD);
      method.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          kernels.name(),
          kernels.method(copy.kernel(), 1),
          KernelToMethod.descriptor(copy.kernel()),
          false);
    }
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }
}
