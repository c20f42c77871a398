package netc.check;

import java.util.Set;
import java.util.TreeSet;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Subscript;

/** The indices that an expression depends on, from the outside in. */
final class FreeIndices {
  private final Set<Index> found = new TreeSet<>(FreshIndices.OUTERMOST_FIRST);

  private FreeIndices() {}

  static Set<Index> of(Expr... expressions) {
    var indices = new FreeIndices();
    for (Expr expression : expressions) {
      indices.visit(expression);
    }
    return indices.found;
  }

  static boolean isPerExample(Expr expression) {
    return of(expression).contains(FreshIndices.BATCH);
  }

  private void visit(Expr expr) {
    switch (expr) {
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.BatchSize _, Expr.Training _ -> {}
      case Expr.Position(Index index) -> found.add(index);
      case Expr.Read read -> {
        read.at().forEach(this::visit);
        read.outside().ifPresent(this::visit);
      }
      case Expr.Apply apply -> apply.arguments().forEach(this::visit);
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> {
        visit(condition);
        visit(then);
        visit(otherwise);
      }
      case Expr.Custom(Expr value, Expr.Read argument, Expr derivative) -> {
        visit(value);
        visit(argument);
        visit(derivative);
      }
    }
  }

  private void visit(Subscript subscript) {
    switch (subscript) {
      case Subscript.Affine affine -> affine.terms().forEach(t -> found.add(t.index()));
      case Subscript.Quotient quotient -> visit(quotient.of());
      case Subscript.Remainder remainder -> visit(remainder.of());
      case Subscript.Exact exact -> visit(exact.of());
      case Subscript.Clamp clamp -> visit(clamp.of());
      case Subscript.Wrap wrap -> visit(wrap.of());
      case Subscript.Gathered gathered -> visit(gathered.value());
      case Subscript.Plus plus -> {
        visit(plus.left());
        visit(plus.right());
      }
    }
  }
}
