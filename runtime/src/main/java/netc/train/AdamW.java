package netc.train;

import netc.runtime.Rule;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019), as {@code torch.optim.AdamW}. */
public final class AdamW {
  private AdamW() {}

  /** Training by AdamW with this learning rate; further settings by {@link TrainSettings}. */
  public static TrainSettings rate(double lr) {
    return TrainSettings.defaults().optimizer(rule(lr));
  }

  /** The rule, of which {@link Rule#with} changes the other settings. */
  public static Rule rule(double lr) {
    return Adam.rule("adamw", lr, 0.01);
  }
}
