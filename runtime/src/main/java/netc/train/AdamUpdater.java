package netc.train;

/**
 * {@code m = β₁·m + (1 − β₁)·g}, {@code v = β₂·v + (1 − β₂)·g²}, {@code w −= lr/(1 − β₁ᵗ) · m /
 * (√v/√(1 − β₂ᵗ) + ε)}; decoupled decay first multiplies w by {@code 1 − lr·decay}.
 */
final class AdamUpdater extends Updater {
  private final double beta1;
  private final double beta2;
  private final double eps;
  private final double decay;
  private final double decoupledDecay;
  private final float[][] floatMeans;
  private final float[][] floatSquares;
  private final double[][] means;
  private final double[][] squares;
  private double size;
  private double root;
  private double keep;

  AdamUpdater(
      double beta1,
      double beta2,
      double eps,
      double decay,
      boolean decoupled,
      int[] sizes,
      boolean single) {
    super(sizes, single);
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.eps = eps;
    this.decay = decoupled ? 0 : decay;
    decoupledDecay = decoupled ? decay : 0;
    floatMeans = floatBuffers(true, 0);
    floatSquares = floatBuffers(true, 0);
    means = doubleBuffers(true, 0);
    squares = doubleBuffers(true, 0);
  }

  @Override
  void begin(long step, double lr) {
    size = lr / (1 - Math.pow(beta1, step));
    root = Math.sqrt(1 - Math.pow(beta2, step));
    keep = 1 - lr * decoupledDecay;
  }

  @Override
  void update(int p, float[] w, float[] g, int from, int to) {
    float[] m = floatMeans[p];
    float[] v = floatSquares[p];
    float b1 = (float) beta1;
    float c1 = (float) (1 - beta1);
    float b2 = (float) beta2;
    float c2 = (float) (1 - beta2);
    float epsilon = (float) eps;
    float l2 = (float) decay;
    float stay = (float) keep;
    float rate = (float) size;
    float scale = (float) (1 / root);
    for (int i = from; i < to; i++) {
      float d = g[i] + l2 * w[i];
      m[i] = b1 * m[i] + c1 * d;
      v[i] = b2 * v[i] + c2 * (d * d);
      w[i] = stay * w[i] - rate * m[i] / ((float) Math.sqrt(v[i]) * scale + epsilon);
    }
  }

  @Override
  void update(int p, double[] w, double[] g, int from, int to) {
    double[] m = means[p];
    double[] v = squares[p];
    double c1 = 1 - beta1;
    double c2 = 1 - beta2;
    for (int i = from; i < to; i++) {
      double d = g[i] + decay * w[i];
      m[i] = beta1 * m[i] + c1 * d;
      v[i] = beta2 * v[i] + c2 * (d * d);
      w[i] = keep * w[i] - size * m[i] / (Math.sqrt(v[i]) / root + eps);
    }
  }
}
