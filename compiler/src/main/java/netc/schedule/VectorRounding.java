package netc.schedule;

import static netc.schedule.VectorParts.abs;
import static netc.schedule.VectorParts.add;
import static netc.schedule.VectorParts.all;
import static netc.schedule.VectorParts.choose;
import static netc.schedule.VectorParts.compare;
import static netc.schedule.VectorParts.keepingZero;
import static netc.schedule.VectorParts.signed;
import static netc.schedule.VectorParts.subtract;

import netc.loop.Scalar;
import netc.loop.Scalar.Comparison;

/** Whole numbers near to x, and its sign: exactly what {@code java.lang.Math} says. */
final class VectorRounding {
  /** From here on every float is a whole number. */
  private static final float WHOLE = 0x1p23f;

  private final VectorParts parts;

  VectorRounding(VectorParts parts) {
    this.parts = parts;
  }

  /** Ties to even. */
  Scalar round(Scalar x) {
    return parts.named(signedLike(x, nearest(x)));
  }

  Scalar floor(Scalar x) {
    Scalar near = parts.named(signed(x, nearest(x)));
    Scalar isAbove = new Scalar.Compare(Comparison.GREATER, near, x);
    return parts.named(signedLike(x, abs(choose(isAbove, subtract(near, all(1f)), near))));
  }

  Scalar ceil(Scalar x) {
    Scalar near = parts.named(signed(x, nearest(x)));
    Scalar isBelow = new Scalar.Compare(Comparison.LESS, near, x);
    return parts.named(signedLike(x, abs(choose(isBelow, add(near, all(1f)), near))));
  }

  Scalar sign(Scalar x) {
    Scalar one = parts.named(all(1f));
    Scalar isNumber =
        new Scalar.Or(compare(x, Comparison.GREATER, 0), compare(x, Comparison.LESS, 0));
    return parts.named(choose(isNumber, signed(x, one), x));
  }

  /** |x| rounded: the sum with 2^23 has no bits for fractions. */
  private Scalar nearest(Scalar x) {
    return parts.named(subtract(add(abs(x), all(WHOLE)), all(WHOLE)));
  }

  /** A size with the sign of x, that of zeros too; x itself where it is whole anyway, or no number. */
  private Scalar signedLike(Scalar x, Scalar size) {
    Scalar value = keepingZero(x, signed(x, parts.named(size)));
    return choose(compare(abs(x), Comparison.LESS, WHOLE), value, x);
  }
}
