package netc.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Losses, penalties and metrics over many rows, all sums in double; made once, used often. */
public final class Evaluator {
  /** As in training. */
  private static final int DEFAULT_BATCH_SIZE = 32;

  private final Network network;
  private final Metadata metadata;
  private final Accumulation accumulation;
  private final Map<String, FormRunner> finishers = new LinkedHashMap<>();
  private final FormRunner penalty;

  /** With minibatches of the size that the {@code train} block says. */
  public Evaluator(Network network) {
    this(network, (int) network.metadata().train().number("batch_size", DEFAULT_BATCH_SIZE));
  }

  /**
   * @param minibatch the rows over which a reduction over the batch runs that a loss depends on
   */
  public Evaluator(Network network, int minibatch) {
    this.network = network;
    metadata = network.metadata();
    List<String> results = new ArrayList<>();
    List<Metadata.Operator> operators = new ArrayList<>();
    for (String loss : metadata.losses()) {
      results.add("loss." + loss);
      operators.add(Metadata.Operator.SUM);
    }
    for (Metadata.Aggregate metric : metadata.metrics()) {
      results.addAll(metric.accumulate());
      operators.addAll(metric.operators());
      finishers.put(metric.name(), network.needRunner("metric." + metric.name()));
    }
    accumulation = new Accumulation(network, "evaluate", results, operators, minibatch);
    penalty = network.runner("penalty").orElse(null);
  }

  /** Which random numbers the next evaluations draw; those of seed 0 unless told. */
  public void draw(long seed) {
    accumulation.draw(seed);
  }

  /** Evaluates with weights that need not be the network's own. */
  public Evaluation evaluate(Weights weights, Rows rows, Tasks tasks) {
    if (rows.count() == 0) {
      throw new IllegalArgumentException(metadata.className() + ": there are no rows to evaluate");
    }
    double[][] sums = accumulation.over(weights, rows, tasks);
    var losses = new LinkedHashMap<String, Double>();
    double total = 0;
    int at = 0;
    for (String loss : metadata.losses()) {
      double mean = sums[at++][0] / rows.count();
      losses.put(loss, mean);
      total += mean;
    }
    var penalties = new LinkedHashMap<String, Double>();
    if (penalty != null) {
      penalty.run(weights, 1, 0, 1);
      for (String name : metadata.penalties()) {
        double value = penalty.value(penalty.result("penalty." + name), weights, 0, 0);
        penalties.put(name, value);
        total += value;
      }
    }
    var metrics = new LinkedHashMap<String, Double>();
    for (Metadata.Aggregate metric : metadata.metrics()) {
      List<double[]> own = new ArrayList<>();
      for (int i = 0; i < metric.accumulate().size(); i++) {
        own.add(sums[at++]);
      }
      FormRunner finisher = finishers.get(metric.name());
      double[] value = finish(finisher, metric.accumulate(), own, weights, rows.count());
      metrics.put(metric.name(), value[0]);
    }
    return new Evaluation(total, losses, penalties, metrics, rows.count());
  }

  /** The result {@code value} of a finishing form, given accumulated sums. */
  static double[] finish(
      FormRunner finisher, List<String> names, List<double[]> sums, Weights weights, int rows) {
    Weights own = weights.as(finisher.form().precision());
    for (int i = 0; i < names.size(); i++) {
      int input = finisher.input(names.get(i).replaceFirst("^accumulate\\.", "accumulated."));
      if (input >= 0) {
        finisher.fillShared(input, sums.get(i));
      }
    }
    finisher.run(own, 1, 0, rows);
    int result = finisher.result("value");
    double[] value = new double[finisher.size(result, own)];
    finisher.read(result, own, value, 0, 1);
    return value;
  }
}
