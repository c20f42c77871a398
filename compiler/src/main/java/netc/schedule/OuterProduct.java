package netc.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Primitive;
import netc.ir.Reduction.Operator;
import netc.ir.Step.Equation;

/**
 * A weight gradient as a sum of outer products, with plain loops: of a dense layer, {@code W[j,k] =
 * sum[batch] z[batch,j] * a[batch,k]}, or of one that is applied at many times or pixels, {@code
 * sum[batch,t] z[batch,t,j] * a[batch,t,k]}. One factor gives rows along its own outputs, the other a
 * number for each of its own.
 *
 * @param taps what is summed over beside the batch, such as times or pixels
 * @param outer the outputs of the numbers
 * @param inner the outputs along a row
 */
record OuterProduct(
    Equation equation,
    Index batch,
    List<Index> taps,
    List<Index> outer,
    List<Index> inner,
    Expr numbers,
    Expr rows) {
  private static final int SHORTEST_ROW = 8;

  /** With taps, of which each is copied, shorter rows are no faster than loops over the lanes. */
  private static final int SHORTEST_ROW_OF_TAPS = 32;

  /** Numbers that share a copied row; with fewer it does not pay. */
  private static final int FEWEST_USES = 4;

  /** Elements of the copy of a tap, and of all sums. */
  private static final int LARGEST = 1 << 20;

  static Optional<OuterProduct> match(Equation equation, Arrays arrays) {
    if (!arrays.hasLanes()
        || equation.target().type() != ElementType.REAL
        || equation.target().isPerExample()
        || equation.reduction().isEmpty()) {
      return Optional.empty();
    }
    var reduction = equation.reduction().get();
    Optional<Index> batch = reduction.indices().stream().filter(Lanes::isBatch).findFirst();
    if (reduction.operator() != Operator.SUM
        || reduction.filter().isPresent()
        || batch.isEmpty()
        || !(Guards.explicit(equation.body()) instanceof Expr.Apply(var primitive, var factors))
        || primitive != Primitive.MULTIPLY) {
      return Optional.empty();
    }
    List<Index> taps = reduction.indices().stream().filter(i -> !Lanes.isBatch(i)).toList();
    Expr first = factors.get(0);
    Expr second = factors.get(1);
    return taps.isEmpty()
        ? ofExamples(equation, batch.get(), first, second)
            .or(() -> ofExamples(equation, batch.get(), second, first))
        : ofTaps(equation, arrays, batch.get(), taps, first, second);
  }

  /** The last outputs are those along a row. */
  private static Optional<OuterProduct> ofExamples(
      Equation equation, Index batch, Expr numbers, Expr rows) {
    List<Index> outputs = equation.outputs();
    Set<Index> inNumbers = new HashSet<>(Indices.in(numbers));
    int split = outputs.size();
    while (split > 0 && !inNumbers.contains(outputs.get(split - 1))) {
      split--;
    }
    var product =
        new OuterProduct(
            equation,
            batch,
            List.of(),
            outputs.subList(0, split),
            outputs.subList(split, outputs.size()),
            numbers,
            rows);
    return product.isDisjoint()
            && product.inner.stream().noneMatch(i -> i.extent().isRows())
            && split > 0
            && product.length() >= SHORTEST_ROW
        ? Optional.of(product)
        : Optional.empty();
  }

  /** Rows along the outputs of that factor with which it takes less time. */
  private static Optional<OuterProduct> ofTaps(
      Equation equation, Arrays arrays, Index batch, List<Index> taps, Expr first, Expr second) {
    // Anything else has no tiles: its loops over lanes become vectors where there are some.
    return Contraction.ofBlock(equation, arrays, Optional.empty(), new Refusals()).isEmpty()
        ? Optional.empty()
        : Stream.of(
                ofTaps(equation, batch, taps, first, second),
                ofTaps(equation, batch, taps, second, first))
            .filter(product -> product.suits(arrays))
            .min((one, other) -> Long.compare(one.cost(arrays), other.cost(arrays)));
  }

  private static OuterProduct ofTaps(
      Equation equation, Index batch, List<Index> taps, Expr numbers, Expr rows) {
    Set<Index> inRows = new HashSet<>(Indices.in(rows));
    return new OuterProduct(
        equation,
        batch,
        taps,
        equation.outputs().stream().filter(i -> !inRows.contains(i)).toList(),
        equation.outputs().stream().filter(inRows::contains).toList(),
        numbers,
        rows);
  }

  private boolean isDisjoint() {
    Set<Index> inNumbers = new HashSet<>(Indices.in(numbers));
    Set<Index> inRows = new HashSet<>(Indices.in(rows));
    return inner.stream().noneMatch(inNumbers::contains)
        && outer.stream().noneMatch(inRows::contains)
        && inNumbers.contains(batch)
        && inRows.contains(batch);
  }

  private boolean suits(Arrays arrays) {
    return isDisjoint()
        && length() >= SHORTEST_ROW_OF_TAPS
        && count() >= FEWEST_USES
        && (long) length() * Math.max(count(), arrays.blockRows()) <= LARGEST;
  }

  /**
   * Half nanoseconds, but for the multiplications themselves: four to begin a row that is added, one for
   * each element copied, three for each result that is stored across.
   */
  private long cost(Arrays arrays) {
    long examples = taps.stream().mapToLong(i -> i.extent().size()).reduce(arrays.blockRows(), (a, b) -> a * b);
    return examples * (4L * count() + length()) + (isInOrder() ? 0 : 3L * count() * length());
  }

  /** Whether a row lies in the result as it is. */
  boolean isInOrder() {
    return equation.outputs().subList(outer.size(), equation.outputs().size()).equals(inner);
  }

  /** How many numbers, and sums, there are. */
  int count() {
    return PackedWeight.size(outer);
  }

  /** Of a row. */
  int length() {
    return PackedWeight.size(inner);
  }
}
