package netc.train;

import netc.runtime.Metadata.Value;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019), as {@code torch.optim.AdamW}. */
public record AdamW(double lr, double beta1, double beta2, double eps, double weightDecay)
    implements Optimizer {

  /** Training by AdamW with this learning rate; further settings by {@link TrainSettings}. */
  public static TrainSettings rate(double lr) {
    return TrainSettings.defaults().optimizer(new AdamW(lr, 0.9, 0.999, 1e-8, 0.01));
  }

  static AdamW of(Arguments a) {
    double[] betas = Adam.betas(a);
    return new AdamW(
        a.positive("lr", 1e-3),
        betas[0],
        betas[1],
        a.notNegative("eps", 1e-8),
        a.notNegative("weight_decay", 0.01));
  }

  @Override
  public Value.Call value() {
    return Adam.value("adamw", lr, beta1, beta2, eps, weightDecay);
  }

  @Override
  public Updater updater(int[] sizes, boolean single) {
    return new AdamUpdater(beta1, beta2, eps, weightDecay, true, sizes, single);
  }
}
