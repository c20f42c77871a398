package netc.runtime;

/** What the elements of a {@link Tensor} are, and the Java array that holds them. */
public enum DType {
  /** {@code float[]} */
  F32(4),
  /** {@code double[]} */
  F64(8),
  /** {@code long[]} */
  I64(8),
  /** {@code int[]} */
  I32(4),
  /** {@code byte[]}, 0 to 255 */
  U8(1),
  /** {@code byte[]}, 0 or 1 */
  BOOL(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** The size of an element in a file. */
  public int bytes() {
    return bytes;
  }

  public boolean isReal() {
    return this == F32 || this == F64;
  }
}
