package netc.runtime;

import java.util.ArrayList;
import java.util.List;

/** Computes the fitted states of a network over the training rows, in text order, in double. */
public final class Fitting {
  private Fitting() {}

  /** Writes each fitted state into {@code weights}; a later one sees the earlier ones. */
  public static void fit(Network network, Weights weights, Rows rows, Tasks tasks) {
    Metadata metadata = network.metadata();
    for (Metadata.Aggregate fit : metadata.fits()) {
      String form = "fit." + fit.name();
      List<double[]> sums = new ArrayList<>();
      if (!fit.accumulate().isEmpty()) {
        Accumulation accumulation =
            new Accumulation(network, form, fit.accumulate(), fit.operators(), rows.count());
        FormRunner runner = network.needRunner(form);
        Weights own = weights.as(runner.form().precision());
        sums.addAll(List.of(accumulation.over(own, rows, tasks)));
      }
      FormRunner finisher = network.needRunner(form + ".finish");
      double[] value = Evaluator.finish(finisher, fit.accumulate(), sums, weights, rows.count());
      int at = 0;
      while (!metadata.variables().get(at).path().equals(fit.name())) {
        at++;
      }
      weights.set(at, Tensor.of(value, value.length));
    }
  }
}
