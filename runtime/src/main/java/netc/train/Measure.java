package netc.train;

import java.util.Collection;
import netc.runtime.Evaluation;

/** What tells a better network from a worse one: the loss or a metric, and which way. */
record Measure(String name, boolean higher) {
  static final Measure LOSS = new Measure("loss", false);

  /** {@code on = "accuracy", better = "higher"}; the loss is better when it is lower. */
  static Measure of(Arguments arguments, String setting, Collection<String> metrics, String place) {
    String name = arguments.text("on", "loss");
    String better = arguments.text("better", name.equals("loss") ? "lower" : "");
    if (!name.equals("loss") && !metrics.contains(name)) {
      throw new TrainingException(TrainErrors.unknownMeasure(setting, name, metrics, place));
    }
    if (!better.equals("higher") && !better.equals("lower")) {
      throw new TrainingException(TrainErrors.better(setting, name, place));
    }
    return new Measure(name, better.equals("higher"));
  }

  double of(Evaluation evaluation) {
    return name.equals("loss") ? evaluation.loss() : evaluation.metrics().get(name);
  }

  /** Whether a value is better than another by more than {@code least}; NaN never is. */
  boolean isBetter(double value, double than, double least) {
    return higher ? value > than + least : value < than - least;
  }

  double worst() {
    return higher ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }
}
