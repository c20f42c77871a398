package netc.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Reduction;
import netc.ir.Step.Equation;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Table;

/**
 * An equation {@code y[o] = sum[r] a[α(o,r)] * b[β(o,r)]} at affine positions: matrix products and
 * convolutions of any kind, and the gradients of both. The factors are put so that {@code right} is per
 * example where any is.
 *
 * @param outputs the indices of the left side, the batch and the time left out
 * @param taps the indices summed over, the batch left out, along the left factor's memory
 * @param isSumOfExamples whether the batch is summed over, else it is an output
 * @param time that of the scan whose single step is computed
 */
record Contraction(
    Equation equation,
    Access left,
    Access right,
    List<Index> outputs,
    List<Index> taps,
    boolean isSumOfExamples,
    Optional<Index> time) {

  /** From so many multiplications an output on, copying the factors pays. */
  private static final int FEWEST_TAPS = 4;

  /** A copy with more zeros than this to an element would be mostly zeros. */
  private static final int LARGEST_MARGIN = 4;

  /** Of a block of examples, when a factor is per example. */
  static Optional<Contraction> ofBlock(
      Equation equation, Arrays arrays, Optional<Index> time, Refusals refusals) {
    return arrays.hasLanes()
        ? factors(equation, time, refusals)
            .flatMap(factors -> ofBlock(equation, factors.get(0), factors.get(1), refusals))
        : Optional.empty();
  }

  private static Optional<Contraction> ofBlock(
      Equation equation, Access first, Access second, Refusals refusals) {
    boolean sumOfExamples =
        equation.reduction().get().indices().stream().anyMatch(Lanes::isBatch);
    boolean perExample = equation.target().isPerExample();
    boolean swap = !second.tensor().isPerExample();
    Access left = swap ? second : first;
    Access right = swap ? first : second;
    boolean bothPerExample = left.tensor().isPerExample() && right.tensor().isPerExample();
    return refusals.when(
                perExample == sumOfExamples || !right.tensor().isPerExample(),
                "no factor differs between examples")
            || refusals.when(
                sumOfExamples && !bothPerExample, "a factor is the same for all examples added up")
            || refusals.when(
                sumOfExamples && left.time().isPresent(), "examples are added up in one step of a scan")
            || refusals.when(!bothPerExample && left.hasMargin(), "weights are read outside of themselves")
        ? Optional.empty()
        : of(equation, left, right, sumOfExamples, refusals);
  }

  /** Of one example, with a parameter as the left factor if one of them is. */
  static Optional<Contraction> ofExample(
      Equation equation, Arrays arrays, Optional<Index> time, Refusals refusals) {
    if (arrays.hasLanes()) {
      return Optional.empty();
    }
    return factors(equation, time, refusals)
        .flatMap(
            factors -> {
              boolean swap = arrays.weight(factors.get(1).tensor()).isPresent();
              Access left = factors.get(swap ? 1 : 0);
              Access right = factors.get(swap ? 0 : 1);
              boolean isWeight = arrays.weight(left.tensor()).isPresent();
              return refusals.when(isWeight && left.hasMargin(), "weights are read outside of themselves")
                  ? Optional.empty()
                  : of(equation, left, right, false, refusals);
            });
  }

  /** The two factors of a sum of products of all points; its target is read at other times only. */
  private static Optional<List<Access>> factors(
      Equation equation, Optional<Index> time, Refusals refusals) {
    return sumOfProducts(equation, time, refusals)
        .filter(
            all ->
                !refusals.when(
                        equation.reduction().get().filter().isPresent(), "a condition leaves out terms")
                    && !refusals.when(hasRows(equation), "an axis is as long as the batch")
                    && !refusals.when(
                        time.isEmpty()
                            && all.stream().anyMatch(a -> a.tensor().equals(equation.target())),
                        "it reads what it defines"));
  }

  /** The two accesses of a sum of products of reals. */
  static Optional<List<Access>> sumOfProducts(
      Equation equation, Optional<Index> time, Refusals refusals) {
    if (equation.target().type() != ElementType.REAL
        || equation.reduction().isEmpty()
        || equation.reduction().get().operator() != Reduction.Operator.SUM
        || !(equation.body() instanceof Expr.Apply(var primitive, var factors))
        || primitive != Primitive.MULTIPLY) {
      return Optional.empty();
    }
    return Access.of(factors.get(0), time, refusals)
        .flatMap(
            first ->
                Access.of(factors.get(1), time, refusals).map(second -> List.of(first, second)));
  }

  private static Optional<Contraction> of(
      Equation equation, Access left, Access right, boolean sumOfExamples, Refusals refusals) {
    Optional<Index> time = left.time();
    List<Index> outputs =
        equation.outputs().stream()
            .filter(i -> !Lanes.isBatch(i) && time.filter(i::equals).isEmpty())
            .toList();
    List<Index> taps =
        equation.reduction().get().indices().stream()
            .filter(i -> !Lanes.isBatch(i) && i.extent().size() > 1)
            .sorted(Comparator.comparingInt(i -> -left.inTensor().stride(i)))
            .toList();
    var contraction = new Contraction(equation, left, right, outputs, taps, sumOfExamples, time);
    return contraction.pays(refusals) ? Optional.of(contraction) : Optional.empty();
  }

  /** The same with its taps in the order in which they lie in a factor. */
  Contraction withTapsAlong(Access factor) {
    List<Index> sorted =
        taps.stream().sorted(Comparator.comparingInt(i -> -factor.inBox().stride(i))).toList();
    return new Contraction(equation, left, right, outputs, sorted, isSumOfExamples, time);
  }

  /** Whether an axis is as long as the batch: its size is not known here. */
  private static boolean hasRows(Equation equation) {
    return Stream.concat(
            equation.outputs().stream(), equation.reduction().get().indices().stream())
        .anyMatch(i -> i.extent().isRows());
  }

  private boolean pays(Refusals refusals) {
    long multiplications = taps.stream().mapToLong(i -> i.extent().size()).reduce(1, (a, b) -> a * b);
    return !refusals.when(
            !isSumOfExamples && multiplications < FEWEST_TAPS,
            "fewer than " + FEWEST_TAPS + " multiplications an output")
        && !refusals.when(!fits(left) || !fits(right), "a copy would be mostly margin")
        && !refusals.when(
            onlyIn(left, right).isEmpty() && onlyIn(right, left).isEmpty(),
            "no factor is used more than once");
  }

  private boolean fits(Access access) {
    return access.boxSize() <= (long) LARGEST_MARGIN * access.tensor().elements();
  }

  /** Where the elements of the result lie, an example or a lane's. */
  Access.Strides result() {
    return Access.Strides.rowMajor(
        equation.outputs().stream().filter(i -> !Lanes.isBatch(i)).toList());
  }

  /** For kernels that compute it, or a part of it. */
  KernelBuilder kernel(Arrays arrays) {
    return new KernelBuilder(arrays, time);
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

  /** Of one example. */
  long multiplications() {
    return outputs.stream().mapToLong(i -> i.extent().size()).reduce(tapCount(), (a, b) -> a * b);
  }

  int tapCount() {
    return taps.stream().mapToInt(i -> i.extent().size()).reduce(1, Math::multiplyExact);
  }

  /** So many taps; none in those steps of a scan in which all that is read of a factor lies outside. */
  Scalar inside(int count) {
    Scalar inside = Ints.of(count);
    for (Access factor : List.of(left, right)) {
      Optional<TimesInside> times = TimesInside.of(factor);
      inside = times.isPresent() ? times.get().taps(inside) : inside;
    }
    return inside;
  }

  /** Where the taps of a factor lie: evenly, or by a table. */
  Tile.Taps taps(Access.Strides strides) {
    return taps(axes(strides));
  }

  /** Where the runs of taps along the last axis begin. */
  Tile.Taps tapsBeforeLast(Access.Strides strides) {
    List<Table.Axis> axes = axes(strides);
    axes.removeLast();
    return taps(axes);
  }

  /** Where the examples of each tap lie. */
  Tile.Taps tapsOfExamples(Access.Strides strides, Table.Axis examples) {
    List<Table.Axis> axes = axes(strides);
    axes.add(examples);
    return taps(axes);
  }

  private List<Table.Axis> axes(Access.Strides strides) {
    return taps.stream()
        .map(tap -> new Table.Axis(tap.extent().size(), strides.stride(tap)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Tile.Taps taps(List<Table.Axis> all) {
    var axes = new ArrayList<Table.Axis>();
    for (Table.Axis axis : all) {
      Table.Axis before = axes.isEmpty() ? null : axes.getLast();
      if (before != null && before.stride() == axis.stride() * axis.extent()) {
        axes.set(axes.size() - 1, new Table.Axis(before.extent() * axis.extent(), axis.stride()));
      } else {
        axes.add(axis);
      }
    }
    return switch (axes.size()) {
      case 0 -> new Tile.Taps.Even(0);
      case 1 -> new Tile.Taps.Even(axes.getFirst().stride());
      default -> new Tile.Taps.Listed(new Table(axes));
    };
  }
}
