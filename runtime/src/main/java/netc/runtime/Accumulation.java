package netc.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Sums (or products, maxima, …) of results of a form over all rows, in double: losses, metrics, fits.
 * Runs of blocks and the order of their combination are fixed, so any number of threads gives the same
 * bits.
 */
final class Accumulation {
  private static final int MOST_RUNS = 8;

  private final Network network;
  private final String form;
  private final List<String> results;
  private final List<Metadata.Operator> operators;
  private final int minibatch;
  private final List<FormRunner> runners = new ArrayList<>();
  private long seed;

  /**
   * @param minibatch the rows that a form with barriers computes together
   */
  Accumulation(
      Network network,
      String form,
      List<String> results,
      List<Metadata.Operator> operators,
      int minibatch) {
    this.network = network;
    this.minibatch = minibatch;
    this.form = form;
    this.results = List.copyOf(results);
    this.operators = List.copyOf(operators);
    runners.add(network.needRunner(form));
  }

  /** Which random numbers the next calls draw. */
  void draw(long newSeed) {
    seed = newSeed;
  }

  /** The accumulated elements of each result, in order. */
  double[][] over(Weights weights, Rows rows, Tasks tasks) {
    if (runners.get(0).form().hasBarriers()) {
      return byMinibatches(weights, rows, tasks);
    }
    Runs runs = new Runs(rows.count(), runners.get(0).form().blockRows(), MOST_RUNS);
    boolean inTurn = tasks.atOnce() == 1;
    while (!inTurn && runners.size() < runs.count()) {
      runners.add(network.needRunner(form));
    }
    double[][][] parts = new double[runs.count()][][];
    tasks.run(
        runs.count(),
        run -> parts[run] = run(runners.get(inTurn ? 0 : run), run, runs, weights, rows));
    for (int run = 1; run < parts.length; run++) {
      for (int i = 0; i < results.size(); i++) {
        for (int e = 0; e < parts[0][i].length; e++) {
          parts[0][i][e] = operators.get(i).combine(parts[0][i][e], parts[run][i][e]);
        }
      }
    }
    return parts[0];
  }

  /** What one row depends on are the rows of its minibatch. */
  private double[][] byMinibatches(Weights weights, Rows rows, Tasks tasks) {
    var together = new Minibatch(network, form);
    FormRunner first = together.runner(0);
    Object[] sources = rows.sources(first);
    double[][] sums = start(first, weights);
    for (int row = 0; row < rows.count(); row += minibatch) {
      int count = Math.min(minibatch, rows.count() - row);
      together.draw(seed, row);
      together.run(weights, sources, -1, rows.order(), row, count, tasks);
      for (int block = 0; block < together.blocks(); block++) {
        add(together.runner(block), weights, together.count(block), sums);
      }
    }
    return sums;
  }

  private double[][] start(FormRunner runner, Weights weights) {
    double[][] sums = new double[results.size()][];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new double[runner.size(runner.result(results.get(i)), weights)];
      java.util.Arrays.fill(sums[i], operators.get(i).start());
    }
    return sums;
  }

  private void add(FormRunner runner, Weights weights, int count, double[][] sums) {
    for (int i = 0; i < sums.length; i++) {
      int position = runner.result(results.get(i));
      for (int e = 0; e < sums[i].length; e++) {
        for (int r = 0; r < count; r++) {
          double value = runner.value(position, weights, e, r);
          sums[i][e] = operators.get(i).combine(sums[i][e], value);
        }
      }
    }
  }

  private double[][] run(FormRunner runner, int run, Runs runs, Weights weights, Rows rows) {
    Object[] sources = rows.sources(runner);
    double[][] sums = start(runner, weights);
    runner.draw(seed, 0);
    int step = runs.step();
    int end = runs.start(run + 1);
    for (int first = runs.start(run); first < end; first += step) {
      int count = Math.min(step, end - first);
      for (int i = 0; i < sources.length; i++) {
        runner.fill(i, sources[i], rows.order(), first, count);
      }
      runner.run(weights, count, first, rows.count());
      add(runner, weights, count, sums);
    }
    return sums;
  }
}
