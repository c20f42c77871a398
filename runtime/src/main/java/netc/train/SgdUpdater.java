package netc.train;

/** {@code b = momentum·b + (1 − dampening)·g} (first step: b = g); {@code w −= lr·(g + momentum·b | b)}. */
final class SgdUpdater extends Updater {
  private final Sgd sgd;
  private final float[][] floats;
  private final double[][] doubles;
  private boolean first;
  private double lr;

  SgdUpdater(Sgd sgd, int[] sizes, boolean single) {
    super(sizes, single);
    this.sgd = sgd;
    floats = floatBuffers(sgd.momentum() != 0, 0);
    doubles = doubleBuffers(sgd.momentum() != 0, 0);
  }

  @Override
  void begin(long step, double rate) {
    first = step == 1;
    lr = rate;
  }

  @Override
  void update(int p, float[] w, float[] g, int from, int to) {
    float rate = (float) lr;
    float decay = (float) sgd.weightDecay();
    float[] b = floats[p];
    if (b == null) {
      for (int i = from; i < to; i++) {
        w[i] -= rate * (g[i] + decay * w[i]);
      }
      return;
    }
    float momentum = first ? 0 : (float) sgd.momentum();
    float share = first ? 1 : (float) (1 - sgd.dampening());
    float ahead = (float) sgd.momentum();
    boolean nesterov = sgd.nesterov();
    for (int i = from; i < to; i++) {
      float d = g[i] + decay * w[i];
      b[i] = momentum * b[i] + share * d;
      w[i] -= rate * (nesterov ? d + ahead * b[i] : b[i]);
    }
  }

  @Override
  void update(int p, double[] w, double[] g, int from, int to) {
    double decay = sgd.weightDecay();
    double[] b = doubles[p];
    if (b == null) {
      for (int i = from; i < to; i++) {
        w[i] -= lr * (g[i] + decay * w[i]);
      }
      return;
    }
    double momentum = first ? 0 : sgd.momentum();
    double share = first ? 1 : 1 - sgd.dampening();
    double ahead = sgd.momentum();
    boolean nesterov = sgd.nesterov();
    for (int i = from; i < to; i++) {
      double d = g[i] + decay * w[i];
      b[i] = momentum * b[i] + share * d;
      w[i] -= lr * (nesterov ? d + ahead * b[i] : b[i]);
    }
  }
}
