package netc.train;

import java.util.Arrays;
import netc.runtime.Precision;
import netc.runtime.Rule;

/**
 * Adagrad (Duchi, Hazan and Singer 2011), as {@code torch.optim.Adagrad}: {@code s += g²}, {@code w −=
 * lr/(1 + (t − 1)·lr_decay) · g/(√s + ε)}.
 */
public final class Adagrad extends Updater {
  private final double decay = number("weight_decay");
  private final double eps = number("eps");
  private double rate;

  Adagrad(Rule rule, int[] sizes, Precision precision) {
    super(rule, sizes, precision, true);
    double start = number("initial_accumulator_value");
    for (int p = 0; p < sizes.length; p++) {
      if (precision == Precision.F32) {
        Arrays.fill(floats[0][p], (float) start);
      } else {
        Arrays.fill(doubles[0][p], start);
      }
    }
  }

  /** Training by Adagrad with this learning rate; further settings by {@link TrainSettings}. */
  public static TrainSettings rate(double lr) {
    return TrainSettings.defaults().optimizer(rule(lr));
  }

  /** The rule, of which {@link Rule#with} changes the other settings. */
  public static Rule rule(double lr) {
    return Rule.of(
        "adagrad", "lr lr_decay weight_decay initial_accumulator_value eps", lr, 0, 0, 0, 1e-10);
  }

  @Override
  void begin(long step, double lr) {
    rate = lr / (1 + (step - 1) * number("lr_decay"));
  }

  @Override
  void update(int p, float[] w, float[] g, int from, int to) {
    float l2 = (float) decay;
    float epsilon = (float) eps;
    float lr = (float) rate;
    float[] s = floats[0][p];
    for (int i = from; i < to; i++) {
      float d = g[i] + l2 * w[i];
      s[i] += d * d;
      w[i] -= lr * d / ((float) Math.sqrt(s[i]) + epsilon);
    }
  }

  @Override
  void update(int p, double[] w, double[] g, int from, int to) {
    double[] s = doubles[0][p];
    for (int i = from; i < to; i++) {
      double d = g[i] + decay * w[i];
      s[i] += d * d;
      w[i] -= rate * d / (Math.sqrt(s[i]) + eps);
    }
  }
}
