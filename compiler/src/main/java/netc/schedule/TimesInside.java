package netc.schedule;

import java.util.Optional;
import netc.ir.Index;
import netc.ir.Interval;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;

/**
 * The times of a scan at which all that a step reads of a factor lies inside of its tensor, where at the
 * others all of it lies outside, as {@code h[t - 1]} does at the first one: there a sum of products has
 * no taps.
 *
 * @param low the first one
 * @param high the last one
 * @param last the last time of the scan
 */
record TimesInside(long low, long high, long last) {

  /** Empty where no position is outside, or some are while others are not. */
  static Optional<TimesInside> of(Access access) {
    if (access.time().isEmpty() || !access.hasMargin()) {
      return Optional.empty();
    }
    Index time = access.time().get();
    long last = time.extent().size() - 1L;
    long low = 0;
    long high = last;
    for (int axis = 0; axis < access.at().size(); axis++) {
      Interval atTime0 = access.ranges().get(axis);
      long size = access.shape().get(axis).size();
      int step = access.stepOfTime(axis);
      if (step == 0) {
        if (!atTime0.isWithin(0, size - 1)) {
          return Optional.empty();
        }
      } else if (atTime0.low() != atTime0.high()) {
        return Optional.empty();
      } else {
        long end = step > 0 ? size - 1 - atTime0.low() : atTime0.low();
        long start = step > 0 ? -atTime0.low() : atTime0.low() - (size - 1);
        low = Math.max(low, Math.ceilDiv(start, Math.abs(step)));
        high = Math.min(high, Math.floorDiv(end, Math.abs(step)));
      }
    }
    return Optional.of(new TimesInside(low, high, last));
  }

  /** So many taps, or none. */
  Scalar taps(Scalar count) {
    Scalar taps = count;
    if (low > 0) {
      taps = unless(Scalar.Comparison.LESS, low, taps);
    }
    return high < last ? unless(Scalar.Comparison.GREATER, high, taps) : taps;
  }

  private static Scalar unless(Scalar.Comparison comparison, long bound, Scalar taps) {
    var isOutside =
        new Scalar.Compare(
            comparison, Ints.local(Kernel.TIME), Ints.of(Math.toIntExact(bound)));
    return new Scalar.Choose(isOutside, Ints.of(0), taps);
  }
}
