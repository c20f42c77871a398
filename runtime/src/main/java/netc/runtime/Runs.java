package netc.runtime;

/**
 * How a batch is cut for threads: blocks of a form's rows, and at most so many contiguous runs of
 * blocks, each with sums of its own. Both depend on nothing but the batch, so that the order of every
 * addition, and with it each bit of a sum, is the same for any number of threads.
 */
final class Runs {
  /** Of long blocks the vectors compute so many examples together. */
  private static final int SHORT = 32;

  private final int step;
  private final int rows;
  private final int blocks;
  private final int count;

  Runs(int rows, int blockRows, int most) {
    this.rows = rows;
    // Batches that would be one long block are cut for a second thread.
    step = rows < 2L * blockRows ? Math.min(blockRows, SHORT) : blockRows;
    blocks = Math.max(1, (int) (((long) rows + step - 1) / step));
    count = Math.min(most, blocks);
  }

  int rows() {
    return rows;
  }

  /** The rows of a block; the last may have fewer. */
  int step() {
    return step;
  }

  /** The number of runs. */
  int count() {
    return count;
  }

  int blocks() {
    return blocks;
  }

  /** Whether a run has more than one block. */
  boolean areLong() {
    return blocks > count;
  }

  /** The first row of a run; of run {@code count()}, the number of rows. */
  int start(int run) {
    return (int) Math.min(rows, (long) blocks * run / count * step);
  }
}
