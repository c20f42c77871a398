package netc.runtime;

/** Element-wise sums, as loops that the JIT compiler vectorises. */
final class Sums {
  private Sums() {}

  static void add(float[] source, float[] target, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] += source[i];
    }
  }

  static void add(double[] source, double[] target, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] += source[i];
    }
  }
}
