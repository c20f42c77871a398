package netc.train;

/** Limits on gradients: a common factor, and a largest magnitude of each element. */
final class Clipping {
  private Clipping() {}

  static void apply(float[] gradient, int from, int to, float factor, float limit) {
    if (factor != 1) {
      for (int i = from; i < to; i++) {
        gradient[i] *= factor;
      }
    }
    if (limit != Float.POSITIVE_INFINITY) {
      for (int i = from; i < to; i++) {
        gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
      }
    }
  }

  static void apply(double[] gradient, int from, int to, double factor, double limit) {
    if (factor != 1) {
      for (int i = from; i < to; i++) {
        gradient[i] *= factor;
      }
    }
    if (limit != Double.POSITIVE_INFINITY) {
      for (int i = from; i < to; i++) {
        gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
      }
    }
  }

  static double square(float[] gradient, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) gradient[i] * gradient[i];
    }
    return sum;
  }

  static double square(double[] gradient, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += gradient[i] * gradient[i];
    }
    return sum;
  }
}
