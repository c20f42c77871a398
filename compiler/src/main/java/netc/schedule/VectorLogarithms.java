package netc.schedule;

import static netc.schedule.VectorParts.ROUNDER;
import static netc.schedule.VectorParts.abs;
import static netc.schedule.VectorParts.add;
import static netc.schedule.VectorParts.all;
import static netc.schedule.VectorParts.choose;
import static netc.schedule.VectorParts.compare;
import static netc.schedule.VectorParts.divide;
import static netc.schedule.VectorParts.fma;
import static netc.schedule.VectorParts.ints;
import static netc.schedule.VectorParts.multiply;
import static netc.schedule.VectorParts.polynomial;
import static netc.schedule.VectorParts.subtract;

import netc.loop.Scalar;
import netc.loop.Scalar.Comparison;

/** Logarithms; the polynomial is that of Cephes, single precision. */
final class VectorLogarithms {
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  private final VectorParts parts;

  VectorLogarithms(VectorParts parts) {
    this.parts = parts;
  }

  /** ln x = n · ln 2 + ln m with m from √½ to √2; denormal numbers are scaled first. */
  Scalar log(Scalar x) {
    Scalar tiny = compare(x, Comparison.LESS, Float.MIN_NORMAL);
    Scalar scaled = parts.named(choose(tiny, multiply(x, all(0x1p23f)), x));
    Scalar lost = parts.named(choose(tiny, all(23f), all(0f)));
    Scalar bits = parts.named(new Scalar.Reinterpret(scaled));
    Scalar n =
        parts.named(
            new Scalar.Shift(
                subtract(bits, ints(Float.floatToRawIntBits((float) Math.sqrt(0.5)))), -23));
    Scalar m =
        parts.named(
            subtract(
                new Scalar.Reinterpret(subtract(bits, new Scalar.Shift(n, 23))), all(1f)));
    Scalar exponent =
        parts.named(
            subtract(
                subtract(
                    new Scalar.Reinterpret(add(n, ints(Float.floatToRawIntBits(ROUNDER)))),
                    all(ROUNDER)),
                lost));
    Scalar square = parts.named(multiply(m, m));
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
        parts.named(
            fma(
                square,
                all(-0.5f),
                fma(exponent, all(LN2_LOW), multiply(multiply(tail, m), square))));
    Scalar inside = parts.named(fma(exponent, all(LN2_HIGH), add(m, low)));
    Scalar finite = choose(compare(x, Comparison.LESS, Float.POSITIVE_INFINITY), inside, x);
    Scalar positive = choose(compare(x, Comparison.GREATER, 0f), finite, all(Float.NaN));
    return parts.named(
        choose(compare(x, Comparison.EQUAL, 0f), all(Float.NEGATIVE_INFINITY), positive));
  }

  /** ln(1+x) = ln u + (x − (u−1)) / u with u = 1+x rounded: the second part is what rounding took. */
  Scalar log1p(Scalar x) {
    Scalar sum = parts.named(add(x, all(1f)));
    Scalar lost = parts.named(subtract(x, subtract(sum, all(1f))));
    Scalar ofSum = log(sum);
    Scalar corrected = add(ofSum, divide(lost, sum));
    Scalar isFinite =
        new Scalar.And(
            compare(abs(x), Comparison.LESS, Float.POSITIVE_INFINITY),
            compare(sum, Comparison.GREATER, 0f));
    Scalar usual = choose(isFinite, corrected, ofSum);
    return parts.named(choose(compare(sum, Comparison.EQUAL, 1f), x, usual));
  }
}
