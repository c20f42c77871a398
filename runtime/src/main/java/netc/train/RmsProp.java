package netc.train;

import java.util.LinkedHashMap;
import netc.runtime.Metadata.Value;

/** RMSprop (Hinton 2012; centred: Graves 2013), as {@code torch.optim.RMSprop}. */
public record RmsProp(
    double lr, double alpha, double eps, double weightDecay, double momentum, boolean centered)
    implements Optimizer {

  /** Training by RMSprop with this learning rate; further settings by {@link TrainSettings}. */
  public static TrainSettings rate(double lr) {
    return TrainSettings.defaults().optimizer(new RmsProp(lr, 0.99, 1e-8, 0, 0, false));
  }

  static RmsProp of(Arguments a) {
    return new RmsProp(
        a.positive("lr", 1e-2),
        a.fraction("alpha", 0.99),
        a.notNegative("eps", 1e-8),
        a.notNegative("weight_decay", 0),
        a.notNegative("momentum", 0),
        a.truth("centered", false));
  }

  @Override
  public Value.Call value() {
    var named = new LinkedHashMap<String, Value>();
    Arguments.put(named, "lr", lr);
    Arguments.put(named, "alpha", alpha);
    Arguments.put(named, "eps", eps);
    Arguments.put(named, "weight_decay", weightDecay);
    Arguments.put(named, "momentum", momentum);
    named.put("centered", new Value.Truth(centered));
    return new Value.Call("rmsprop", java.util.List.of(), named);
  }

  @Override
  public Updater updater(int[] sizes, boolean single) {
    return new RmsPropUpdater(this, sizes, single);
  }
}
