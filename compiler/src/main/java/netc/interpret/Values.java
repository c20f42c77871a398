package netc.interpret;

import java.util.Arrays;

/**
 * The elements of one tensor, row-major, all as double: an INT is a whole number, a BOOL 0 or 1.
 *
 * @param shape the batch included, as the number of rows
 */
public record Values(int[] shape, double[] data) {

  public Values {
    int elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (elements != data.length) {
      throw new IllegalArgumentException(
          data.length + " elements do not make shape " + Arrays.toString(shape));
    }
  }

  /** A single number. */
  public static Values scalar(double value) {
    return new Values(new int[0], new double[] {value});
  }

  /** One axis. */
  public static Values vector(double... data) {
    return new Values(new int[] {data.length}, data);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Values(int[] otherShape, double[] otherData)
        && Arrays.equals(shape, otherShape)
        && Arrays.equals(data, otherData);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return Arrays.toString(shape) + Arrays.toString(data);
  }
}
