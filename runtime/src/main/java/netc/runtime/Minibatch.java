package netc.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One batch through a form with barriers: every block computes a phase, what the blocks have computed in
 * part is combined in the order of the blocks, each block gets the result, then the next phase begins.
 * Afterwards every shared result is that of the batch, in every block.
 */
final class Minibatch {
  private final Supplier<FormRunner> maker;
  private final List<FormRunner> runners = new ArrayList<>();
  private int blocks;
  private int rows;
  private long drawSeed;
  private long drawStep;

  Minibatch(Supplier<FormRunner> maker) {
    this.maker = maker;
    runners.add(maker.get());
  }

  /**
   * Computes all results.
   *
   * @param sources by input, as {@link FormRunner#fill} takes them
   * @param seed the position of the input {@code seed}, or -1
   */
  void run(
      Weights weights, Object[] sources, int seed, int[] order, int first, int count, Tasks tasks) {
    Form form = runners.get(0).form();
    int step = form.blockRows();
    rows = count;
    blocks = (count + step - 1) / step;
    while (runners.size() < blocks) {
      runners.add(maker.get());
    }
    for (int phase = 0; phase < form.phases(); phase++) {
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
      for (Form.Combination combination : form.barriers().get(phase)) {
        combine(form.slots().get(combination.slot()), combination.operator());
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

  private void combine(Slot slot, Metadata.Operator operator) {
    int at = slot.position();
    for (int e = 0; blocks > 1 && e < slot.size(); e++) {
      double value = element(runners.get(0).block(), slot, at, e);
      for (int block = 1; block < blocks; block++) {
        value = operator.combine(value, element(runners.get(block).block(), slot, at, e));
      }
      for (int block = 0; block < blocks; block++) {
        set(runners.get(block).block(), slot, at, e, value);
      }
    }
  }

  private static double element(Block block, Slot slot, int at, int element) {
    if (!slot.isReal()) {
      return block.ints[at][element];
    }
    return block.floats.length > at ? block.floats[at][element] : block.doubles[at][element];
  }

  private static void set(Block block, Slot slot, int at, int element, double value) {
    if (!slot.isReal()) {
      block.ints[at][element] = (int) value;
    } else if (block.floats.length > at) {
      block.floats[at][element] = (float) value;
    } else {
      block.doubles[at][element] = value;
    }
  }
}
