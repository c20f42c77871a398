package netc.train;

import java.util.LinkedHashMap;
import netc.runtime.Metadata.Value;

/** Gradient descent with momentum (Sutskever et al. 2013), as {@code torch.optim.SGD}. */
public record Sgd(
    double lr, double momentum, double dampening, double weightDecay, boolean nesterov)
    implements Optimizer {

  /** Training by plain gradient descent; further settings by {@link TrainSettings}. */
  public static TrainSettings rate(double lr) {
    return TrainSettings.defaults().optimizer(new Sgd(lr, 0, 0, 0, false));
  }

  static Sgd of(Arguments a) {
    var sgd =
        new Sgd(
            a.positive("lr", 1e-3),
            a.notNegative("momentum", 0),
            a.number("dampening", 0),
            a.notNegative("weight_decay", 0),
            a.truth("nesterov", false));
    if (sgd.nesterov && (sgd.momentum == 0 || sgd.dampening != 0)) {
      throw a.error("nesterov needs a momentum above 0 and no dampening");
    }
    return sgd;
  }

  @Override
  public Value.Call value() {
    var named = new LinkedHashMap<String, Value>();
    Arguments.put(named, "lr", lr);
    Arguments.put(named, "momentum", momentum);
    Arguments.put(named, "dampening", dampening);
    Arguments.put(named, "weight_decay", weightDecay);
    named.put("nesterov", new Value.Truth(nesterov));
    return new Value.Call("sgd", java.util.List.of(), named);
  }

  @Override
  public Updater updater(int[] sizes, boolean single) {
    return new SgdUpdater(this, sizes, single);
  }
}
