package netc.runtime;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * An array of numbers with a shape, row-major: what data, checkpoints and tools exchange. It has no
 * method that writes. The factories do not copy; who makes a tensor of an array no longer writes to it.
 */
public final class Tensor {
  private final DType dtype;
  private final int[] shape;
  private final int elements;
  private final Object data;

  private Tensor(DType dtype, Object data, int length, int[] shape) {
    this.dtype = dtype;
    this.data = data;
    this.shape = shape.clone();
    long product = 1;
    for (int size : shape) {
      if (size < 0 || (product *= size) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " is no shape of an array");
      }
    }
    if (product != length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " has " + product + " elements, the array " + length);
    }
    this.elements = length;
  }

  public static Tensor of(float[] data, int... shape) {
    return new Tensor(DType.F32, data, data.length, shape);
  }

  public static Tensor of(double[] data, int... shape) {
    return new Tensor(DType.F64, data, data.length, shape);
  }

  public static Tensor of(long[] data, int... shape) {
    return new Tensor(DType.I64, data, data.length, shape);
  }

  public static Tensor of(int[] data, int... shape) {
    return new Tensor(DType.I32, data, data.length, shape);
  }

  /** Bytes from 0 to 255. */
  public static Tensor of(byte[] data, int... shape) {
    return new Tensor(DType.U8, data, data.length, shape);
  }

  public static Tensor of(boolean[] data, int... shape) {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) (data[i] ? 1 : 0);
    }
    return new Tensor(DType.BOOL, bytes, data.length, shape);
  }

  /** An array of the kind that {@link DType} names for the type; truth values are not checked. */
  public static Tensor of(DType dtype, Object data, int... shape) {
    return new Tensor(dtype, data, Array.getLength(data), shape);
  }

  public DType dtype() {
    return dtype;
  }

  public int[] shape() {
    return shape.clone();
  }

  public int rank() {
    return shape.length;
  }

  public int size(int axis) {
    return shape[axis];
  }

  public int elements() {
    return elements;
  }

  /** The same elements in another shape. */
  public Tensor reshape(int... newShape) {
    return new Tensor(dtype, data, elements, newShape);
  }

  /** The element at a row-major position, as a double. */
  public double get(int position) {
    return dtype.get(data, position);
  }

  /** Some of the rows, which are the first axis, in the given order: a copy. */
  public Tensor rows(int[] rows) {
    int[] chosen = shape.clone();
    int size = elements / Math.max(1, shape[0]);
    chosen[0] = rows.length;
    int length = Math.multiplyExact(rows.length, size);
    Object copy = dtype.array(length);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(data, rows[i] * size, copy, i * size, size);
    }
    return new Tensor(dtype, copy, length, chosen);
  }

  /** A copy of all elements as floats. */
  public float[] floats() {
    if (data instanceof float[] floats) {
      return floats.clone();
    }
    float[] copy = new float[elements];
    for (int i = 0; i < elements; i++) {
      copy[i] = (float) get(i);
    }
    return copy;
  }

  /** A copy of all elements as doubles. */
  public double[] doubles() {
    if (data instanceof double[] doubles) {
      return doubles.clone();
    }
    double[] copy = new double[elements];
    for (int i = 0; i < elements; i++) {
      copy[i] = get(i);
    }
    return copy;
  }

  /** A copy of all elements as ints; an element that is no int is an error. */
  public int[] ints() {
    if (data instanceof int[] ints) {
      return ints.clone();
    }
    int[] copy = new int[elements];
    for (int i = 0; i < elements; i++) {
      double value = get(i);
      copy[i] = (int) value;
      if (copy[i] != value) {
        throw new IllegalArgumentException("element " + i + " is " + value + ", which is no int");
      }
    }
    return copy;
  }

  /** A copy of all elements as truth values: whether they differ from 0. */
  public boolean[] booleans() {
    boolean[] copy = new boolean[elements];
    for (int i = 0; i < elements; i++) {
      copy[i] = get(i) != 0;
    }
    return copy;
  }

  /** The same elements as another type; F64 to F32 rounds, to an integer type it must be exact. */
  public Tensor as(DType type) {
    if (type == dtype) {
      return this;
    }
    if (type == DType.U8) {
      throw new IllegalArgumentException("no tensor is narrowed to U8");
    } else if (type == DType.F32) {
      return of(floats(), shape);
    } else if (type == DType.F64) {
      return of(doubles(), shape);
    } else if (type == DType.I64) {
      long[] longs = new long[elements];
      for (int i = 0; i < elements; i++) {
        longs[i] = (long) get(i);
      }
      return of(longs, shape);
    }
    return type == DType.I32 ? of(ints(), shape) : of(booleans(), shape);
  }

  /**
   * The array itself, not a copy, of the type that {@link DType} names: for those that move much data
   * and write nothing.
   */
  public Object array() {
    return data;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && dtype == that.dtype
        && Arrays.equals(shape, that.shape)
        && Arrays.deepEquals(new Object[] {data}, new Object[] {that.data});
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.deepHashCode(new Object[] {data});
  }

  /** Type and shape, {@code F32[64, 10]}. */
  @Override
  public String toString() {
    return dtype + Arrays.toString(shape);
  }
}
