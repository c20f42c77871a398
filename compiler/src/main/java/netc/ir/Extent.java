package netc.ir;

/** How far an index or an axis runs: a number, or the rows of the batch, known at run time only. */
public sealed interface Extent {

  record Const(int size) implements Extent {
    @Override
    public String toString() {
      return Integer.toString(size);
    }
  }

  /** The examples, each of which sees its own row only. */
  record Batch() implements Extent {
    @Override
    public String toString() {
      return "batch";
    }
  }

  /** All rows of the batch, as an axis like any other: every example sees the same whole of it. */
  record Rows() implements Extent {
    @Override
    public String toString() {
      return "rows";
    }
  }

  Extent BATCH = new Batch();

  Extent ROWS = new Rows();

  /** More values than any axis has: all that is known of the number of rows when a net is compiled. */
  int MOST = Integer.MAX_VALUE - 1;

  static Extent of(int size) {
    return new Const(size);
  }

  /** The extent of which {@code most} is {@link #most()}. */
  static Extent ofMost(int most) {
    return most == MOST ? ROWS : of(most);
  }

  default boolean isBatch() {
    return this instanceof Batch;
  }

  default boolean isRows() {
    return this instanceof Rows;
  }

  /** The number of values; of the rows of a batch there is none at compile time. */
  default int size() {
    return switch (this) {
      case Const(int size) -> size;
      case Batch(), Rows() ->
          throw new IllegalStateException("the rows have no number at compile time");
    };
  }

  /** The number of values, or {@link #MOST} for the rows of a batch. */
  default int most() {
    return this instanceof Const(int size) ? size : MOST;
  }

  /** The number of values, or a usual one for rows: only to compare costs. */
  default int about() {
    return this instanceof Const(int size) ? size : 64;
  }
}
