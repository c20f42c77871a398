package netc.train;

import netc.runtime.Precision;
import netc.runtime.Rule;

/**
 * Gradient descent with momentum (Sutskever et al. 2013), as {@code torch.optim.SGD}: {@code b =
 * momentum·b + (1 − dampening)·g} (first step: b = g); {@code w −= lr·b}, or {@code lr·(g + momentum·b)}
 * after Nesterov.
 */
public final class Sgd extends Updater {
  private final double momentum = number("momentum");
  private final double dampening = number("dampening");
  private final double decay = number("weight_decay");
  private final boolean nesterov = number("nesterov") != 0;
  private boolean first;
  private double lr;

  Sgd(Rule rule, int[] sizes, Precision precision) {
    super(rule, sizes, precision, rule.number("momentum") != 0);
  }

  /** Training by plain gradient descent; further settings by {@link TrainSettings}. */
  public static TrainSettings rate(double lr) {
    return TrainSettings.defaults().optimizer(rule(lr));
  }

  /** The rule, of which {@link Rule#with} changes the momentum and others. */
  public static Rule rule(double lr) {
    return Rule.of("sgd", "lr momentum dampening weight_decay nesterov", lr, 0, 0, 0, 0);
  }

  @Override
  void begin(long step, double rate) {
    first = step == 1;
    lr = rate;
  }

  @Override
  void update(int p, float[] w, float[] g, int from, int to) {
    float rate = (float) lr;
    float l2 = (float) decay;
    float[] b = floats[0][p];
    if (b == null) {
      for (int i = from; i < to; i++) {
        w[i] -= rate * (g[i] + l2 * w[i]);
      }
      return;
    }
    float keep = first ? 0 : (float) momentum;
    float share = first ? 1 : (float) (1 - dampening);
    float ahead = (float) momentum;
    for (int i = from; i < to; i++) {
      float d = g[i] + l2 * w[i];
      b[i] = keep * b[i] + share * d;
      w[i] -= rate * (nesterov ? d + ahead * b[i] : b[i]);
    }
  }

  @Override
  void update(int p, double[] w, double[] g, int from, int to) {
    double[] b = doubles[0][p];
    if (b == null) {
      for (int i = from; i < to; i++) {
        w[i] -= lr * (g[i] + decay * w[i]);
      }
      return;
    }
    double keep = first ? 0 : momentum;
    double share = first ? 1 : 1 - dampening;
    for (int i = from; i < to; i++) {
      double d = g[i] + decay * w[i];
      b[i] = keep * b[i] + share * d;
      w[i] -= lr * (nesterov ? d + momentum * b[i] : b[i]);
    }
  }
}
