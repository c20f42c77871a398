package netc.check;

import java.util.ArrayList;
import java.util.List;
import netc.ir.Expr;
import netc.ir.Reads;

/** What an expression reads. */
final class Reading {
  private Reading() {}

  static List<Expr.Read> all(Expr expr) {
    var reads = new ArrayList<Expr.Read>();
    Reads.each(expr, reads::add);
    return reads;
  }

  static boolean any(Expr expr) {
    return !all(expr).isEmpty();
  }

  /** A plain element, a number or an index: computing it twice costs nothing. */
  static boolean isTrivial(Expr expr) {
    return expr instanceof Expr.Read read ? read.outside().isEmpty() : !any(expr);
  }
}
