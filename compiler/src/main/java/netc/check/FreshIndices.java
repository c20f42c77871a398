package netc.check;

import java.util.Comparator;
import netc.ir.Extent;
import netc.ir.Index;

/**
 * Makes the indices of one net. While the checker works, each has a serial number behind its name, so
 * that nothing can be captured; {@link Finishing} takes the numbers off again.
 */
final class FreshIndices {
  /** The rows of the batch: one index for the whole net. */
  static final Index BATCH = new Index("batch", Extent.BATCH);

  /** From the outside in: the batch first, then in the order of binding. */
  static final Comparator<Index> OUTERMOST_FIRST = Comparator.comparingInt(FreshIndices::serial);

  private static final String AXES = "ijklmnopq";

  private int last;

  Index make(String name, int size) {
    return new Index(name + "#" + ++last, Extent.ofMost(size));
  }

  /** An index for an axis that the text does not name. */
  Index axis(int position, int size) {
    return make(AXES.substring(position % AXES.length(), position % AXES.length() + 1), size);
  }

  /** A new index of the same name and extent. */
  Index another(Index index) {
    return make(plainName(index), index.extent().most());
  }

  static String plainName(Index index) {
    int mark = index.name().indexOf('#');
    return mark < 0 ? index.name() : index.name().substring(0, mark);
  }

  private static int serial(Index index) {
    int mark = index.name().indexOf('#');
    int end = mark + 1; // differentiation adds primes
    while (end < index.name().length() && Character.isDigit(index.name().charAt(end))) {
      end++;
    }
    return mark < 0 ? 0 : Integer.parseInt(index.name(), mark + 1, end, 10);
  }
}
