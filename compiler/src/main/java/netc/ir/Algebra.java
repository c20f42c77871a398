package netc.ir;

import static netc.ir.Primitive.ADD;
import static netc.ir.Primitive.AND;
import static netc.ir.Primitive.DIVIDE;
import static netc.ir.Primitive.MULTIPLY;
import static netc.ir.Primitive.NEGATE;
import static netc.ir.Primitive.NOT;
import static netc.ir.Primitive.SUBTRACT;

import java.util.List;
import java.util.Optional;

/**
 * Expressions built in their simplest form. Only identities that hold for every number are used: 1·x and
 * x + 0, never 0·x, which is NaN for an infinite x. (The sign of a zero is not kept.)
 */
public final class Algebra {
  public static final Expr ZERO = Expr.real(0);
  public static final Expr ONE = Expr.real(1);
  private static final Expr TRUE = new Expr.Bool(true);
  private static final Expr FALSE = new Expr.Bool(false);

  private Algebra() {}

  public static Expr add(Expr a, Expr b) {
    if (isNumber(a, 0)) {
      return b;
    }
    if (isNumber(b, 0)) {
      return a;
    }
    return negated(b).map(positive -> subtract(a, positive)).orElseGet(() -> apply(ADD, a, b));
  }

  public static Expr subtract(Expr a, Expr b) {
    if (isNumber(b, 0)) {
      return a;
    }
    if (isNumber(a, 0)) {
      return negate(b);
    }
    return negated(b).map(positive -> add(a, positive)).orElseGet(() -> apply(SUBTRACT, a, b));
  }

  public static Expr multiply(Expr a, Expr b) {
    if (isNumber(a, 1)) {
      return b;
    }
    if (isNumber(b, 1)) {
      return a;
    }
    if (isNumber(a, -1)) {
      return negate(b);
    }
    return isNumber(b, -1) ? negate(a) : apply(MULTIPLY, a, b);
  }

  public static Expr divide(Expr a, Expr b) {
    if (isNumber(b, 1)) {
      return a;
    }
    return isNumber(b, -1) ? negate(a) : apply(DIVIDE, a, b);
  }

  public static Expr negate(Expr a) {
    return negated(a).orElseGet(() -> apply(NEGATE, a));
  }

  /** What {@code a} is the negation of. */
  private static Optional<Expr> negated(Expr a) {
    return a instanceof Expr.Apply(var primitive, var arguments) && primitive == NEGATE
        ? Optional.of(arguments.getFirst())
        : Optional.empty();
  }

  public static Expr and(Expr a, Expr b) {
    if (a.equals(TRUE) || b.equals(FALSE)) {
      return b;
    }
    return b.equals(TRUE) || a.equals(FALSE) || a.equals(b) ? a : apply(AND, a, b);
  }

  /** All of the conditions; true when there are none. */
  public static Expr all(List<Expr> conditions) {
    return conditions.stream().reduce(TRUE, Algebra::and);
  }

  public static Expr not(Expr a) {
    if (a instanceof Expr.Apply(var primitive, var arguments)) {
      if (primitive == NOT) {
        return arguments.getFirst();
      }
      if (primitive.isComparison() && arguments.getFirst().type() == ElementType.INT) {
        return new Expr.Apply(primitive.opposite(), arguments); // reals may be NaN
      }
    }
    return a instanceof Expr.Bool(boolean value) ? new Expr.Bool(!value) : apply(NOT, a);
  }

  /** Goes into the branches of numbers, so that {@code if c then 1 else 0} is real at once. */
  private static Expr toReal(Expr a) {
    return a instanceof Expr.Select(var condition, Expr.Int then, Expr.Int otherwise)
        ? select(condition, Expr.real(then.value()), Expr.real(otherwise.value()))
        : apply(Primitive.TO_REAL, a);
  }

  public static Expr select(Expr condition, Expr then, Expr otherwise) {
    if (condition instanceof Expr.Bool(boolean value)) {
      return value ? then : otherwise;
    }
    return then.equals(otherwise) ? then : new Expr.Select(condition, then, otherwise);
  }

  /** Any primitive on arguments that are simple already: numbers are computed, identities are used. */
  public static Expr apply(Primitive primitive, List<Expr> arguments) {
    return switch (primitive) {
      case ADD -> add(arguments.get(0), arguments.get(1));
      case SUBTRACT -> subtract(arguments.get(0), arguments.get(1));
      case MULTIPLY -> multiply(arguments.get(0), arguments.get(1));
      case DIVIDE -> divide(arguments.get(0), arguments.get(1));
      case NEGATE -> negate(arguments.getFirst());
      case AND -> and(arguments.get(0), arguments.get(1));
      case NOT -> not(arguments.getFirst());
      case TO_REAL -> toReal(arguments.getFirst());
      default -> Constants.fold(new Expr.Apply(primitive, arguments));
    };
  }

  private static Expr apply(Primitive primitive, Expr... arguments) {
    return Constants.fold(new Expr.Apply(primitive, List.of(arguments)));
  }

  /** Whether the expression is this number, real or whole. */
  public static boolean isNumber(Expr expr, double number) {
    return switch (expr) {
      case Expr.Real(double value) -> value == number;
      case Expr.Int(long value) -> value == number;
      default -> false;
    };
  }
}
