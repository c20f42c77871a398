package netc.runtime;

/**
 * How a batch is cut for threads: blocks of a form's rows, and at most so many contiguous runs of
 * blocks, each with sums of its own. Both depend on nothing but the batch, so that the order of every
 * addition, and with it each bit of a sum, is the same for any number of threads.
 */
final class Runs {
  private final int blockRows;
  private final int rows;
  private final int blocks;
  private final int count;

  Runs(int rows, int blockRows, int most) {
    this.rows = rows;
    this.blockRows = blockRows;
    blocks = Math.max(1, (int) (((long) rows + blockRows - 1) / blockRows));
    count = Math.min(most, blocks);
  }

  int rows() {
    return rows;
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
    return (int) Math.min(rows, (long) blocks * run / count * blockRows);
  }
}
