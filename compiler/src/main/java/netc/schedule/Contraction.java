package netc.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Reduction;
import netc.ir.Step.Equation;
import netc.loop.Table;

/**
 * An equation {@code y[o] = sum[r] a[α(o,r)] * b[β(o,r)]} at affine positions: matrix products and
 * convolutions of any kind, and the gradients of both. The factors are put so that {@code right} is per
 * example where any is.
 *
 * @param outputs the indices of the left side, the batch left out
 * @param taps the indices summed over, the batch left out, along the left factor's memory
 * @param isSumOfExamples whether the batch is summed over, else it is an output
 */
record Contraction(
    Equation equation,
    Access left,
    Access right,
    List<Index> outputs,
    List<Index> taps,
    boolean isSumOfExamples) {

  /** From so many multiplications an output on, copying the factors pays. */
  private static final int FEWEST_TAPS = 4;

  /** A copy with more zeros than this to an element would be mostly zeros. */
  private static final int LARGEST_MARGIN = 4;

  /** Of a block of examples, when a factor is per example. */
  static Optional<Contraction> ofBlock(Equation equation, Arrays arrays) {
    return arrays.hasLanes()
        ? factors(equation).flatMap(factors -> ofBlock(equation, factors.get(0), factors.get(1)))
        : Optional.empty();
  }

  private static Optional<Contraction> ofBlock(Equation equation, Access first, Access second) {
    boolean sumOfExamples =
        equation.reduction().get().indices().stream().anyMatch(Lanes::isBatch);
    boolean perExample = equation.target().isPerExample();
    boolean swap = !second.tensor().isPerExample();
    Access left = swap ? second : first;
    Access right = swap ? first : second;
    boolean bothPerExample = left.tensor().isPerExample() && right.tensor().isPerExample();
    return perExample == sumOfExamples
            || !right.tensor().isPerExample()
            || sumOfExamples && !bothPerExample
            || !bothPerExample && left.hasMargin()
        ? Optional.empty()
        : of(equation, left, right, sumOfExamples);
  }

  /** Of one example, with a parameter as the left factor. */
  static Optional<Contraction> ofExample(Equation equation, Arrays arrays) {
    if (arrays.hasLanes()) {
      return Optional.empty();
    }
    return factors(equation)
        .flatMap(
            factors -> {
              boolean swap = arrays.weight(factors.get(1).tensor()).isPresent();
              Access left = factors.get(swap ? 1 : 0);
              Access right = factors.get(swap ? 0 : 1);
              return arrays.weight(left.tensor()).isEmpty() || left.hasMargin()
                  ? Optional.empty()
                  : of(equation, left, right, false);
            });
  }

  /** The two accesses of a sum of products of reals, neither to the tensor being defined. */
  private static Optional<List<Access>> factors(Equation equation) {
    if (equation.target().type() != ElementType.REAL
        || equation.reduction().isEmpty()
        || equation.reduction().get().operator() != Reduction.Operator.SUM
        || equation.reduction().get().filter().isPresent()
        || hasRows(equation)
        || !(equation.body() instanceof Expr.Apply(var primitive, var factors))
        || primitive != Primitive.MULTIPLY) {
      return Optional.empty();
    }
    return Access.of(factors.get(0))
        .flatMap(first -> Access.of(factors.get(1)).map(second -> List.of(first, second)))
        .filter(all -> all.stream().noneMatch(a -> a.tensor().equals(equation.target())));
  }

  private static Optional<Contraction> of(
      Equation equation, Access left, Access right, boolean sumOfExamples) {
    List<Index> outputs = equation.outputs().stream().filter(i -> !Lanes.isBatch(i)).toList();
    List<Index> taps =
        equation.reduction().get().indices().stream()
            .filter(i -> !Lanes.isBatch(i) && i.extent().size() > 1)
            .sorted(Comparator.comparingInt(i -> -left.inTensor().stride(i)))
            .toList();
    var contraction = new Contraction(equation, left, right, outputs, taps, sumOfExamples);
    return contraction.pays() ? Optional.of(contraction) : Optional.empty();
  }

  /** Whether an axis is as long as the batch: its size is not known here. */
  private static boolean hasRows(Equation equation) {
    return Stream.concat(
            equation.outputs().stream(), equation.reduction().get().indices().stream())
        .anyMatch(i -> i.extent().isRows());
  }

  private boolean pays() {
    long multiplications = taps.stream().mapToLong(i -> i.extent().size()).reduce(1, (a, b) -> a * b);
    return (isSumOfExamples || multiplications >= FEWEST_TAPS)
        && fits(left)
        && fits(right)
        && (!onlyIn(left, right).isEmpty() || !onlyIn(right, left).isEmpty());
  }

  private boolean fits(Access access) {
    return access.boxSize() <= (long) LARGEST_MARGIN * access.tensor().elements();
  }

  boolean isLeftVector() {
    return left.tensor().isPerExample();
  }

  /** The outputs on which one factor depends and the other does not, the longest first. */
  List<Index> onlyIn(Access one, Access other) {
    return outputs.stream()
        .filter(i -> i.extent().size() > 1 && one.dependsOn(i) && !other.dependsOn(i))
        .sorted(Comparator.comparingInt(i -> -i.extent().size()))
        .toList();
  }

  int tapCount() {
    return taps.stream().mapToInt(i -> i.extent().size()).reduce(1, Math::multiplyExact);
  }

  /** Where the taps of a factor lie: evenly, or by a table. */
  Tile.Taps taps(Access.Strides strides) {
    var axes = new ArrayList<Table.Axis>();
    for (Index tap : taps) {
      int stride = strides.stride(tap);
      int extent = tap.extent().size();
      Table.Axis before = axes.isEmpty() ? null : axes.getLast();
      if (before != null && before.stride() == stride * extent) {
        axes.set(axes.size() - 1, new Table.Axis(before.extent() * extent, stride));
      } else {
        axes.add(new Table.Axis(extent, stride));
      }
    }
    return switch (axes.size()) {
      case 0 -> new Tile.Taps.Even(0);
      case 1 -> new Tile.Taps.Even(axes.getFirst().stride());
      default -> new Tile.Taps.Listed(new Table(axes));
    };
  }
}
