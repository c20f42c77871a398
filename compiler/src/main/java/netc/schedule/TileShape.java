package netc.schedule;

/**
 * How many rows and vectors a tile has whose rows read one factor and whose lanes the other.
 *
 * @param width vectors side by side
 */
record TileShape(int rows, int width) {
  /** Registers of the smallest machines with vectors: the accumulators, and the operands beside them. */
  private static final int REGISTERS = 16;

  /** From so many accumulators on, a multiplication does not wait for the one before. */
  private static final int INDEPENDENT = 4;

  private static final int MOST_ROWS = 7;

  /** The cheapest for so many rows and lanes, of which there is at least a line. */
  static TileShape of(int rows, int lanes) {
    TileShape best = new TileShape(1, 1);
    for (int width = 1; width * LaneRuns.LINE <= lanes; width++) {
      for (int height = 1; height <= Math.min(rows, MOST_ROWS); height++) {
        var shape = new TileShape(height, width);
        if (shape.fits() && shape.cost(rows, lanes) < best.cost(rows, lanes)) {
          best = shape;
        }
      }
    }
    return best;
  }

  /**
   * Of rows that share what they read of a window, with all taps of a row of that in registers: as high as
   * may be, and of one vector where the rows alone are sums enough.
   */
  static TileShape ofWindow(int rows, int lanes) {
    int height = Math.min(rows, MOST_ROWS);
    return new TileShape(height, height < INDEPENDENT && lanes >= 2 * LaneRuns.LINE ? 2 : 1);
  }

  /**
   * The rows of such a tile where there are 16 registers. Beside the sums and the vectors the JIT compiler has
   * the numbers of two rows at once in registers, or of three if a table says where they lie; a sum that is then
   * left without one goes through memory at every tap, and each waits for the one before.
   */
  int rowsInFewRegisters(boolean byTable) {
    int others = width + (byTable ? 3 : 2);
    return Math.clamp((REGISTERS - others) / width, 1, rows);
  }

  private boolean fits() {
    return rows * width + Math.min(rows, width) <= REGISTERS;
  }

  /** Cycles a tap, about: multiplications, loads of vectors, and of numbers at half the price. */
  double cost(int allRows, int lanes) {
    int panels = Math.ceilDiv(lanes, width * LaneRuns.LINE);
    int tiles = Math.ceilDiv(allRows, rows);
    int large = Math.ceilDiv(allRows, tiles);
    int small = allRows / tiles;
    int larger = allRows - tiles * small;
    return panels * (larger * cost(large) + (tiles - larger) * cost(small));
  }

  /** Where no register is left for the other operand, it costs one more on the smallest machines. */
  private double cost(int height) {
    int full = height * width + Math.min(height, width) == REGISTERS ? 1 : 0;
    return Math.max(height * width, INDEPENDENT) + width + height / 2.0 + 1 + full;
  }
}
