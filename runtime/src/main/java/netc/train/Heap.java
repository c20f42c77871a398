package netc.train;

import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;

/** Refuses at once a batch whose arrays the heap cannot hold, instead of failing somewhere inside. */
final class Heap {
  private Heap() {}

  /** What is left of the heap: never used, or free again. */
  static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  /**
   * @param bytes what a batch of so many rows needs; grows with the rows
   * @param free the bytes left, asked again after a collection, since garbage counts as used
   * @throws TrainingException naming the largest batch that fits
   */
  static void check(String net, int rows, IntToLongFunction bytes, LongSupplier free) {
    long needed = bytes.applyAsLong(rows);
    if (needed <= free.getAsLong()) {
      return;
    }
    System.gc();
    long left = free.getAsLong();
    if (needed > left) {
      throw new TrainingException(
          TrainErrors.heap(net, rows, needed, left, largest(rows, bytes, left)));
    }
  }

  /** The most rows that fit; 0 when not even one does. */
  private static int largest(int rows, IntToLongFunction bytes, long left) {
    int fits = 0;
    int tooMany = rows;
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) >>> 1;
      if (bytes.applyAsLong(middle) <= left) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return fits;
  }
}
