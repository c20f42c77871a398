package netc.data;

import netc.runtime.Tensor;

/** Copies some rows of a tensor. */
final class Selections {
  private Selections() {}

  static Tensor take(Tensor whole, int[] rows) {
    int[] shape = whole.shape();
    int size = whole.elements() / Math.max(1, shape[0]);
    shape[0] = rows.length;
    int length = Math.multiplyExact(rows.length, size);
    return switch (whole.dtype()) {
      case F32 -> Tensor.of((float[]) copy(whole.array(), new float[length], rows, size), shape);
      case F64 -> Tensor.of((double[]) copy(whole.array(), new double[length], rows, size), shape);
      case I64 -> Tensor.of((long[]) copy(whole.array(), new long[length], rows, size), shape);
      case I32 -> Tensor.of((int[]) copy(whole.array(), new int[length], rows, size), shape);
      case U8 -> Tensor.of((byte[]) copy(whole.array(), new byte[length], rows, size), shape);
      case BOOL ->
          Tensor.ofTruths((byte[]) copy(whole.array(), new byte[length], rows, size), shape);
    };
  }

  private static Object copy(Object from, Object to, int[] rows, int size) {
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(from, rows[i] * size, to, i * size, size);
    }
    return to;
  }
}
