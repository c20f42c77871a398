package netc.runtime;

/**
 * One array of a form.
 *
 * @param kind which of {@link Block}'s fields holds it
 * @param position where in that field
 * @param size the number of elements of one example (LANES: the number of rows), or of the whole tensor
 * @param rowLength of each row of LANES: {@code blockRows}, but in arrays for a kernel's own work; of FLAT,
 *     how many examples lie one after the other, if they do; else 0
 * @param rowAxes how often the size is to be multiplied by the number of rows of the whole batch
 */
public record Slot(Kind kind, int position, int size, int rowLength, int rowAxes) {

  private static final int ARRAY = 16;
  private static final int REFERENCE = 8;

  /** The compiler proves that positions of so many rows, times a stride, are ints. */
  private static final int MOST_ROWS = 1 << 24;

  /** So many elements are in no array, and in no heap. */
  static final long MOST = 1L << 50;

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

  /** A slot whose size no batch changes. */
  public Slot(Kind kind, int position, int size, int rowLength) {
    this(kind, position, size, rowLength, 0);
  }

  /** The size for a batch of so many rows; {@link #MOST} where no array could hold it. */
  long size(int rows) {
    double elements = size * Math.pow(rows, rowAxes);
    boolean fits = elements <= Integer.MAX_VALUE - 8 && (rowAxes == 0 || rows <= MOST_ROWS);
    return fits ? (long) elements : MOST;
  }

  /** What its arrays take on the heap, headers included, for a batch of so many rows. */
  double bytes(Precision precision, int rows) {
    int width = isReal() && precision == Precision.F64 ? Double.BYTES : Float.BYTES;
    double elements = size(rows);
    return isLanes()
        ? ARRAY + elements * (REFERENCE + ARRAY + (long) rowLength * width)
        : ARRAY + elements * Math.max(1, rowLength) * width;
  }

  public boolean isLanes() {
    return kind == Kind.LANES || kind == Kind.INT_LANES;
  }

  boolean isPerExample() {
    return rowLength > 0;
  }

  public boolean isReal() {
    return kind == Kind.FLAT || kind == Kind.LANES;
  }
}
