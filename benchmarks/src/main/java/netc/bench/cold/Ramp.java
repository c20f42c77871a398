package netc.bench.cold;

import java.util.Arrays;

/**
 * How calls become fast. The duration in the end is the median of the last quarter of the time; calls are
 * fast from the first one on that reaches 90 % of that speed, if the median of the 100 ms around it does
 * so too: neither one lucky call nor one disturbance decides.
 *
 * @param fastAfter nanoseconds from the first call's start to the end of the first fast one
 * @param last nanoseconds of a call in the end
 */
record Ramp(double fastAfter, double last) {
  private static final long WINDOW = 100_000_000;
  private static final long STEP = 10_000_000;
  private static final double PART = 0.9;

  /** Of the first so many durations in nanoseconds, without gaps between them. */
  static Ramp of(int[] durations, int calls) {
    long[] ends = new long[calls];
    long end = 0;
    for (int i = 0; i < calls; i++) {
      end += durations[i];
      ends[i] = end;
    }
    double last = median(durations, firstAfter(ends, end - end / 4), calls);
    double fast = last / PART;
    for (long begin = 0; begin < end; begin += STEP) {
      int from = firstAfter(ends, begin);
      int to = Math.min(calls, firstAfter(ends, begin + WINDOW) + 1);
      if (median(durations, from, to) <= fast) {
        int first = from;
        while (durations[first] > fast) {
          first++;
        }
        return new Ramp(ends[first], last);
      }
    }
    throw new IllegalStateException("no window is as fast as the end of " + calls + " calls");
  }

  /** The first call that ends after this time, or the last call. */
  private static int firstAfter(long[] ends, long time) {
    int at = Arrays.binarySearch(ends, time + 1);
    return Math.min(at >= 0 ? at : -at - 1, ends.length - 1);
  }

  private static double median(int[] durations, int from, int to) {
    int[] sorted = Arrays.copyOfRange(durations, from, to);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
