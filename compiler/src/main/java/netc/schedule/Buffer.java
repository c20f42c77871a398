package netc.schedule;

import netc.loop.ArrayType;

/**
 * An array of a form: {@code size} elements, or {@code size} rows when its type has rank 2.
 *
 * @param rowLength of each row; of rank 1, how many examples of {@code size} elements each lie one after
 *     the other; else 0
 * @param rowAxes how many times the size is multiplied by the number of rows of the whole batch
 */
public record Buffer(ArrayType type, int size, int rowLength, int rowAxes) {

  /** The bytes of its elements; where it has row axes, those of one row each. */
  public long bytes() {
    return (long) size * Math.max(1, rowLength) * type.element().bytes();
  }

  /** Whether the elements of another buffer fit into this one when it is long enough. */
  boolean isOfKind(Buffer other) {
    return type.equals(other.type)
        && rowLength == other.rowLength
        && rowAxes == other.rowAxes
        && (rowAxes == 0 || size == other.size);
  }
}
