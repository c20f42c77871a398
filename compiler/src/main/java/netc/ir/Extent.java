package netc.ir;

/** How far an index or an axis runs: a number, or the rows of the batch, known at run time only. */
public sealed interface Extent {

  record Const(int size) implements Extent {
    @Override
    public String toString() {
      return Integer.toString(size);
    }
  }

  record Batch() implements Extent {
    @Override
    public String toString() {
      return "batch";
    }
  }

  Extent BATCH = new Batch();

  static Extent of(int size) {
    return new Const(size);
  }

  default boolean isBatch() {
    return this instanceof Batch;
  }

  /** The number of values; the batch has none at compile time. */
  default int size() {
    return switch (this) {
      case Const(int size) -> size;
      case Batch() -> throw new IllegalStateException("the batch has no size at compile time");
    };
  }
}
