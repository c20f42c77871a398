package netc.schedule;

import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Reads;

/** Whether a value is the same in all lanes of a block. */
final class Lanes {
  private Lanes() {}

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
