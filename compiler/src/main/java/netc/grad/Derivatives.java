package netc.grad;

import static netc.ir.Algebra.ONE;
import static netc.ir.Algebra.ZERO;
import static netc.ir.Algebra.add;
import static netc.ir.Algebra.and;
import static netc.ir.Algebra.divide;
import static netc.ir.Algebra.multiply;
import static netc.ir.Algebra.negate;
import static netc.ir.Algebra.not;
import static netc.ir.Algebra.select;
import static netc.ir.Algebra.subtract;
import static netc.ir.Expr.apply;
import static netc.ir.Expr.real;

import java.util.List;
import java.util.Optional;
import netc.ir.Expr;
import netc.ir.Primitive;

/**
 * The derivative of every primitive: what each argument of {@code y = primitive(x)} receives of the
 * adjoint {@code g} of y. Kinks are decided as in docs/language.md: abs'(0) = 0, a tie of max and min
 * goes to the first argument, a bound of clamp counts as inside, floor, ceil, round and sign are flat.
 */
final class Derivatives {
  private Derivatives() {}

  /**
   * Part of the adjoint on its way to one argument.
   *
   * @param when the only case in which it flows, so that an infinite factor elsewhere does no harm
   */
  record Flow(int argument, Optional<Expr> when, Expr adjoint) {}

  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  static List<Flow> of(Primitive primitive, List<Expr> x, Expr y, Expr g) {
    return switch (primitive) {
      // (a + b)' = a' + b'
      case ADD -> List.of(to(0, g), to(1, g));
      // (a - b)' = a' - b'
      case SUBTRACT -> List.of(to(0, g), to(1, negate(g)));
      // (a b)' = a' b + a b'
      case MULTIPLY -> List.of(to(0, multiply(g, x.get(1))), to(1, multiply(g, x.get(0))));
      // (a / b)' = a' / b - (a / b) b' / b
      case DIVIDE ->
          List.of(
              to(0, divide(g, x.get(1))), to(1, negate(divide(multiply(g, y), x.get(1)))));
      // (-a)' = -a'
      case NEGATE -> List.of(to(0, negate(g)));
      case POWER -> power(x, y, g);
      case POWER_WHOLE -> wholePower(x, g);
      // (e^a)' = e^a a'
      case EXP -> List.of(to(0, multiply(g, y)));
      // (e^a - 1)' = e^a a' = (y + 1) a'
      case EXPM1 -> List.of(to(0, multiply(g, add(y, ONE))));
      // (ln a)' = a' / a
      case LOG -> List.of(to(0, divide(g, x.getFirst())));
      // (ln(1 + a))' = a' / (1 + a)
      case LOG1P -> List.of(to(0, divide(g, add(x.getFirst(), ONE))));
      // (sqrt a)' = a' / (2 sqrt a)
      case SQRT -> List.of(to(0, divide(g, multiply(real(2), y))));
      // |a|' = sign(a) a'
      case ABS -> List.of(to(0, multiply(g, apply(Primitive.SIGN, x.getFirst()))));
      // (sin a)' = cos(a) a'
      case SIN -> List.of(to(0, multiply(g, apply(Primitive.COS, x.getFirst()))));
      // (cos a)' = -sin(a) a'
      case COS -> List.of(to(0, negate(multiply(g, apply(Primitive.SIN, x.getFirst())))));
      // (tan a)' = (1 + tan^2 a) a'
      case TAN -> List.of(to(0, multiply(g, add(ONE, multiply(y, y)))));
      // (tanh a)' = (1 - tanh^2 a) a'
      case TANH -> List.of(to(0, multiply(g, subtract(ONE, multiply(y, y)))));
      // (atan a)' = a' / (1 + a^2)
      case ATAN -> List.of(to(0, divide(g, add(ONE, square(x.getFirst())))));
      // (erf a)' = 2 / sqrt(pi) e^(-a^2) a'
      case ERF ->
          List.of(
              to(
                  0,
                  multiply(
                      g,
                      multiply(
                          real(TWO_OVER_SQRT_PI),
                          apply(Primitive.EXP, negate(square(x.getFirst())))))));
      // max(a, b)' = a' where a >= b, else b'
      case MAX -> either(apply(Primitive.AT_LEAST, x.get(0), x.get(1)), g);
      // min(a, b)' = a' where a <= b, else b'
      case MIN -> either(apply(Primitive.AT_MOST, x.get(0), x.get(1)), g);
      case CLAMP -> clamp(x, g);
      case STOP, SIGN, FLOOR, CEIL, ROUND -> List.of();
      case FLOOR_DIVIDE, REMAINDER, TO_REAL -> List.of();
      case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST, NOT, AND, OR -> List.of();
    };
  }

  private static Flow to(int argument, Expr adjoint) {
    return new Flow(argument, Optional.empty(), adjoint);
  }

  private static Expr square(Expr a) {
    return multiply(a, a);
  }

  private static List<Flow> either(Expr first, Expr g) {
    return List.of(new Flow(0, Optional.of(first), g), new Flow(1, Optional.of(not(first)), g));
  }

  /**
   * (a^b)' = b a^(b-1) a' + a^b ln(a) b'. As in PyTorch (derivatives.yaml, pow), the first term is 0
   * for b = 0 and the second is 0 for a = 0 and b >= 0.
   */
  private static List<Flow> power(List<Expr> x, Expr y, Expr g) {
    Expr a = x.get(0);
    Expr b = x.get(1);
    Expr base = multiply(g, multiply(b, apply(Primitive.POWER, a, subtract(b, ONE))));
    Expr exponent = multiply(g, multiply(y, apply(Primitive.LOG, a)));
    Expr isZero = apply(Primitive.EQUAL, a, ZERO);
    Expr flat = and(isZero, apply(Primitive.AT_LEAST, b, ZERO));
    return List.of(
        to(0, select(apply(Primitive.EQUAL, b, ZERO), ZERO, base)),
        to(1, select(flat, ZERO, exponent)));
  }

  /** (a^n)' = n a^(n-1) a' for a whole number n; a^0 is constant. */
  private static List<Flow> wholePower(List<Expr> x, Expr g) {
    long n = ((Expr.Int) x.get(1)).value();
    Expr a = x.getFirst();
    if (n == 0) {
      return List.of();
    }
    Expr rest =
        n == 1 ? ONE : n == 2 ? a : apply(Primitive.POWER_WHOLE, a, new Expr.Int(n - 1));
    return List.of(to(0, multiply(g, multiply(real(n), rest))));
  }

  /** clamp(a, l, h) = min(max(a, l), h), but a bound counts as inside. */
  private static List<Flow> clamp(List<Expr> x, Expr g) {
    Expr a = x.get(0);
    Expr below = apply(Primitive.LESS, a, x.get(1));
    Expr above = apply(Primitive.GREATER, apply(Primitive.MAX, a, x.get(1)), x.get(2));
    return List.of(
        new Flow(0, Optional.of(and(not(below), not(above))), g),
        new Flow(1, Optional.of(and(below, not(above))), g),
        new Flow(2, Optional.of(above), g));
  }
}
