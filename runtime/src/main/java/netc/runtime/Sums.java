package netc.runtime;

import java.util.Arrays;

/** Element-wise sums and conversions, as loops that the JIT compiler vectorises. */
final class Sums {
  private Sums() {}

  static void clear(Object array) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, 0);
    } else {
      Arrays.fill((double[]) array, 0);
    }
  }

  /** Adds a part of a float[] or double[] to that of another. */
  static void add(Object source, Object target, int from, int to) {
    if (source instanceof float[] floats) {
      add(floats, (float[]) target, from, to);
    } else {
      add((double[]) source, (double[]) target, from, to);
    }
  }

  private static void add(float[] source, float[] target, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] += source[i];
    }
  }

  private static void add(double[] source, double[] target, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] += source[i];
    }
  }

  /** A part of a float[], double[] or int[], from {@code from} on, as doubles. */
  static void read(Object source, int from, double[] target) {
    if (source instanceof float[] floats) {
      for (int i = 0; i < target.length; i++) {
        target[i] = floats[from + i];
      }
    } else if (source instanceof double[] doubles) {
      System.arraycopy(doubles, from, target, 0, target.length);
    } else {
      int[] ints = (int[]) source;
      for (int i = 0; i < target.length; i++) {
        target[i] = ints[from + i];
      }
    }
  }

  /** The reverse of {@link #read}. */
  static void write(double[] source, Object target, int from) {
    if (target instanceof float[] floats) {
      for (int i = 0; i < source.length; i++) {
        floats[from + i] = (float) source[i];
      }
    } else if (target instanceof double[] doubles) {
      System.arraycopy(source, 0, doubles, from, source.length);
    } else {
      int[] ints = (int[]) target;
      for (int i = 0; i < source.length; i++) {
        ints[from + i] = (int) source[i];
      }
    }
  }
}
