package netc.train;

import java.util.LinkedHashMap;
import netc.runtime.Metadata.Value;

/** Adam (Kingma and Ba 2015), as {@code torch.optim.Adam}: weight decay is added to the gradient. */
public record Adam(double lr, double beta1, double beta2, double eps, double weightDecay)
    implements Optimizer {

  /** Training by Adam with this learning rate; further settings by {@link TrainSettings}. */
  public static TrainSettings rate(double lr) {
    return TrainSettings.defaults().optimizer(new Adam(lr, 0.9, 0.999, 1e-8, 0));
  }

  static Adam of(Arguments a) {
    double[] betas = betas(a);
    return new Adam(
        a.positive("lr", 1e-3),
        betas[0],
        betas[1],
        a.notNegative("eps", 1e-8),
        a.notNegative("weight_decay", 0));
  }

  /** {@code betas = [0.9, 0.999]}, or {@code beta1}, {@code beta2}; each at least 0 and below 1. */
  static double[] betas(Arguments a) {
    double[] betas = a.pair("betas", 0.9, 0.999);
    betas[0] = a.fraction("beta1", betas[0]);
    betas[1] = a.fraction("beta2", betas[1]);
    return betas;
  }

  @Override
  public Value.Call value() {
    return value("adam", lr, beta1, beta2, eps, weightDecay);
  }

  static Value.Call value(
      String name, double lr, double beta1, double beta2, double eps, double weightDecay) {
    var named = new LinkedHashMap<String, Value>();
    Arguments.put(named, "lr", lr);
    Arguments.put(named, "beta1", beta1);
    Arguments.put(named, "beta2", beta2);
    Arguments.put(named, "eps", eps);
    Arguments.put(named, "weight_decay", weightDecay);
    return new Value.Call(name, java.util.List.of(), named);
  }

  @Override
  public Updater updater(int[] sizes, boolean single) {
    return new AdamUpdater(beta1, beta2, eps, weightDecay, false, sizes, single);
  }
}
