package netc.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The random numbers of a form, drawn before it computes a block. Element {@code e} of row {@code r} in
 * step {@code s} is number {@code r · elements + e} of the stream of seed, path and {@code s}: so it
 * depends neither on threads nor on how a batch is cut into blocks.
 */
public final class Draws {
  private final List<Metadata.Sample> samples = new ArrayList<>();
  private final Slot[] slots;
  private final long[] hashes;

  Draws(Metadata metadata, String[] inputNames, Slot[] inputSlots) {
    List<String> names = List.of(inputNames);
    for (Metadata.Sample sample : metadata.samples()) {
      if (names.contains("sample." + sample.path())) {
        samples.add(sample);
      }
    }
    slots = new Slot[samples.size()];
    hashes = new long[samples.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = inputSlots[names.indexOf("sample." + samples.get(i).path())];
      hashes[i] = RandomStream.hash(samples.get(i).path());
    }
  }

  /** The draws of rows {@code 0 … rows-1}, {@code [rows, …]}, in double: for tools. */
  public static Tensor tensor(Metadata.Sample sample, long seed, long step, int rows) {
    long key = RandomStream.key(seed, RandomStream.hash(sample.path()), step);
    double[] values = new double[Math.multiplyExact(rows, sample.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = sample.draw(key, i);
    }
    int[] shape = new int[sample.shape().length + 1];
    shape[0] = rows;
    System.arraycopy(sample.shape(), 0, shape, 1, sample.shape().length);
    return Tensor.of(values, shape);
  }

  /** Fills the first {@code count} examples of a block, of which the first is {@code firstRow}. */
  void fill(Block block, long seed, long step, int firstRow, int count) {
    for (int i = 0; i < slots.length; i++) {
      Metadata.Sample sample = samples.get(i);
      long key = RandomStream.key(seed, hashes[i], step);
      int elements = slots[i].size();
      Object array = block.array(slots[i]);
      for (int e = 0; e < elements; e++) {
        for (int r = 0; r < count; r++) {
          double value = sample.draw(key, (long) (firstRow + r) * elements + e);
          if (array instanceof Object[] lanes) {
            set(lanes[e], r, value);
          } else {
            set(array, e, value);
          }
        }
      }
    }
  }

  private static void set(Object array, int at, double value) {
    if (array instanceof float[] floats) {
      floats[at] = (float) value;
    } else {
      ((double[]) array)[at] = value;
    }
  }
}
