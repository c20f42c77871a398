package netc.grad;

import java.util.List;
import netc.ir.Algebra;
import netc.ir.Expr;

/**
 * What one access receives: {@code adjoint} at every point of the step's domain where all of {@code
 * when} hold and the access lies inside.
 */
record Contribution(Expr.Read access, List<Expr> when, Expr adjoint) {
  Contribution {
    when = List.copyOf(when);
  }

  /** The adjoint, or 0 where a condition fails; nothing of it is evaluated there. */
  Expr guarded() {
    Expr guarded = adjoint;
    for (Expr condition : when.reversed()) {
      guarded = Algebra.select(condition, guarded, Algebra.ZERO);
    }
    return guarded;
  }

  boolean isSameAccess(Contribution other) {
    return access.tensor().equals(other.access.tensor()) && access.at().equals(other.access.at());
  }
}
