package netc.train;

/**
 * The running state of an optimiser: one set of buffers a parameter. An update touches only its own
 * range, so ranges may be updated at once.
 */
abstract class Updater {
  private final boolean single;
  private final int[] sizes;

  Updater(int[] sizes, boolean single) {
    this.sizes = sizes;
    this.single = single;
  }

  /**
   * Prepares the scalars of a step.
   *
   * @param step from 1
   * @param lr the scheduled rate
   */
  abstract void begin(long step, double lr);

  /** Updates elements {@code from} to {@code to} of parameter {@code p}; may change the gradient. */
  abstract void update(int p, float[] weight, float[] gradient, int from, int to);

  abstract void update(int p, double[] weight, double[] gradient, int from, int to);

  /** A buffer for each parameter, of the network's precision. */
  final float[][] floatBuffers(boolean needed, double start) {
    float[][] buffers = new float[sizes.length][];
    for (int p = 0; needed && single && p < sizes.length; p++) {
      buffers[p] = new float[sizes[p]];
      if (start != 0) {
        java.util.Arrays.fill(buffers[p], (float) start);
      }
    }
    return buffers;
  }

  final double[][] doubleBuffers(boolean needed, double start) {
    double[][] buffers = new double[sizes.length][];
    for (int p = 0; needed && !single && p < sizes.length; p++) {
      buffers[p] = new double[sizes[p]];
      if (start != 0) {
        java.util.Arrays.fill(buffers[p], start);
      }
    }
    return buffers;
  }
}
