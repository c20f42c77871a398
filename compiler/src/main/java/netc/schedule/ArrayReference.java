package netc.schedule;

import netc.loop.Kernel;
import netc.loop.Table;

/** What is passed to a kernel. */
public sealed interface ArrayReference {

  /** A position in {@link Schedule#buffers()}. */
  record InBuffer(int buffer) implements ArrayReference {}

  /** A parameter or state, by its position among the weights. */
  record InWeights(int weight) implements ArrayReference {}

  /** A constant table of offsets, which the class of the kernels holds. */
  record InTable(Table table) implements ArrayReference {}

  /**
   * A copy of a weight in another order, made once for all calls of a network.
   *
   * @param kernel what makes it, of two arrays: the copy and the weight
   * @param size the elements of the copy, or its rows
   * @param rowLength of each row; 0 without rows
   */
  record InPacked(int weight, Kernel kernel, int size, int rowLength) implements ArrayReference {
    InPacked(int weight, Kernel kernel, int size) {
      this(weight, kernel, size, 0);
    }
  }
}
