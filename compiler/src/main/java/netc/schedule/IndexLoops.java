package netc.schedule;

import java.util.List;
import java.util.function.IntFunction;
import netc.ir.Index;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Statement;

/** Loops over all values of some indices, which know where they are: in a dense copy, and in an array. */
final class IndexLoops {
  private final List<Index> indices;
  private final Access.Strides strides;
  private final IntFunction<String> names;

  /**
   * @param indices from outside to inside
   * @param strides of the array
   * @param names of the loops' variables, by their depth
   */
  IndexLoops(List<Index> indices, Access.Strides strides, IntFunction<String> names) {
    this.indices = indices;
    this.strides = strides;
    this.names = names;
  }

  /** What is done at a row-major position of the indices, and at that of the array. */
  interface Inside {
    List<Statement> at(Scalar position, Scalar inArray);
  }

  /**
   * @param start where the array is when all indices are 0
   */
  List<Statement> from(Scalar start, Inside inside) {
    return level(0, Ints.of(0), start, inside);
  }

  private List<Statement> level(int depth, Scalar position, Scalar inArray, Inside inside) {
    if (depth == indices.size()) {
      return inside.at(position, inArray);
    }
    Index index = indices.get(depth);
    String variable = names.apply(depth);
    Scalar value = Ints.local(variable);
    return List.of(
        new Statement.For(
            variable,
            Ints.of(0),
            Ints.of(index.extent().size()),
            1,
            level(
                depth + 1,
                Ints.plus(Ints.times(position, index.extent().size()), value),
                Ints.plus(Ints.times(value, strides.stride(index)), inArray),
                inside)));
  }
}
