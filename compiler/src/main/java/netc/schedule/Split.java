package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import netc.ir.Extent;
import netc.ir.Index;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Statement;

/**
 * A range in pieces of nearly equal length: first the larger ones, then those shorter by one.
 *
 * @param large length of the larger ones
 * @param covered how many values these cover
 * @param small length of the others
 */
record Split(int large, int covered, int small) {

  /** As few pieces as there can be of at most so many values. */
  static Split of(int size, int most) {
    int pieces = Math.max(1, Math.ceilDiv(size, most));
    int small = size / pieces;
    int large = Math.ceilDiv(size, pieces);
    return new Split(large, (size - pieces * small) * large, small);
  }

  /** What is done for so many values from one on. */
  interface Inside {
    List<Statement> at(int count, Scalar first);
  }

  /** Loops over all values of an index, at most so many at a time; where their number is not known, two. */
  static List<Statement> loops(KernelBuilder kernel, Index index, int most, Inside inside) {
    Scalar end = Sizes.of(index.extent(), kernel);
    var loops = new ArrayList<Statement>();
    if (index.extent() instanceof Extent.Const(int size)) {
      Split split = of(size, most);
      Scalar middle = Ints.of(split.covered);
      loops.addAll(loop(kernel, Ints.of(0), middle, split.large, inside));
      loops.addAll(loop(kernel, middle, end, split.small, inside));
    } else if (most == 1) {
      loops.addAll(loop(kernel, Ints.of(0), end, 1, inside));
    } else {
      Scalar middle = Sizes.even(index.extent(), kernel);
      loops.addAll(loop(kernel, Ints.of(0), middle, 2, inside));
      loops.addAll(loop(kernel, middle, end, 1, inside));
    }
    return loops;
  }

  private static List<Statement> loop(
      KernelBuilder kernel, Scalar from, Scalar to, int count, Inside inside) {
    if (from.equals(to)) {
      return List.of();
    }
    String variable = kernel.fresh("i");
    return List.of(
        new Statement.For(variable, from, to, count, inside.at(count, Ints.local(variable))));
  }
}
