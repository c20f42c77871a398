package netc.schedule;

import java.util.List;
import netc.loop.Scalar;
import netc.loop.Scalar.Function;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * Functions of float vectors as polynomials, within 2 ULP of the true value everywhere, with the
 * specified results at ±0, ±∞, NaN and for denormal numbers.
 *
 * <p>Each writes statements that define parts, and gives the value.
 */
final class VectorFunctions {
  private final VectorParts parts;

  /**
   * @param prefix of the names of the parts, unique in the kernel
   */
  VectorFunctions(String prefix) {
    this.parts = new VectorParts(prefix);
  }

  /** Whether a call is here. */
  static boolean has(Scalar.Call call) {
    return switch (call.function()) {
      case EXP, EXPM1, LOG, LOG1P, SIGN, SIN, COS, TAN, TANH, ATAN, ERF, FLOOR, CEIL, ROUND ->
          call.type() == ScalarType.FLOAT;
      case POWER_WHOLE -> call.arguments().get(1) instanceof Scalar.IntLiteral;
      case POWER, SQRT, ABS, MIN, MAX, FMA, FLOOR_DIVIDE, FLOOR_REMAINDER -> false;
    };
  }

  /** What defines the parts of the value. */
  List<Statement> statements() {
    return parts.statements();
  }

  Scalar value(Function function, Scalar x) {
    Scalar argument = parts.named(x);
    return switch (function) {
      case EXP -> new VectorExponentials(parts).exp(argument);
      case EXPM1 -> new VectorExponentials(parts).expm1(argument);
      case TANH -> new VectorExponentials(parts).tanh(argument);
      case ERF -> new VectorExponentials(parts).erf(argument);
      case LOG -> new VectorLogarithms(parts).log(argument);
      case LOG1P -> new VectorLogarithms(parts).log1p(argument);
      case SIN -> new VectorAngles(parts).sin(argument);
      case COS -> new VectorAngles(parts).cos(argument);
      case TAN -> new VectorAngles(parts).tan(argument);
      case ATAN -> new VectorAngles(parts).atan(argument);
      case FLOOR -> new VectorRounding(parts).floor(argument);
      case CEIL -> new VectorRounding(parts).ceil(argument);
      case ROUND -> new VectorRounding(parts).round(argument);
      case SIGN -> new VectorRounding(parts).sign(argument);
      case POWER, POWER_WHOLE, SQRT, ABS, MIN, MAX, FMA, FLOOR_DIVIDE, FLOOR_REMAINDER ->
          throw new IllegalArgumentException("no polynomial for " + function);
    };
  }

  /** The very products of {@link netc.runtime.Numerics#power(double, int)}. */
  Scalar power(Scalar base, int exponent) {
    Scalar one = new Scalar.Broadcast(new Scalar.RealLiteral(1, base.type().counterpart()));
    Scalar result = one;
    Scalar factor = parts.named(base);
    for (long left = Math.abs((long) exponent); left > 0; left >>= 1) {
      if ((left & 1) != 0) {
        result =
            result.equals(one) ? factor : parts.named(VectorParts.multiply(result, factor));
      }
      if (left > 1) {
        factor = parts.named(VectorParts.multiply(factor, factor));
      }
    }
    return exponent < 0 ? parts.named(VectorParts.divide(one, result)) : result;
  }
}
