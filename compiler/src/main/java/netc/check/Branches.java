package netc.check;

import java.util.List;
import netc.check.Operators.Operand;
import netc.check.errors.ShapeErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;

/** The two branches of an {@code if} as one term. */
final class Branches {
  private Branches() {}

  static Term select(Expr condition, Operand then, Operand otherwise, Context context) {
    Term a = Operators.term(then);
    Term b = Operators.term(otherwise);
    if (!a.isScalar() && !b.isScalar() && !a.shape().equals(b.shape())) {
      throw new CheckFailure(
          ShapeErrors.branchesDiffer(
              new ShapeErrors.Shaped(then.span(), a.shape()),
              new ShapeErrors.Shaped(otherwise.span(), b.shape())));
    }
    Type type = common(a.type(), b.type());
    if (type == null) {
      throw new CheckFailure(
          TypeErrors.branchesDiffer(
              then.span(), a.type().toString(), otherwise.span(), b.type().toString()));
    }
    if (type.isReal()) {
      a = Operators.real(a, then.span(), context);
      b = Operators.real(b, otherwise.span(), context);
    }
    return Operators.over(
        List.of(a, b), bodies -> Exprs.select(condition, bodies.get(0), bodies.get(1)), type);
  }

  /** The type of a value that is one or the other; null when there is none. */
  static Type common(Type a, Type b) {
    if (a.equals(b)) {
      return a;
    }
    if (a.isInteger() && b.isInteger()) {
      return a.isDatum() || b.isDatum() ? Type.DATUM : Type.COUNTING;
    }
    return a.isBool() || b.isBool() ? null : Type.REAL;
  }
}
