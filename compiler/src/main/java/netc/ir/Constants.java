package netc.ir;

import java.util.List;
import java.util.Optional;
import netc.runtime.Numerics;

/** The value of a primitive applied to numbers, computed in double (whole numbers exactly). */
public final class Constants {
  private Constants() {}

  /** The number, when all arguments are numbers and it can be computed exactly enough; else as given. */
  public static Expr fold(Expr.Apply apply) {
    List<Expr> x = apply.arguments();
    if (x.stream().allMatch(Expr.Real.class::isInstance)) {
      return reals(apply.primitive(), x.stream().mapToDouble(e -> ((Expr.Real) e).value()).toArray())
          .orElse(apply);
    }
    if (x.stream().allMatch(Expr.Int.class::isInstance)) {
      try {
        return ints(apply.primitive(), x.stream().mapToLong(e -> ((Expr.Int) e).value()).toArray())
            .orElse(apply);
      } catch (ArithmeticException _) {
        return apply;
      }
    }
    if (x.stream().allMatch(Expr.Bool.class::isInstance)) {
      return bools(apply.primitive(), x.stream().map(e -> ((Expr.Bool) e).value()).toList())
          .orElse(apply);
    }
    if (apply.primitive() == Primitive.POWER_WHOLE
        && x.get(0) instanceof Expr.Real(double base)
        && x.get(1) instanceof Expr.Int(long exponent)) {
      return new Expr.Real(Numerics.power(base, Math.toIntExact(exponent)));
    }
    return apply;
  }

  private static Optional<Expr> real(double value) {
    return Optional.of(new Expr.Real(value));
  }

  private static Optional<Expr> truth(boolean value) {
    return Optional.of(new Expr.Bool(value));
  }

  private static Optional<Expr> whole(long value) {
    return Optional.of(new Expr.Int(value));
  }

  private static Optional<Expr> reals(Primitive primitive, double[] x) {
    return switch (primitive) {
      case ADD -> real(x[0] + x[1]);
      case SUBTRACT -> real(x[0] - x[1]);
      case MULTIPLY -> real(x[0] * x[1]);
      case DIVIDE -> real(x[0] / x[1]);
      case NEGATE -> real(-x[0]);
      case POWER -> real(Math.pow(x[0], x[1]));
      case EXP -> real(Math.exp(x[0]));
      case EXPM1 -> real(Math.expm1(x[0]));
      case LOG -> real(Math.log(x[0]));
      case LOG1P -> real(Math.log1p(x[0]));
      case SQRT -> real(Math.sqrt(x[0]));
      case ABS -> real(Math.abs(x[0]));
      case SIGN -> real(Math.signum(x[0]));
      case SIN -> real(Math.sin(x[0]));
      case COS -> real(Math.cos(x[0]));
      case TAN -> real(Math.tan(x[0]));
      case TANH -> real(Math.tanh(x[0]));
      case ATAN -> real(Math.atan(x[0]));
      case ERF -> real(Numerics.erf(x[0]));
      case FLOOR -> real(Math.floor(x[0]));
      case CEIL -> real(Math.ceil(x[0]));
      case ROUND -> real(Math.rint(x[0]));
      case MIN -> real(Math.min(x[0], x[1]));
      case MAX -> real(Math.max(x[0], x[1]));
      case CLAMP -> real(Math.min(Math.max(x[0], x[1]), x[2]));
      case EQUAL -> truth(x[0] == x[1]);
      case DIFFERENT -> truth(x[0] != x[1]);
      case LESS -> truth(x[0] < x[1]);
      case AT_MOST -> truth(x[0] <= x[1]);
      case GREATER -> truth(x[0] > x[1]);
      case AT_LEAST -> truth(x[0] >= x[1]);
      case STOP -> real(x[0]);
      case POWER_WHOLE, FLOOR_DIVIDE, REMAINDER, NOT, AND, OR, TO_REAL -> Optional.empty();
    };
  }

  private static Optional<Expr> ints(Primitive primitive, long[] x) {
    return switch (primitive) {
      case ADD -> whole(Math.addExact(x[0], x[1]));
      case SUBTRACT -> whole(Math.subtractExact(x[0], x[1]));
      case MULTIPLY -> whole(Math.multiplyExact(x[0], x[1]));
      case NEGATE -> whole(Math.negateExact(x[0]));
      case ABS -> whole(Math.absExact(x[0]));
      case SIGN -> whole(Long.signum(x[0]));
      case MIN -> whole(Math.min(x[0], x[1]));
      case MAX -> whole(Math.max(x[0], x[1]));
      case CLAMP -> whole(Math.min(Math.max(x[0], x[1]), x[2]));
      case FLOOR_DIVIDE -> whole(Math.floorDiv(x[0], x[1]));
      case REMAINDER -> whole(Math.floorMod(x[0], x[1]));
      case EQUAL -> truth(x[0] == x[1]);
      case DIFFERENT -> truth(x[0] != x[1]);
      case LESS -> truth(x[0] < x[1]);
      case AT_MOST -> truth(x[0] <= x[1]);
      case GREATER -> truth(x[0] > x[1]);
      case AT_LEAST -> truth(x[0] >= x[1]);
      case TO_REAL -> real(x[0]);
      case STOP -> whole(x[0]);
      case DIVIDE, POWER, POWER_WHOLE, EXP, EXPM1, LOG, LOG1P, SQRT, SIN, COS, TAN, TANH, ATAN, ERF,
          FLOOR, CEIL, ROUND, NOT, AND, OR ->
          Optional.empty();
    };
  }

  private static Optional<Expr> bools(Primitive primitive, List<Boolean> x) {
    return switch (primitive) {
      case NOT -> truth(!x.get(0));
      case AND -> truth(x.get(0) && x.get(1));
      case OR -> truth(x.get(0) || x.get(1));
      case EQUAL -> truth(x.get(0).equals(x.get(1)));
      case DIFFERENT -> truth(!x.get(0).equals(x.get(1)));
      case TO_REAL -> real(x.get(0) ? 1 : 0);
      case STOP -> truth(x.get(0));
      default -> Optional.empty();
    };
  }
}
