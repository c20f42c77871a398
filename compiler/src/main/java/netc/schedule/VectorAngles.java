package netc.schedule;

import static netc.schedule.VectorParts.ROUNDER;
import static netc.schedule.VectorParts.abs;
import static netc.schedule.VectorParts.add;
import static netc.schedule.VectorParts.all;
import static netc.schedule.VectorParts.choose;
import static netc.schedule.VectorParts.compare;
import static netc.schedule.VectorParts.divide;
import static netc.schedule.VectorParts.fma;
import static netc.schedule.VectorParts.keepingZero;
import static netc.schedule.VectorParts.multiply;
import static netc.schedule.VectorParts.polynomial;
import static netc.schedule.VectorParts.signed;
import static netc.schedule.VectorParts.subtract;

import netc.loop.Scalar;
import netc.loop.Scalar.Comparison;
import netc.loop.Scalar.Function;

/**
 * sin, cos, tan and atan. Up to a bound an angle is reduced by Cody and Waite's method (Software Manual
 * for the Elementary Functions, 1980) with π/2 in three parts; lanes beyond it are computed by {@code
 * java.lang.Math}, one by one. The polynomials of sin, cos and tan are those of Cephes, single
 * precision; that of atan is a minimax fit of its own (relative error below 3e-9).
 */
final class VectorAngles {
  /** Up to here the parts of π/2 suffice for 2 ULP. */
  private static final float MOST_OF_SINE = 0x1p17f;

  private static final float MOST_OF_TANGENT = 0x1p13f;

  private static final float HALF_PI_HIGH = 0x1.921fb6p0f;
  private static final float HALF_PI_MIDDLE = -0x1.777a5cp-25f;
  private static final float HALF_PI_LOW = -0x1.ee59dap-50f;

  private final VectorParts parts;

  VectorAngles(VectorParts parts) {
    this.parts = parts;
  }

  /** ± sin r in quarters 0 and 2, ± cos r in 1 and 3. */
  Scalar sin(Scalar x) {
    var reduced = new Reduced(x);
    Scalar size = choose(reduced.isOdd(), reduced.cosine(), reduced.sine());
    Scalar value = keepingZero(x, reduced.negatedIn(size, subtract(reduced.quarter, all(0.5f))));
    return beyond(Function.SIN, x, MOST_OF_SINE, value);
  }

  Scalar cos(Scalar x) {
    var reduced = new Reduced(x);
    Scalar size = choose(reduced.isOdd(), reduced.sine(), reduced.cosine());
    Scalar value = reduced.negatedIn(size, add(reduced.quarter, all(0.5f)));
    return beyond(Function.COS, x, MOST_OF_SINE, value);
  }

  /** tan r, or −1 / tan r with one step of Newton's for what rounding took. */
  Scalar tan(Scalar x) {
    var reduced = new Reduced(x);
    Scalar square = reduced.square;
    Scalar rest =
        parts.named(
            fma(
                polynomial(
                    square,
                    9.38540185543E-3f,
                    3.11992232697E-3f,
                    2.44301354525E-2f,
                    5.34112807005E-2f,
                    1.33387994085E-1f,
                    3.33331568548E-1f),
                multiply(reduced.r, square),
                fma(reduced.lost, square, reduced.lost)));
    Scalar tangent = parts.named(add(reduced.r, rest));
    Scalar lost = add(subtract(reduced.r, tangent), rest);
    Scalar inverse = parts.named(divide(all(-1f), tangent));
    Scalar off = fma(inverse, lost, fma(inverse, tangent, all(1f)));
    Scalar value = choose(reduced.isOdd(), fma(inverse, off, inverse), tangent);
    return beyond(Function.TAN, x, MOST_OF_TANGENT, keepingZero(x, value));
  }

  private Scalar beyond(Function function, Scalar x, float bound, Scalar value) {
    return parts.named(new Scalar.LaneByLane(function, x, bound, parts.named(value)));
  }

  /** x = n · π/2 + r + lost, and n modulo 4 as −2 to 2. */
  private final class Reduced {
    final Scalar r;
    final Scalar lost;
    final Scalar square;
    final Scalar quarter;

    Reduced(Scalar x) {
      Scalar n =
          parts.named(
              subtract(fma(x, all((float) (2 / Math.PI)), all(ROUNDER)), all(ROUNDER)));
      Scalar exact = parts.named(fma(n, all(-HALF_PI_HIGH), x));
      Scalar middle = parts.named(multiply(n, all(-HALF_PI_MIDDLE)));
      Scalar ofMiddle = fma(n, all(-HALF_PI_MIDDLE), new Scalar.Negate(middle));
      r = parts.named(add(exact, middle));
      Scalar added = parts.named(subtract(r, exact));
      Scalar ofSum = add(subtract(exact, subtract(r, added)), subtract(middle, added));
      lost = parts.named(fma(n, all(-HALF_PI_LOW), add(ofSum, ofMiddle)));
      square = parts.named(multiply(r, r));
      Scalar turns = subtract(fma(n, all(0.25f), all(ROUNDER)), all(ROUNDER));
      quarter = parts.named(fma(turns, all(-4f), n));
    }

    Scalar isOdd() {
      return compare(abs(quarter), Comparison.EQUAL, 1f);
    }

    Scalar negatedIn(Scalar value, Scalar quarters) {
      Scalar named = parts.named(value);
      return choose(
          compare(abs(quarters), Comparison.GREATER, 1f), new Scalar.Negate(named), named);
    }

    Scalar sine() {
      Scalar tail =
          polynomial(square, -1.9515295891E-4f, 8.3321608736E-3f, -1.6666654611E-1f);
      return add(r, fma(tail, multiply(r, square), lost));
    }

    Scalar cosine() {
      Scalar tail =
          polynomial(square, 2.443315711809948E-5f, -1.388731625493765E-3f, 4.166664568298827E-2f);
      Scalar rest = fma(tail, multiply(square, square), new Scalar.Negate(multiply(r, lost)));
      return add(all(1f), fma(square, all(-0.5f), rest));
    }
  }

  /** A polynomial up to 1; beyond, π/2 − atan(1/x). */
  Scalar atan(Scalar x) {
    Scalar size = parts.named(abs(x));
    Scalar isLarge = compare(size, Comparison.GREATER, 1f);
    Scalar z = parts.named(choose(isLarge, divide(all(1f), size), size));
    Scalar square = parts.named(multiply(z, z));
    Scalar tail =
        polynomial(
            square,
            -0.0017875476041808724f,
            0.010887361131608486f,
            -0.031127002090215683f,
            0.05790654569864273f,
            -0.08400475233793259f,
            0.10951174795627594f,
            -0.14264051616191864f,
            0.1999853104352951f,
            -0.33333298563957214f);
    Scalar small = parts.named(fma(multiply(tail, square), z, z));
    Scalar large = subtract(all(HALF_PI_HIGH), add(small, all(-HALF_PI_MIDDLE)));
    Scalar value = parts.named(choose(isLarge, large, small));
    return parts.named(keepingZero(x, signed(x, value)));
  }
}
