package netc.runtime;

/**
 * One array of a form.
 *
 * @param kind which of {@link Block}'s fields holds it
 * @param position where in that field
 * @param size the number of elements of one example (LANES: the number of rows), or of the whole tensor
 * @param rowLength of each row of LANES: {@code blockRows}, but in arrays for a kernel's own work; else 0
 */
public record Slot(Kind kind, int position, int size, int rowLength) {

  private static final int ARRAY = 16;
  private static final int REFERENCE = 8;

  public enum Kind {
    /** {@code [element]}: shared, or of the single example of a form with one row; reals. */
    FLAT,
    /** {@code [element][example]}: per example, the examples of a block side by side; reals. */
    LANES,
    /** As FLAT, of ints; a bool is 0 or 1. */
    INT_FLAT,
    /** As LANES, of ints; a bool is 0 or 1. */
    INT_LANES
  }

  /** What its arrays take on the heap, headers included. */
  long bytes(Precision precision) {
    int width = isReal() && precision == Precision.F64 ? Double.BYTES : Float.BYTES;
    return isLanes()
        ? ARRAY + (long) size * (REFERENCE + ARRAY + (long) rowLength * width)
        : ARRAY + (long) size * width;
  }

  public boolean isLanes() {
    return kind == Kind.LANES || kind == Kind.INT_LANES;
  }

  public boolean isReal() {
    return kind == Kind.FLAT || kind == Kind.LANES;
  }
}
