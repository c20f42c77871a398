package netc.train;

import java.util.LinkedHashMap;
import netc.runtime.Metadata.Value;

/** Adagrad (Duchi, Hazan and Singer 2011), as {@code torch.optim.Adagrad}. */
public record Adagrad(
    double lr, double lrDecay, double weightDecay, double initialAccumulatorValue, double eps)
    implements Optimizer {

  /** Training by Adagrad with this learning rate; further settings by {@link TrainSettings}. */
  public static TrainSettings rate(double lr) {
    return TrainSettings.defaults().optimizer(new Adagrad(lr, 0, 0, 0, 1e-10));
  }

  static Adagrad of(Arguments a) {
    return new Adagrad(
        a.positive("lr", 1e-2),
        a.notNegative("lr_decay", 0),
        a.notNegative("weight_decay", 0),
        a.notNegative("initial_accumulator_value", 0),
        a.notNegative("eps", 1e-10));
  }

  @Override
  public Value.Call value() {
    var named = new LinkedHashMap<String, Value>();
    Arguments.put(named, "lr", lr);
    Arguments.put(named, "lr_decay", lrDecay);
    Arguments.put(named, "weight_decay", weightDecay);
    Arguments.put(named, "initial_accumulator_value", initialAccumulatorValue);
    Arguments.put(named, "eps", eps);
    return new Value.Call("adagrad", java.util.List.of(), named);
  }

  @Override
  public Updater updater(int[] sizes, boolean single) {
    return new AdagradUpdater(this, sizes, single);
  }
}
