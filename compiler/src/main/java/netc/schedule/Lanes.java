package netc.schedule;

import java.util.function.Supplier;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Reads;
import netc.loop.Ints;
import netc.loop.Scalar;

/** The examples of a block, side by side in lanes. */
final class Lanes {
  /** The lanes that vectors compute together, whether all have an example or not. */
  static final int TOGETHER = 2 * LaneRuns.LINE;

  private Lanes() {}

  /**
   * Where loops of vectors over the lanes of a block end: of a long one behind the last that are computed
   * together with an example.
   */
  static Scalar end(int lanes, Supplier<Scalar> rows) {
    if (lanes <= TOGETHER) {
      return Ints.of(lanes);
    }
    return Ints.floor(Ints.plus(rows.get(), Ints.of(TOGETHER - 1)), TOGETHER);
  }

  /** Whether a value is the same in all of them. */
  static boolean areEqualFor(Expr expr) {
    if (Indices.in(expr).stream().anyMatch(i -> i.extent().isBatch())) {
      return false;
    }
    boolean[] shared = {true};
    Reads.each(expr, read -> shared[0] &= !read.tensor().isPerExample());
    return shared[0];
  }

  static boolean isBatch(Index index) {
    return index.extent().isBatch();
  }
}
