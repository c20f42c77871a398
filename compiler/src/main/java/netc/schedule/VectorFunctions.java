package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Scalar.Comparison;
import netc.loop.Scalar.Function;
import netc.loop.Scalar.Operator;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * Functions of float vectors as polynomials, within 2 ULP of the true value everywhere, with the
 * specified results at ±0, ±∞, NaN and for denormal numbers. Polynomials from Cephes (S. Moshier,
 * Methods and Programs for Mathematical Functions, 1989), single precision.
 *
 * <p>Each writes statements that define parts, and gives the value.
 */
final class VectorFunctions {
  private static final float ROUNDER = 12582912f; // 1.5 · 2^23: adding it leaves the nearest integer in the last bits
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  private final List<Statement> statements = new ArrayList<>();
  private final String prefix;

  /**
   * @param prefix of the names of the parts, unique in the kernel
   */
  VectorFunctions(String prefix) {
    this.prefix = prefix;
  }

  /** Whether the function is here. */
  static boolean has(Function function) {
    return switch (function) {
      case EXP, LOG, LOG1P, TANH -> true;
      case EXPM1, SQRT, ABS, SIGN, SIN, COS, TAN, ATAN, ERF, FLOOR, CEIL, ROUND, POWER, POWER_WHOLE,
          MIN, MAX, FMA, FLOOR_DIVIDE, FLOOR_REMAINDER ->
          false;
    };
  }

  /** What defines the parts of the values so far. */
  List<Statement> statements() {
    return statements;
  }

  Scalar value(Function function, Scalar x) {
    Scalar argument = named(x);
    return switch (function) {
      case EXP -> exp(argument);
      case LOG -> log(argument);
      case LOG1P -> log1p(argument);
      case TANH -> tanh(argument);
      default -> throw new IllegalArgumentException("no polynomial for " + function);
    };
  }

  /** e^x = 2^n · e^r with n the nearest integer to x / ln 2; 2^n in two factors, for denormal results. */
  private Scalar exp(Scalar x) {
    Scalar inRange =
        named(call(Function.MAX, call(Function.MIN, x, all(100f)), all(-110f)));
    Scalar shifted = named(fma(inRange, all((float) (1 / Math.log(2))), all(ROUNDER)));
    Scalar n = named(subtract(shifted, all(ROUNDER)));
    Scalar high = named(fma(n, all(-LN2_HIGH), inRange));
    Scalar r = named(fma(n, all(-LN2_LOW), high));
    Scalar tail =
        named(
            polynomial(
                r,
                1.9875691500E-4f,
                1.3981999507E-3f,
                8.3334519073E-3f,
                4.1665795894E-2f,
                1.6666665459E-1f,
                5.0000001201E-1f));
    Scalar power = named(add(fma(tail, multiply(r, r), r), all(1f)));
    Scalar whole =
        named(subtract(new Scalar.Reinterpret(shifted), ints(Float.floatToRawIntBits(ROUNDER))));
    Scalar half = named(new Scalar.Shift(whole, -1));
    Scalar rest = named(subtract(whole, half));
    return named(multiply(multiply(power, powerOfTwo(half)), powerOfTwo(rest)));
  }

  private Scalar powerOfTwo(Scalar n) {
    return new Scalar.Reinterpret(new Scalar.Shift(add(n, ints(127)), 23));
  }

  /** ln x = n · ln 2 + ln m with m from √½ to √2; denormal numbers are scaled first. */
  private Scalar log(Scalar x) {
    Scalar tiny = new Scalar.Compare(Comparison.LESS, x, all(Float.MIN_NORMAL));
    Scalar scaled = named(choose(tiny, multiply(x, all(0x1p23f)), x));
    Scalar lost = named(choose(tiny, all(23f), all(0f)));
    Scalar bits = named(new Scalar.Reinterpret(scaled));
    Scalar n =
        named(
            new Scalar.Shift(
                subtract(bits, ints(Float.floatToRawIntBits((float) Math.sqrt(0.5)))), -23));
    Scalar m =
        named(
            subtract(
                new Scalar.Reinterpret(subtract(bits, new Scalar.Shift(n, 23))), all(1f)));
    Scalar exponent =
        named(
            subtract(
                subtract(
                    new Scalar.Reinterpret(add(n, ints(Float.floatToRawIntBits(ROUNDER)))),
                    all(ROUNDER)),
                lost));
    Scalar square = named(multiply(m, m));
    Scalar tail =
        polynomial(
            m,
            7.0376836292E-2f,
            -1.1514610310E-1f,
            1.1676998740E-1f,
            -1.2420140846E-1f,
            1.4249322787E-1f,
            -1.6668057665E-1f,
            2.0000714765E-1f,
            -2.4999993993E-1f,
            3.3333331174E-1f);
    Scalar low =
        named(
            fma(
                square,
                all(-0.5f),
                fma(exponent, all(LN2_LOW), multiply(multiply(tail, m), square))));
    Scalar inside = named(fma(exponent, all(LN2_HIGH), add(m, low)));
    Scalar finite =
        choose(new Scalar.Compare(Comparison.LESS, x, all(Float.POSITIVE_INFINITY)), inside, x);
    Scalar positive =
        choose(new Scalar.Compare(Comparison.GREATER, x, all(0f)), finite, all(Float.NaN));
    return named(
        choose(new Scalar.Compare(Comparison.EQUAL, x, all(0f)), all(Float.NEGATIVE_INFINITY), positive));
  }

  /** ln(1+x) = ln u + (x − (u−1)) / u with u = 1+x rounded: the second part is what rounding took. */
  private Scalar log1p(Scalar x) {
    Scalar sum = named(add(x, all(1f)));
    Scalar lost = named(subtract(x, subtract(sum, all(1f))));
    Scalar corrected = named(add(log(sum), arithmetic(Operator.DIVIDE, lost, sum)));
    Scalar usual =
        choose(
            new Scalar.Compare(Comparison.LESS, call(Function.ABS, x), all(Float.POSITIVE_INFINITY)),
            choose(new Scalar.Compare(Comparison.GREATER, sum, all(0f)), corrected, log(sum)),
            log(sum));
    return named(choose(new Scalar.Compare(Comparison.EQUAL, sum, all(1f)), x, usual));
  }

  /** A polynomial up to 0.625; beyond, 1 − 2 / (e^2x + 1). */
  private Scalar tanh(Scalar x) {
    Scalar size = named(call(Function.ABS, x));
    Scalar square = named(multiply(x, x));
    Scalar small =
        named(
            fma(
                multiply(
                    polynomial(
                        square,
                        -5.70498872745E-3f,
                        2.06390887954E-2f,
                        -5.37397155531E-2f,
                        1.33314422036E-1f,
                        -3.33332819422E-1f),
                    square),
                x,
                x));
    Scalar grown = exp(named(add(size, size)));
    Scalar large =
        named(subtract(all(1f), arithmetic(Operator.DIVIDE, all(2f), add(grown, all(1f)))));
    Scalar signed =
        choose(new Scalar.Compare(Comparison.LESS, x, all(0f)), new Scalar.Negate(large), large);
    Scalar whole = choose(new Scalar.Compare(Comparison.LESS, size, all(0.625f)), small, signed);
    return named(choose(new Scalar.Compare(Comparison.EQUAL, size, all(0f)), x, whole)); // keeps −0
  }

  // ---------- parts ----------

  /** Horner's rule, the highest power first. */
  private static Scalar polynomial(Scalar x, float... coefficients) {
    Scalar sum = all(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = fma(sum, x, all(coefficients[i]));
    }
    return sum;
  }

  private Scalar named(Scalar value) {
    if (value instanceof Scalar.Local) {
      return value;
    }
    String name = prefix + statements.size();
    statements.add(new Statement.Let(name, value));
    return new Scalar.Local(name, value.type());
  }

  private static Scalar all(float value) {
    return new Scalar.Broadcast(new Scalar.RealLiteral(value, ScalarType.FLOAT));
  }

  private static Scalar ints(int value) {
    return new Scalar.Broadcast(Ints.of(value));
  }

  private static Scalar fma(Scalar a, Scalar b, Scalar c) {
    return new Scalar.Call(Function.FMA, List.of(a, b, c), ScalarType.FLOATS);
  }

  private static Scalar call(Function function, Scalar... arguments) {
    return new Scalar.Call(function, List.of(arguments), ScalarType.FLOATS);
  }

  private static Scalar choose(Scalar condition, Scalar then, Scalar otherwise) {
    return new Scalar.Choose(condition, then, otherwise);
  }

  private static Scalar add(Scalar left, Scalar right) {
    return arithmetic(Operator.ADD, left, right);
  }

  private static Scalar subtract(Scalar left, Scalar right) {
    return arithmetic(Operator.SUBTRACT, left, right);
  }

  private static Scalar multiply(Scalar left, Scalar right) {
    return arithmetic(Operator.MULTIPLY, left, right);
  }

  private static Scalar arithmetic(Operator operator, Scalar left, Scalar right) {
    return new Scalar.Arithmetic(operator, left, right);
  }
}
