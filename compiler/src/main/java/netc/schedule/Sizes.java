package netc.schedule;

import java.util.List;
import netc.ir.Extent;
import netc.ir.Index;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;

/** How far loops run and how long axes are: numbers, or the number of rows that a kernel is told. */
final class Sizes {
  private Sizes() {}

  static Scalar of(Extent extent, KernelBuilder kernel) {
    return extent instanceof Extent.Const(int size)
        ? Ints.of(size)
        : kernel.rowArgument(Kernel.BATCH_ROWS);
  }

  /** The row-major position of the indices where they have their values at the point. */
  static Scalar position(List<Index> indices, Point point) {
    Scalar position = Ints.of(0);
    for (Index index : indices) {
      position =
          Ints.plus(
              Ints.times(position, of(index.extent(), point.kernel())), point.index(index));
    }
    return position;
  }

  /** The greatest even number of values. */
  static Scalar even(Extent extent, KernelBuilder kernel) {
    return extent instanceof Extent.Const(int size)
        ? Ints.of(size / 2 * 2)
        : Ints.floor(of(extent, kernel), 2);
  }
}
