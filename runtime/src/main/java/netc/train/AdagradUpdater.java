package netc.train;

/** {@code s += g²}, {@code w −= lr/(1 + (t − 1)·lr_decay) · g/(√s + ε)}. */
final class AdagradUpdater extends Updater {
  private final Adagrad rule;
  private final float[][] floatSums;
  private final double[][] sums;
  private double rate;

  AdagradUpdater(Adagrad rule, int[] sizes, boolean single) {
    super(sizes, single);
    this.rule = rule;
    floatSums = floatBuffers(true, rule.initialAccumulatorValue());
    sums = doubleBuffers(true, rule.initialAccumulatorValue());
  }

  @Override
  void begin(long step, double lr) {
    rate = lr / (1 + (step - 1) * rule.lrDecay());
  }

  @Override
  void update(int p, float[] w, float[] g, int from, int to) {
    float decay = (float) rule.weightDecay();
    float eps = (float) rule.eps();
    float lr = (float) rate;
    float[] s = floatSums[p];
    for (int i = from; i < to; i++) {
      float d = g[i] + decay * w[i];
      s[i] += d * d;
      w[i] -= lr * d / ((float) Math.sqrt(s[i]) + eps);
    }
  }

  @Override
  void update(int p, double[] w, double[] g, int from, int to) {
    double[] s = sums[p];
    for (int i = from; i < to; i++) {
      double d = g[i] + rule.weightDecay() * w[i];
      s[i] += d * d;
      w[i] -= rate * d / (Math.sqrt(s[i]) + rule.eps());
    }
  }
}
