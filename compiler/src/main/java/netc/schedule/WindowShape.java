package netc.schedule;

import java.util.HashSet;
import java.util.Set;

/**
 * The tile of a convolution's weight gradient: rows of filters, columns of taps side by side in the
 * window, which share nearly all that they read.
 */
record WindowShape(int rows, int columns) {
  /** Measured with five and seven columns: more no longer fit into the registers of AVX2. */
  private static final int ACCUMULATORS = 15;

  private static final int MOST_COLUMNS = 7;

  /** What a second size of tiles costs, a method more for the JIT compiler, as a part of all. */
  private static final double ANOTHER_SIZE = 0.03;

  /** The cheapest for so many filters and taps. */
  static WindowShape of(int filters, int taps) {
    var best = new WindowShape(1, 1);
    for (int columns = 1; columns <= Math.min(taps, MOST_COLUMNS); columns++) {
      for (int rows = 1; rows <= Math.min(filters, ACCUMULATORS / columns); rows++) {
        var shape = new WindowShape(rows, columns);
        if (shape.cost(filters, taps) < best.cost(filters, taps)) {
          best = shape;
        }
      }
    }
    return best;
  }

  /** Cycles a point of the sum for all filters and taps, about. */
  private double cost(int filters, int taps) {
    Set<WindowShape> sizes = new HashSet<>();
    double cycles = 0;
    for (int row = 0, down = Math.ceilDiv(filters, rows); row < down; row++) {
      for (int column = 0, across = Math.ceilDiv(taps, columns); column < across; column++) {
        var tile = new WindowShape(part(filters, down, row), part(taps, across, column));
        sizes.add(tile);
        cycles += tile.cycles();
      }
    }
    return cycles * (1 + ANOTHER_SIZE * (sizes.size() - 1));
  }

  /** As {@link TileLoops} divides rows: the larger tiles first. */
  private static int part(int all, int tiles, int tile) {
    return all / tiles + (tile < all % tiles ? 1 : 0);
  }

  /** A multiplication a cycle, or a load, of which two are of tables, and the loop. */
  private int cycles() {
    return Math.max(rows * columns, rows + columns + 2) + 2;
  }
}
