package netc.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * One batch through a form with barriers: every block computes a phase, what the blocks have computed in
 * part is combined in the order of the blocks, each block gets the result, then the next phase begins.
 * Afterwards every shared result is that of the batch, in every block.
 */
final class Minibatch {
  /** The elements that one task combines. */
  private static final int CHUNK = 1 << 12;

  private final Network network;
  private final String form;
  private final List<FormRunner> runners = new ArrayList<>();
  private int blocks;
  private int rows;
  private long drawSeed;
  private long drawStep;

  Minibatch(Network network, String form) {
    this.network = network;
    this.form = form;
    runners.add(network.needRunner(form));
  }

  /**
   * Computes all results.
   *
   * @param sources by input, as {@link FormRunner#fill} takes them
   * @param seed the position of the input {@code seed}, or -1
   */
  void run(
      Weights weights, Object[] sources, int seed, int[] order, int first, int count, Tasks tasks) {
    Form layout = runners.get(0).form();
    int step = layout.blockRows();
    rows = count;
    blocks = (count + step - 1) / step;
    while (runners.size() < blocks) {
      runners.add(network.needRunner(form));
    }
    for (int phase = 0; phase < layout.phases(); phase++) {
      int now = phase;
      tasks.run(
          blocks,
          block -> {
            FormRunner runner = runners.get(block);
            if (now == 0) {
              fill(runner, sources, seed, order, first + block * step, count(block));
            }
            runner.run(now, weights, count(block), block * step, rows);
          });
      for (Form.Combination combination : layout.barriers().get(phase)) {
        combine(layout.slots().get(combination.slot()), combination.operator(), tasks);
      }
    }
  }

  /** Which random numbers the next run draws. */
  void draw(long seed, long step) {
    drawSeed = seed;
    drawStep = step;
  }

  int blocks() {
    return blocks;
  }

  /** The runner of a block, with its results. */
  FormRunner runner(int block) {
    return runners.get(block);
  }

  /** The rows of a block. */
  int count(int block) {
    int step = runners.get(0).form().blockRows();
    return Math.min(step, rows - block * step);
  }

  private void fill(
      FormRunner runner, Object[] sources, int seed, int[] order, int first, int count) {
    runner.draw(drawSeed, drawStep);
    for (int i = 0; i < sources.length; i++) {
      if (i == seed) {
        runner.fillSeed(seed, 1.0 / rows, count);
      } else {
        runner.fill(i, sources[i], order, first, count);
      }
    }
  }

  /** Every block gets what all have computed; chunks are independent, each combined in double. */
  private void combine(Slot slot, Metadata.Operator operator, Tasks tasks) {
    int size = (int) slot.size(rows);
    if (blocks > 1) {
      int chunks = (size + CHUNK - 1) / CHUNK;
      (chunks > 1 ? tasks : Tasks.SEQUENTIAL)
          .run(chunks, i -> combine(slot, operator, i * CHUNK, Math.min(size, (i + 1) * CHUNK)));
    }
  }

  private void combine(Slot slot, Metadata.Operator operator, int from, int to) {
    int count = to - from;
    double[] all = new double[count];
    double[] part = new double[count];
    Object first = runners.get(0).block().array(slot);
    Sums.read(first, from, all);
    for (int block = 1; block < blocks; block++) {
      Sums.read(runners.get(block).block().array(slot), from, part);
      if (operator == Metadata.Operator.SUM) {
        Sums.add(part, all, 0, count);
      } else {
        for (int e = 0; e < count; e++) {
          all[e] = operator.combine(all[e], part[e]);
        }
      }
    }
    Sums.write(all, first, from);
    for (int block = 1; block < blocks; block++) {
      System.arraycopy(first, from, runners.get(block).block().array(slot), from, count);
    }
  }
}
