package netc.train;

/**
 * {@code v = α·v + (1 − α)·g²}; centred: {@code a = α·a + (1 − α)·g} and v − a² in v's place; {@code b =
 * momentum·b + g/(√v + ε)}; {@code w −= lr·b}.
 */
final class RmsPropUpdater extends Updater {
  private final RmsProp rule;
  private final float[][] floatSquares;
  private final float[][] floatMeans;
  private final float[][] floatSteps;
  private final double[][] squares;
  private final double[][] means;
  private final double[][] steps;
  private double lr;

  RmsPropUpdater(RmsProp rule, int[] sizes, boolean single) {
    super(sizes, single);
    this.rule = rule;
    floatSquares = floatBuffers(true, 0);
    floatMeans = floatBuffers(rule.centered(), 0);
    floatSteps = floatBuffers(rule.momentum() != 0, 0);
    squares = doubleBuffers(true, 0);
    means = doubleBuffers(rule.centered(), 0);
    steps = doubleBuffers(rule.momentum() != 0, 0);
  }

  @Override
  void begin(long step, double rate) {
    lr = rate;
  }

  @Override
  void update(int p, float[] w, float[] g, int from, int to) {
    float alpha = (float) rule.alpha();
    float rest = (float) (1 - rule.alpha());
    float eps = (float) rule.eps();
    float decay = (float) rule.weightDecay();
    float momentum = (float) rule.momentum();
    float rate = (float) lr;
    float[] v = floatSquares[p];
    float[] a = floatMeans[p];
    float[] b = floatSteps[p];
    for (int i = from; i < to; i++) {
      float d = g[i] + decay * w[i];
      v[i] = alpha * v[i] + rest * (d * d);
      float variance = v[i];
      if (a != null) {
        a[i] = alpha * a[i] + rest * d;
        variance = Math.max(0, variance - a[i] * a[i]);
      }
      float step = d / ((float) Math.sqrt(variance) + eps);
      if (b != null) {
        b[i] = momentum * b[i] + step;
        step = b[i];
      }
      w[i] -= rate * step;
    }
  }

  @Override
  void update(int p, double[] w, double[] g, int from, int to) {
    double alpha = rule.alpha();
    double rest = 1 - rule.alpha();
    double[] v = squares[p];
    double[] a = means[p];
    double[] b = steps[p];
    for (int i = from; i < to; i++) {
      double d = g[i] + rule.weightDecay() * w[i];
      v[i] = alpha * v[i] + rest * (d * d);
      double variance = v[i];
      if (a != null) {
        a[i] = alpha * a[i] + rest * d;
        variance = Math.max(0, variance - a[i] * a[i]);
      }
      double step = d / (Math.sqrt(variance) + rule.eps());
      if (b != null) {
        b[i] = rule.momentum() * b[i] + step;
        step = b[i];
      }
      w[i] -= lr * step;
    }
  }
}
