package netc.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The objective of a batch and its gradient by every parameter: forms {@code train} and {@code penalty}.
 * Blocks are added up in at most {@code most} runs, the runs in a fixed tree; the result has the same
 * bits whatever executes the tasks. A runner computes one run after another, so that its arrays stay in
 * the cache; there are as many as there may be at once. Everything is allocated at the first batch of its
 * size.
 */
public final class Backward {
  /** The elements of a parameter that one task adds up. */
  private static final int CHUNK = 1 << 16;

  /** The elements that are added up over all runs before the next: so many of each stay in the cache. */
  private static final int PIECE = 1 << 11;

  private final Network network;
  private final int most;
  private final List<Integer> parameters = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private final int[] gradientResults;
  private final int[] lossResults;
  private final int seed;
  private final FormRunner penalty;
  private final int[] penaltyGradients;
  private final int[] penaltyResults;

  /** Whether a parameter's gradient has an array of its own in the train form. */
  private final boolean[] alone;

  private final List<Part> parts = new ArrayList<>();

  /** As many as may compute at once. */
  private final List<FormRunner> runners = new ArrayList<>();

  /** The positions of those that wait for a run; the last one is taken first. */
  private final int[] idle;

  private int idleCount;

  private final List<int[]> chunks = new ArrayList<>();
  private final double[] lossMeans;
  private double penaltySum;
  private long drawSeed;
  private long drawStep;
  private Runs runs;
  private int parallel;
  private Weights weights;

  /** Kept, so that a batch allocates nothing. */
  private final IntConsumer adding = this::add;

  private Batches.Collected listener;

  /** Where the train form has barriers, its blocks; then the first part has the gradients. */
  private final Minibatch minibatch;
  private final List<Integer> updated = new ArrayList<>();
  private final int[] updateResults;

  /** The sums over one run of blocks. */
  private final class Part {
    final double[] losses = new double[lossResults.length];

    /** A float[] or double[] a parameter. */
    final Object[] gradients = new Object[parameters.size()];

    /** What kernels may write gradients to that are alone: a runner's own arrays, or others like them. */
    final Object[] written = new Object[parameters.size()];

    /** Sums beside what a block writes. */
    final Object[] sums = new Object[parameters.size()];

    /** The one that computed the run. */
    FormRunner runner;
  }

  /**
   * @param most the most runs of blocks that may be computed at once; part of the result's bits
   */
  public Backward(Network network, int most) {
    this.network = network;
    this.most = most;
    Metadata metadata = network.metadata();
    FormRunner train = network.needRunner("train");
    List<String> gradients = new ArrayList<>();
    List<String> updates = new ArrayList<>();
    for (int i = 0; i < metadata.variables().size(); i++) {
      Metadata.Variable variable = metadata.variables().get(i);
      if (variable.trained()) {
        parameters.add(i);
        gradients.add("grad.param." + variable.path());
      }
      String update = "state." + variable.path();
      if (train.result(update) >= 0) {
        updated.add(i);
        updates.add(update);
      }
    }
    gradientResults = results(train, "", gradients);
    updateResults = results(train, "", updates);
    losses.addAll(metadata.losses());
    lossResults = results(train, "loss.", losses);
    lossMeans = new double[lossResults.length];
    seed = train.input("seed");
    minibatch =
        train.form().hasBarriers() ? new Minibatch(network, "train") : null;
    parts.add(new Part());
    runners.add(minibatch == null ? train : minibatch.runner(0));
    idle = new int[most];
    idleCount = 1;
    penalty = network.runner("penalty").orElse(null);
    penaltyGradients = results(penalty, "", gradients);
    penaltyResults = results(penalty, "penalty.", metadata.penalties());
    alone = new boolean[gradientResults.length];
    for (int p = 0; p < alone.length; p++) {
      alone[p] = gradientResults[p] >= 0 && train.isAlone(gradientResults[p], gradientResults);
    }
    for (int p = 0; p < parameters.size(); p++) {
      int elements = elements(p);
      for (int from = 0; from < elements; from += CHUNK) {
        chunks.add(new int[] {p, from, Math.min(elements, from + CHUNK)});
      }
    }
  }

  /** The positions of results; -1 for what is none, or where there is no such form. */
  private static int[] results(FormRunner runner, String prefix, List<String> names) {
    int[] results = new int[names.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = runner == null ? -1 : runner.result(prefix + names.get(i));
    }
    return results;
  }

  /** The names of the train form's inputs by position; {@code null} where no array is wanted. */
  public String[] inputNames() {
    String[] names = runners.get(0).inputNames();
    if (seed >= 0) {
      names[seed] = null;
    }
    return names;
  }

  /** Which random numbers the next run draws. */
  public void draw(long newSeed, long step) {
    drawSeed = newSeed;
    drawStep = step;
  }

  /**
   * Computes the objective and its gradient.
   *
   * @param sources by input of the train form, as {@link FormRunner#fill} takes them
   * @param order the rows {@code order[first]} … are taken; null for all rows in order
   */
  public void run(
      Weights current, Object[] sources, int[] order, int first, int rows, Tasks tasks) {
    weights = current;
    if (minibatch != null) {
      runTogether(sources, order, first, rows, tasks);
      return;
    }
    if (runs == null || runs.rows() != rows) {
      runs = new Runs(rows, runners.get(0).form().blockRows(), most);
    }
    prepare(Math.min(runs.count(), tasks.atOnce()));
    if (runs.count() == 1) {
      runPart(0, sources, order, first);
    } else {
      tasks.run(runs.count(), i -> runPart(i, sources, order, first));
    }
    finish(runs.count(), rows, tasks);
  }

  /** The blocks wait for each other: afterwards each has the gradients of the whole batch. */
  private void runTogether(
      Object[] sources, int[] order, int first, int rows, Tasks tasks) {
    minibatch.draw(drawSeed, drawStep);
    minibatch.run(weights, sources, seed, order, first, rows, tasks);
    Part part = parts.get(0);
    part.runner = minibatch.runner(0);
    Arrays.fill(part.losses, 0);
    int step = part.runner.form().blockRows();
    for (int block = 0; block < minibatch.blocks(); block++) {
      FormRunner runner = minibatch.runner(block);
      addLosses(runner, part, minibatch.count(block));
      if (listener != null) {
        listener.read(runner, block * step, minibatch.count(block));
      }
    }
    for (int p = 0; p < gradientResults.length; p++) {
      collect(part, p, true);
    }
    finish(1, rows, tasks);
  }

  /** @param count the parts that have sums */
  private void finish(int count, int rows, Tasks tasks) {
    parallel = count;
    Arrays.fill(lossMeans, 0);
    for (int i = 0; i < count; i++) {
      for (int l = 0; l < lossMeans.length; l++) {
        lossMeans[l] += parts.get(i).losses[l];
      }
    }
    for (int l = 0; l < lossMeans.length; l++) {
      lossMeans[l] /= rows;
    }
    runPenalty();
    if (parallel > 1 || penalty != null) {
      Tasks adders = chunks.size() > parameters.size() ? tasks : Tasks.SEQUENTIAL;
      adders.run(chunks.size(), adding);
    }
  }

  /** Writes what the last batch made of the states that have an {@code update}. */
  public void updateStates(Weights weights) {
    FormRunner runner = parts.get(0).runner;
    for (int i = 0; i < updateResults.length; i++) {
      int at = updated.get(i);
      runner.read(updateResults[i], weights, weights.array(at), 0, 1);
    }
  }

  /** What the last batch made of the states that have an {@code update}, by path. */
  Map<String, Tensor> states(Weights weights) {
    var states = new LinkedHashMap<String, Tensor>();
    Weights changed = weights.copy();
    updateStates(changed);
    for (int at : updated) {
      Metadata.Variable variable = network.metadata().variables().get(at);
      states.put(variable.path(), changed.tensor(at, variable.shape()));
    }
    return states;
  }

  /** As {@link #run}, over all rows in order in one run, handing on what is per example. */
  void run(Weights weights, Object[] sources, int rows, Batches.Collected collected) {
    listener = collected;
    try {
      run(weights, sources, null, 0, rows, Tasks.SEQUENTIAL);
    } finally {
      listener = null;
    }
  }

  /** The mean over the rows of the sum of all losses, plus the penalties. */
  public double loss() {
    double sum = penaltySum;
    for (double mean : lossMeans) {
      sum += mean;
    }
    return sum;
  }

  /** The mean of each loss, by name. */
  public Map<String, Double> losses() {
    var means = new LinkedHashMap<String, Double>();
    for (int i = 0; i < lossMeans.length; i++) {
      means.put(losses.get(i), lossMeans[i]);
    }
    return means;
  }

  /**
   * The gradient by a parameter, in their order: the float[] or double[] of this object, overwritten by
   * the next run.
   */
  public Object gradient(int parameter) {
    return parts.get(0).gradients[parameter];
  }

  void copyTo(Gradients gradients) {
    for (int p = 0; p < parameters.size(); p++) {
      System.arraycopy(gradient(p), 0, gradients.arrays[p], 0, elements(p));
    }
  }

  private int elements(int parameter) {
    return network.metadata().variables().get(parameters.get(parameter)).elements();
  }

  /** About how many bytes of arrays a batch of so many rows needs, computed by so many threads. */
  public long bytes(int rows, int threads) {
    Form form = runners.get(0).form();
    double block = 0;
    for (Slot slot : form.slots()) {
      block += slot.bytes(form.precision(), rows);
    }
    var cut = new Runs(rows, form.blockRows(), most);
    if (minibatch != null) {
      return (long) (cut.blocks() * block);
    }
    long sums = 0;
    int width = form.precision() == Precision.F32 ? Float.BYTES : Double.BYTES;
    for (int parameter : parameters) {
      sums += (long) width * network.metadata().variables().get(parameter).elements();
    }
    int atOnce = Math.min(cut.count(), threads);
    return (long) (atOnce * block + (cut.areLong() ? cut.count() : cut.count() - atOnce) * sums);
  }

  /** Makes what so many runs at once need. */
  private void prepare(int atOnce) {
    while (runners.size() < atOnce) {
      idle[idleCount++] = runners.size();
      runners.add(network.needRunner("train"));
    }
    for (int i = parts.size(); i < runs.count(); i++) {
      parts.add(new Part());
    }
    for (int i = 0; i < runs.count(); i++) {
      Object[] written = parts.get(i).written;
      for (int p = 0; p < alone.length; p++) {
        if (alone[p] && written[p] == null && (!runs.areLong() || i < runners.size())) {
          written[p] =
              i < runners.size()
                  ? runners.get(i).array(gradientResults[p], weights)
                  : network.precision().array(elements(p));
        }
      }
    }
  }

  private synchronized int take() {
    return idle[--idleCount];
  }

  private synchronized void giveBack(int runner) {
    idle[idleCount++] = runner;
  }

  private void runPart(int run, Object[] sources, int[] order, int first) {
    int at = take();
    try {
      Part part = parts.get(run);
      part.runner = runners.get(at);
      part.runner.draw(drawSeed, drawStep);
      Arrays.fill(part.losses, 0);
      int end = runs.start(run + 1);
      int step = runs.step();
      Part written = parts.get(runs.areLong() ? at : run);
      for (int row = runs.start(run); row < end; row += step) {
        boolean firstBlock = row == runs.start(run);
        for (int p = 0; p < alone.length; p++) {
          if (alone[p]) {
            boolean isSum = firstBlock && runs.areLong();
            part.runner.write(gradientResults[p], isSum ? sum(part, p) : written.written[p]);
          }
        }
        runBlock(part, sources, order, first, row, Math.min(step, end - row));
        for (int p = 0; p < gradientResults.length; p++) {
          collect(part, p, firstBlock);
        }
      }
    } finally {
      giveBack(at);
    }
  }

  private void runBlock(
      Part part, Object[] sources, int[] order, int first, int row, int count) {
    FormRunner runner = part.runner;
    for (int i = 0; i < sources.length; i++) {
      if (i != seed) {
        runner.fill(i, sources[i], order, first + row, count);
      }
    }
    if (seed >= 0) {
      runner.fillSeed(seed, 1.0 / runs.rows(), count);
    }
    runner.run(weights, count, row, runs.rows());
    addLosses(runner, part, count);
    if (listener != null) {
      listener.read(runner, row, count);
    }
  }

  private void addLosses(FormRunner runner, Part part, int count) {
    for (int l = 0; l < lossResults.length; l++) {
      double sum = 0;
      for (int r = 0; r < count; r++) {
        sum += runner.value(lossResults[l], weights, 0, r);
      }
      part.losses[l] += sum;
    }
  }

  /**
   * Takes up the gradient that a block has just computed. What a run's first block has written serves as
   * the sum, unless it is also the gradient of another parameter, or itself one: sums are changed later.
   */
  private void collect(Part part, int p, boolean firstBlock) {
    int result = gradientResults[p];
    if (result < 0) {
      // No loss depends on it: zeros, to which penalties may be added.
      Sums.clear(sum(part, p));
      return;
    }
    Object found = part.runner.array(result, weights);
    if (firstBlock && alone[p]) {
      part.gradients[p] = found;
    } else if (firstBlock) {
      System.arraycopy(found, 0, sum(part, p), 0, elements(p));
    } else {
      Sums.add(found, sum(part, p), 0, elements(p));
    }
  }

  private Object sum(Part part, int p) {
    if (part.sums[p] == null) {
      part.sums[p] = network.precision().array(elements(p));
    }
    part.gradients[p] = part.sums[p];
    return part.sums[p];
  }

  private void runPenalty() {
    penaltySum = 0;
    if (penalty != null) {
      penalty.run(weights, 1, 0, 1);
      for (int result : penaltyResults) {
        penaltySum += penalty.value(result, weights, 0, 0);
      }
    }
  }

  /** Adds a chunk of one parameter over all runs, piece by piece. */
  private void add(int number) {
    int[] chunk = chunks.get(number);
    for (int from = chunk[1]; from < chunk[2]; from += PIECE) {
      add(chunk[0], from, Math.min(chunk[2], from + PIECE));
    }
  }

  /** Adds a part of one parameter over the tree of runs, then the penalty's gradient. */
  private void add(int p, int from, int to) {
    for (int step = 1; step < parallel; step *= 2) {
      for (int i = 0; i + step < parallel; i += 2 * step) {
        Sums.add(parts.get(i + step).gradients[p], parts.get(i).gradients[p], from, to);
      }
    }
    if (penaltyGradients[p] >= 0) {
      Sums.add(penalty.array(penaltyGradients[p], weights), gradient(p), from, to);
    }
  }
}
