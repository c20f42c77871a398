package netc.train;

import netc.runtime.Precision;
import netc.runtime.Rule;

/**
 * Adam (Kingma and Ba 2015), as {@code torch.optim.Adam}: weight decay is added to the gradient. {@code m
 * = β₁·m + (1 − β₁)·g}, {@code v = β₂·v + (1 − β₂)·g²}, {@code w −= lr/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) +
 * ε)}; {@link AdamW}'s decoupled decay first multiplies w by {@code 1 − lr·decay}.
 */
public final class Adam extends Updater {
  private final double beta1 = number("beta1");
  private final double beta2 = number("beta2");
  private final double eps = number("eps");
  private final double decay;
  private final double decoupledDecay;
  private double size;
  private double root;
  private double keep;

  Adam(Rule rule, int[] sizes, Precision precision) {
    super(rule, sizes, precision, true, true);
    boolean decoupled = rule.name().equals("adamw");
    decay = decoupled ? 0 : number("weight_decay");
    decoupledDecay = decoupled ? number("weight_decay") : 0;
  }

  /** Training by Adam with this learning rate; further settings by {@link TrainSettings}. */
  public static TrainSettings rate(double lr) {
    return TrainSettings.defaults().optimizer(rule(lr));
  }

  /** The rule, of which {@link Rule#with} changes the other settings. */
  public static Rule rule(double lr) {
    return rule("adam", lr, 0);
  }

  static Rule rule(String name, double lr, double decay) {
    return Rule.of(name, "lr beta1 beta2 eps weight_decay", lr, 0.9, 0.999, 1e-8, decay);
  }

  @Override
  void begin(long step, double lr) {
    size = lr / (1 - Math.pow(beta1, step));
    root = Math.sqrt(1 - Math.pow(beta2, step));
    keep = 1 - lr * decoupledDecay;
  }

  @Override
  void update(int p, float[] w, float[] g, int from, int to) {
    float[] m = floats[0][p];
    float[] v = floats[1][p];
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
    double[] m = doubles[0][p];
    double[] v = doubles[1][p];
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
