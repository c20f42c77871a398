package netc.train;

import netc.runtime.Precision;
import netc.runtime.Rule;

/**
 * RMSprop (Hinton 2012; centred: Graves 2013), as {@code torch.optim.RMSprop}: {@code v = α·v + (1 −
 * α)·g²}; centred: {@code a = α·a + (1 − α)·g} and v − a² in v's place; {@code b = momentum·b + g/(√v +
 * ε)}; {@code w −= lr·b}.
 */
public final class RmsProp extends Updater {
  private final double alpha = number("alpha");
  private final double eps = number("eps");
  private final double decay = number("weight_decay");
  private final double momentum = number("momentum");
  private double lr;

  RmsProp(Rule rule, int[] sizes, Precision precision) {
    super(
        rule, sizes, precision, true, rule.number("centered") != 0, rule.number("momentum") != 0);
  }

  /** Training by RMSprop with this learning rate; further settings by {@link TrainSettings}. */
  public static TrainSettings rate(double lr) {
    return TrainSettings.defaults().optimizer(rule(lr));
  }

  /** The rule, of which {@link Rule#with} changes the other settings. */
  public static Rule rule(double lr) {
    return Rule.of(
        "rmsprop", "lr alpha eps weight_decay momentum centered", lr, 0.99, 1e-8, 0, 0, 0);
  }

  @Override
  void begin(long step, double rate) {
    lr = rate;
  }

  @Override
  void update(int p, float[] w, float[] g, int from, int to) {
    float share = (float) alpha;
    float rest = (float) (1 - alpha);
    float epsilon = (float) eps;
    float l2 = (float) decay;
    float keep = (float) momentum;
    float rate = (float) lr;
    float[] v = floats[0][p];
    float[] a = floats[1][p];
    float[] b = floats[2][p];
    for (int i = from; i < to; i++) {
      float d = g[i] + l2 * w[i];
      v[i] = share * v[i] + rest * (d * d);
      float variance = v[i];
      if (a != null) {
        a[i] = share * a[i] + rest * d;
        variance = Math.max(0, variance - a[i] * a[i]);
      }
      float step = d / ((float) Math.sqrt(variance) + epsilon);
      if (b != null) {
        b[i] = keep * b[i] + step;
        step = b[i];
      }
      w[i] -= rate * step;
    }
  }

  @Override
  void update(int p, double[] w, double[] g, int from, int to) {
    double rest = 1 - alpha;
    double[] v = doubles[0][p];
    double[] a = doubles[1][p];
    double[] b = doubles[2][p];
    for (int i = from; i < to; i++) {
      double d = g[i] + decay * w[i];
      v[i] = alpha * v[i] + rest * (d * d);
      double variance = v[i];
      if (a != null) {
        a[i] = alpha * a[i] + rest * d;
        variance = Math.max(0, variance - a[i] * a[i]);
      }
      double step = d / (Math.sqrt(variance) + eps);
      if (b != null) {
        b[i] = momentum * b[i] + step;
        step = b[i];
      }
      w[i] -= lr * step;
    }
  }
}
