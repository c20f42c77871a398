package netc.schedule;

import java.util.List;
import netc.ir.Index;

/**
 * The taps of a factor as runs in which they lie evenly, such as a window's rows in an image whose channels come
 * last.
 *
 * @param around the taps that say which run
 * @param length of every run
 * @param stride from one tap of a run to the next
 */
record EvenTaps(List<Index> around, int length, int stride) {

  /** The longest runs of the taps in their order. */
  static EvenTaps of(List<Index> taps, Access.Strides strides) {
    int first = taps.size();
    int length = 1;
    int stride = 0;
    while (first > 0) {
      Index tap = taps.get(first - 1);
      if (length > 1 && strides.stride(tap) != stride * length) {
        break;
      }
      stride = length > 1 ? stride : strides.stride(tap);
      length *= tap.extent().size();
      first--;
    }
    return new EvenTaps(taps.subList(0, first), length, stride);
  }
}
