package netc.check;

import java.math.BigInteger;
import java.util.Optional;
import netc.check.Constant.Decimal;
import netc.check.Constant.Exact;
import netc.ir.Primitive;
import netc.syntax.Expression.BinaryOperator;

/**
 * Arithmetic at compile time: exact on whole numbers and their quotients, double where a decimal literal
 * or an irrational function enters. Overflow and division by zero throw {@link ArithmeticException}.
 */
final class ConstantArithmetic {
  private ConstantArithmetic() {}

  /** The value of {@code a op b} on numbers; empty for operators that take no numbers. */
  static Optional<Constant> binary(BinaryOperator operator, Constant a, Constant b) {
    return Optional.ofNullable(
        switch (operator) {
          case PLUS -> arithmetic(Primitive.ADD, a, b);
          case MINUS -> arithmetic(Primitive.SUBTRACT, a, b);
          case TIMES -> arithmetic(Primitive.MULTIPLY, a, b);
          case OVER -> arithmetic(Primitive.DIVIDE, a, b);
          case POWER -> power(a, b);
          case EQUAL -> new Constant.Truth(compare(a, b) == 0);
          case DIFFERENT -> new Constant.Truth(compare(a, b) != 0);
          case LESS -> new Constant.Truth(compare(a, b) < 0);
          case AT_MOST -> new Constant.Truth(compare(a, b) <= 0);
          case GREATER -> new Constant.Truth(compare(a, b) > 0);
          case AT_LEAST -> new Constant.Truth(compare(a, b) >= 0);
          case AND, OR -> null;
        });
  }

  private static Constant arithmetic(Primitive primitive, Constant a, Constant b) {
    if (a instanceof Exact x && b instanceof Exact y) {
      return switch (primitive) {
        case ADD, SUBTRACT -> {
          long right = primitive == Primitive.ADD ? y.numerator() : Math.negateExact(y.numerator());
          yield exact(
              Math.addExact(
                  Math.multiplyExact(x.numerator(), y.denominator()),
                  Math.multiplyExact(right, x.denominator())),
              Math.multiplyExact(x.denominator(), y.denominator()));
        }
        case MULTIPLY ->
            exact(
                Math.multiplyExact(x.numerator(), y.numerator()),
                Math.multiplyExact(x.denominator(), y.denominator()));
        default ->
            exact(
                Math.multiplyExact(x.numerator(), y.denominator()),
                Math.multiplyExact(x.denominator(), y.numerator()));
      };
    }
    double x = a.toDouble();
    double y = b.toDouble();
    return new Decimal(
        switch (primitive) {
          case ADD -> x + y;
          case SUBTRACT -> x - y;
          case MULTIPLY -> x * y;
          default -> x / y;
        });
  }

  private static Exact exact(long numerator, long denominator) {
    if (denominator == 0) {
      throw new ArithmeticException("division by zero");
    }
    long divisor = BigInteger.valueOf(numerator).gcd(BigInteger.valueOf(denominator)).longValueExact();
    long sign = denominator < 0 ? -1 : 1;
    return new Exact(
        Math.multiplyExact(sign, numerator / divisor), Math.multiplyExact(sign, denominator / divisor));
  }

  private static Constant power(Constant a, Constant b) {
    if (a instanceof Exact base && b instanceof Exact(long exponent, long one) && one == 1) {
      return exponent >= 0
          ? new Exact(power(base.numerator(), exponent), power(base.denominator(), exponent))
          : exact(power(base.denominator(), -exponent), power(base.numerator(), -exponent));
    }
    return new Decimal(Math.pow(a.toDouble(), b.toDouble()));
  }

  private static long power(long base, long exponent) {
    if (base == 0 || base == 1) {
      return exponent == 0 ? 1 : base;
    }
    if (base == -1) {
      return exponent % 2 == 0 ? 1 : -1;
    }
    long product = 1;
    for (long i = 0; i < exponent; i++) { // at most 63 rounds: then it overflows
      product = Math.multiplyExact(product, base);
    }
    return product;
  }

  private static int compare(Constant a, Constant b) {
    if (a instanceof Exact x && b instanceof Exact y) {
      return product(x.numerator(), y.denominator()).compareTo(product(y.numerator(), x.denominator()));
    }
    return Double.compare(a.toDouble() + 0.0, b.toDouble() + 0.0);
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  static Constant negate(Constant a) {
    return a instanceof Exact(long numerator, long denominator)
        ? new Exact(Math.negateExact(numerator), denominator)
        : new Decimal(-a.toDouble());
  }

  /** A scalar operation on numbers; empty where it is left to run time. */
  static Optional<Constant> apply(Primitive primitive, java.util.List<Constant> arguments) {
    Constant a = arguments.getFirst();
    double x = a.toDouble();
    return switch (primitive) {
      case EXP -> decimal(Math.exp(x));
      case EXPM1 -> decimal(Math.expm1(x));
      case LOG -> decimal(Math.log(x));
      case LOG1P -> decimal(Math.log1p(x));
      case SQRT -> decimal(Math.sqrt(x));
      case SIN -> decimal(Math.sin(x));
      case COS -> decimal(Math.cos(x));
      case TAN -> decimal(Math.tan(x));
      case TANH -> decimal(Math.tanh(x));
      case ATAN -> decimal(Math.atan(x));
      case ABS -> Optional.of(compare(a, Constant.of(0)) < 0 ? negate(a) : a);
      case SIGN ->
          a instanceof Exact ? Optional.of(Constant.of((long) Math.signum(x))) : decimal(Math.signum(x));
      case FLOOR, CEIL, ROUND -> rounded(primitive, a);
      case MIN -> Optional.of(compare(arguments.get(1), a) < 0 ? arguments.get(1) : a);
      case MAX -> Optional.of(compare(arguments.get(1), a) > 0 ? arguments.get(1) : a);
      case CLAMP -> {
        Constant atLeast = compare(a, arguments.get(1)) < 0 ? arguments.get(1) : a;
        yield Optional.of(compare(atLeast, arguments.get(2)) > 0 ? arguments.get(2) : atLeast);
      }
      case POWER -> decimal(Math.pow(x, arguments.get(1).toDouble()));
      case FLOOR_DIVIDE -> Optional.of(Constant.of(Math.floorDiv(wholeOf(a), divisor(arguments))));
      case REMAINDER -> Optional.of(Constant.of(Math.floorMod(wholeOf(a), divisor(arguments))));
      case STOP -> Optional.of(a);
      default -> Optional.empty();
    };
  }

  private static Optional<Constant> rounded(Primitive primitive, Constant a) {
    if (a.whole().isPresent()) {
      return Optional.of(a);
    }
    double x = a.toDouble();
    double rounded =
        switch (primitive) {
          case FLOOR -> Math.floor(x);
          case CEIL -> Math.ceil(x);
          default -> Math.rint(x);
        };
    return Optional.of(
        a instanceof Exact ? Constant.of((long) rounded) : new Decimal(rounded));
  }

  private static long wholeOf(Constant a) {
    return a.whole().orElseThrow(() -> new ArithmeticException(a + " is not a whole number"));
  }

  private static long divisor(java.util.List<Constant> arguments) {
    long divisor = wholeOf(arguments.get(1));
    if (divisor == 0) {
      throw new ArithmeticException("division by zero");
    }
    return divisor;
  }

  private static Optional<Constant> decimal(double value) {
    return Optional.of(new Decimal(value));
  }
}
