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

  /** The element at a position of such an array, as a double. */
  double get(Object array, int position) {
    return switch (this) {
      case F32 -> ((float[]) array)[position];
      case F64 -> ((double[]) array)[position];
      case I64 -> ((long[]) array)[position];
      case I32 -> ((int[]) array)[position];
      case U8, BOOL -> ((byte[]) array)[position] & 255;
    };
  }

  /** A new array of this type. */
  public Object array(int length) {
    return switch (this) {
      case F32 -> new float[length];
      case F64 -> new double[length];
      case I64 -> new long[length];
      case I32 -> new int[length];
      case U8, BOOL -> new byte[length];
    };
  }

  public boolean isReal() {
    return this == F32 || this == F64;
  }
}
