package netc.train;

/** Limits on a float[] or double[] of gradients: a common factor, and a largest magnitude. */
final class Clipping {
  private Clipping() {}

  static void apply(Object gradient, int from, int to, double factor, double limit) {
    if (factor == 1 && limit == Double.POSITIVE_INFINITY) {
      return;
    }
    if (gradient instanceof float[] floats) {
      float common = (float) factor;
      float most = (float) limit;
      for (int i = from; i < to; i++) {
        floats[i] = Math.max(-most, Math.min(most, floats[i] * common));
      }
    } else {
      double[] doubles = (double[]) gradient;
      for (int i = from; i < to; i++) {
        doubles[i] = Math.max(-limit, Math.min(limit, doubles[i] * factor));
      }
    }
  }

  /** The sum of the squares. */
  static double square(Object gradient, int from, int to) {
    double sum = 0;
    if (gradient instanceof float[] floats) {
      for (int i = from; i < to; i++) {
        sum += (double) floats[i] * floats[i];
      }
    } else {
      double[] doubles = (double[]) gradient;
      for (int i = from; i < to; i++) {
        sum += doubles[i] * doubles[i];
      }
    }
    return sum;
  }
}
