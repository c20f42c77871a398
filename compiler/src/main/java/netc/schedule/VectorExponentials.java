package netc.schedule;

import static netc.schedule.VectorParts.ROUNDER;
import static netc.schedule.VectorParts.abs;
import static netc.schedule.VectorParts.add;
import static netc.schedule.VectorParts.all;
import static netc.schedule.VectorParts.call;
import static netc.schedule.VectorParts.choose;
import static netc.schedule.VectorParts.compare;
import static netc.schedule.VectorParts.divide;
import static netc.schedule.VectorParts.fma;
import static netc.schedule.VectorParts.ints;
import static netc.schedule.VectorParts.keepingZero;
import static netc.schedule.VectorParts.multiply;
import static netc.schedule.VectorParts.polynomial;
import static netc.schedule.VectorParts.signed;
import static netc.schedule.VectorParts.subtract;

import netc.loop.Scalar;
import netc.loop.Scalar.Comparison;
import netc.loop.Scalar.Function;

/**
 * exp and what is made of it. The polynomials of exp and tanh are those of Cephes (S. Moshier, Methods
 * and Programs for Mathematical Functions, 1989), single precision.
 */
final class VectorExponentials {
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  private final VectorParts parts;

  VectorExponentials(VectorParts parts) {
    this.parts = parts;
  }

  /** e^x = 2^n · e^r with n the nearest integer to x / ln 2; 2^n in two factors, for denormal results. */
  Scalar exp(Scalar x) {
    var reduced = new Reduced(x, -110, 100);
    Scalar power =
        parts.named(
            add(fma(reduced.tail, multiply(reduced.r, reduced.r), reduced.r), all(1f)));
    return reduced.timesPower(power);
  }

  /** e^x − 1 = 2^n · ((e^r − 1) + (1 − 2^−n)); r with what rounding took of it. */
  Scalar expm1(Scalar x) {
    var reduced = new Reduced(x, -25, 90);
    Scalar lost = fma(reduced.n, all(-LN2_LOW), subtract(reduced.high, reduced.r));
    Scalar grown =
        parts.named(
            add(fma(reduced.tail, multiply(reduced.r, reduced.r), lost), reduced.r));
    Scalar inverse =
        multiply(
            powerOfTwo(subtract(ints(0), reduced.half)),
            powerOfTwo(subtract(ints(0), reduced.rest)));
    Scalar value = reduced.timesPower(add(grown, subtract(all(1f), inverse)));
    return parts.named(keepingZero(x, value));
  }

  /** x = n · ln 2 + r, and the polynomial t in e^r = 1 + r + t · r². */
  private final class Reduced {
    final Scalar n;
    final Scalar high;
    final Scalar r;
    final Scalar tail;

    /** n as an integer is half + rest. */
    final Scalar half;

    final Scalar rest;

    Reduced(Scalar x, float least, float most) {
      Scalar inRange =
          parts.named(call(Function.MAX, call(Function.MIN, x, all(most)), all(least)));
      Scalar shifted =
          parts.named(fma(inRange, all((float) (1 / Math.log(2))), all(ROUNDER)));
      n = parts.named(subtract(shifted, all(ROUNDER)));
      high = parts.named(fma(n, all(-LN2_HIGH), inRange));
      r = parts.named(fma(n, all(-LN2_LOW), high));
      tail =
          parts.named(
              polynomial(
                  r,
                  1.9875691500E-4f,
                  1.3981999507E-3f,
                  8.3334519073E-3f,
                  4.1665795894E-2f,
                  1.6666665459E-1f,
                  5.0000001201E-1f));
      Scalar whole =
          parts.named(
              subtract(
                  new Scalar.Reinterpret(shifted), ints(Float.floatToRawIntBits(ROUNDER))));
      half = parts.named(new Scalar.Shift(whole, -1));
      rest = parts.named(subtract(whole, half));
    }

    Scalar timesPower(Scalar value) {
      return parts.named(multiply(multiply(value, powerOfTwo(half)), powerOfTwo(rest)));
    }
  }

  private static Scalar powerOfTwo(Scalar n) {
    return new Scalar.Reinterpret(new Scalar.Shift(add(n, ints(127)), 23));
  }

  /** A polynomial up to 0.625; beyond, 1 − 2 / (e^2x + 1). */
  Scalar tanh(Scalar x) {
    Scalar size = parts.named(abs(x));
    Scalar square = parts.named(multiply(x, x));
    Scalar small =
        parts.named(
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
    Scalar grown = exp(parts.named(add(size, size)));
    Scalar large = parts.named(subtract(all(1f), divide(all(2f), add(grown, all(1f)))));
    Scalar whole = choose(compare(size, Comparison.LESS, 0.625f), small, signed(x, large));
    return parts.named(keepingZero(x, whole));
  }

  /**
   * x + x · P(x²) up to 0.9; beyond, 1 − e^(x · Q(x)), which is 1 from 4 on. P and Q are minimax fits of
   * their own (iteratively reweighted least squares, relative error of erf below 1e-9).
   */
  Scalar erf(Scalar x) {
    Scalar size = parts.named(call(Function.MIN, abs(x), all(4f)));
    Scalar square = multiply(x, x);
    Scalar small =
        parts.named(
            fma(
                polynomial(
                    parts.named(square),
                    7.943100354168564e-05f,
                    -0.0008039752719923854f,
                    0.005191753152757883f,
                    -0.026855560019612312f,
                    0.11283624172210693f,
                    -0.3761262893676758f,
                    0.12837916612625122f),
                x,
                x));
    Scalar exponent =
        multiply(
            polynomial(
                size,
                -1.0766289960884023e-05f,
                0.000318091653753072f,
                -0.0036230506375432014f,
                0.02372046560049057f,
                -0.10618793219327927f,
                -0.6351813077926636f,
                -1.1286410093307495f),
            size);
    Scalar large = parts.named(subtract(all(1f), exp(parts.named(exponent))));
    return parts.named(choose(compare(size, Comparison.LESS, 0.9f), small, signed(x, large)));
  }
}
