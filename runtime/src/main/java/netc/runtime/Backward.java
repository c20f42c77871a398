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
 * bits whatever executes the tasks. Everything is allocated at the first batch of its size.
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
    final FormRunner runner;
    final double[] losses = new double[lossResults.length];

    /** A float[] or double[] a parameter. */
    final Object[] gradients = new Object[parameters.size()];

    /** Sums of their own, where the block's arrays do not serve: see {@code collect}. */
    final Object[] sums = new Object[parameters.size()];

    Part(FormRunner runner) {
      this.runner = runner;
    }
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
    parts.add(new Part(minibatch == null ? train : minibatch.runner(0)));
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
    String[] names = part(0).runner.inputNames();
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
      runs = new Runs(rows, part(0).runner.form().blockRows(), most);
      part(runs.count() - 1);
    }
    if (runs.count() == 1) {
      runPart(0, sources, order, first, rows);
    } else {
      tasks.run(runs.count(), i -> runPart(i, sources, order, first, rows));
    }
    finish(runs.count(), rows, tasks);
  }

  /** The blocks wait for each other: afterwards each has the gradients of the whole batch. */
  private void runTogether(
      Object[] sources, int[] order, int first, int rows, Tasks tasks) {
    minibatch.draw(drawSeed, drawStep);
    minibatch.run(weights, sources, seed, order, first, rows, tasks);
    Part part = parts.get(0);
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
      collect(part, p, false, true);
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

  /** About how many bytes of arrays a batch of so many rows needs. */
  public long bytes(int rows) {
    Form form = parts.get(0).runner.form();
    double block = 0;
    for (Slot slot : form.slots()) {
      block += slot.bytes(form.precision(), rows);
    }
    int blocks = Math.max(1, (int) (((long) rows + form.blockRows() - 1) / form.blockRows()));
    if (minibatch != null) {
      return (long) (blocks * block);
    }
    long sums = 0;
    int width = form.precision() == Precision.F32 ? Float.BYTES : Double.BYTES;
    for (int parameter : parameters) {
      sums += (long) width * network.metadata().variables().get(parameter).elements();
    }
    return (long) (Math.min(most, blocks) * (block + (blocks > most ? sums : 0)));
  }

  private Part part(int run) {
    while (parts.size() <= run) {
      parts.add(new Part(network.needRunner("train")));
    }
    return parts.get(run);
  }

  private void runPart(int run, Object[] sources, int[] order, int first, int rows) {
    Part part = parts.get(run);
    FormRunner runner = part.runner;
    runner.draw(drawSeed, drawStep);
    Arrays.fill(part.losses, 0);
    int start = runs.start(run);
    int end = runs.start(run + 1);
    int step = runner.form().blockRows();
    boolean several = end - start > step;
    for (int row = start; row < end; row += step) {
      int count = Math.min(step, end - row);
      for (int i = 0; i < sources.length; i++) {
        if (i != seed) {
          runner.fill(i, sources[i], order, first + row, count);
        }
      }
      if (seed >= 0) {
        runner.fillSeed(seed, 1.0 / rows, count);
      }
      runner.run(weights, count, row, rows);
      addLosses(runner, part, count);
      if (listener != null) {
        listener.read(runner, row, count);
      }
      for (int p = 0; p < gradientResults.length; p++) {
        collect(part, p, several, row == start);
      }
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
   * Takes up the gradient that a block has just computed. Its array serves as the sum of a run of one
   * block, unless it is also the gradient of another parameter, or itself one: sums are changed later.
   */
  private void collect(Part part, int p, boolean several, boolean firstBlock) {
    int result = gradientResults[p];
    if (result < 0) {
      // No loss depends on it: zeros, to which penalties may be added.
      Sums.clear(sum(part, p));
      return;
    }
    Object found = part.runner.array(result, weights);
    if (!several && alone[p]) {
      part.gradients[p] = found;
      return;
    }
    Object sum = sum(part, p);
    if (firstBlock) {
      System.arraycopy(found, 0, sum, 0, elements(p));
    } else {
      Sums.add(found, sum, 0, elements(p));
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
