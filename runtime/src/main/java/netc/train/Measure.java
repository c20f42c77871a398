package netc.train;

import java.util.ArrayList;
import java.util.List;
import netc.runtime.Evaluation;
import netc.runtime.Metadata;
import netc.runtime.Rule;

/** What tells a better network from a worse one: the loss or a metric, and which way. */
record Measure(String name, boolean higher) {
  static final Measure LOSS = new Measure("loss", false);

  /** What a rule watches: {@code on = "accuracy", better = "higher"}. */
  Measure(Rule rule) {
    this(rule.on(), rule.number("better") != 0);
  }

  /** Refuses a metric that the net has not. */
  void check(Metadata metadata) {
    List<String> metrics = new ArrayList<>();
    for (Metadata.Aggregate metric : metadata.metrics()) {
      metrics.add(metric.name());
    }
    if (!name.equals("loss") && !metrics.contains(name)) {
      throw new TrainingException(TrainErrors.unknownKind("metric", name, metrics));
    }
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
