package netc.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Mapper;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;

/**
 * What a scan's tensors are once all lines are known: what depends on a per-example tensor through time
 * is per-example, and integers take the values that a step can give.
 */
final class ScanWidening {
  /** A longer scan has to settle before. */
  private static final int MOST_ROUNDS = 2000;

  private static final Interval UNBOUNDED = new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE);

  private final ScanEquations equations;
  private final List<Step.Equation> steps;
  private final List<Index> enclosing;
  private final Map<Tensor, Tensor> earlyOf = new HashMap<>();
  private final Map<Tensor, List<Index>> own = new HashMap<>();
  private final Map<Tensor, TreeSet<Index>> needed = new LinkedHashMap<>();
  private final Map<Tensor, Interval> intervals = new HashMap<>();

  /**
   * @param enclosing the indices bound around the scan
   */
  ScanWidening(ScanEquations equations, List<Index> enclosing) {
    this.equations = equations;
    this.enclosing = enclosing;
    this.steps = Equations.flat(equations.steps());
    equations.all().forEach(one -> earlyOf.put(one.early(), target(one)));
    for (Step.Equation step : steps) {
      Tensor target = step.target();
      List<Index> around =
          equations.free().get(target).stream().filter(this::isAround).toList();
      own.put(target, around);
      var all = new TreeSet<>(FreshIndices.OUTERMOST_FIRST);
      all.addAll(around);
      needed.put(target, all);
    }
    widen();
    bound();
  }

  private static Tensor target(Carried one) {
    return ((Expr.Read) one.defined().orElseThrow().body()).tensor();
  }

  private boolean isAround(Index index) {
    return index.extent().isBatch() || enclosing.contains(index);
  }

  private Tensor actual(Tensor tensor) {
    return earlyOf.getOrDefault(tensor, tensor);
  }

  private void widen() {
    boolean more;
    do {
      more = false;
      for (Step.Equation step : steps) {
        for (Tensor read : Reads.of(step)) {
          TreeSet<Index> there = needed.get(actual(read));
          more |= there != null && needed.get(step.target()).addAll(there);
        }
      }
    } while (more);
  }

  /** Round by round as the scan runs: after so many rounds every step is covered. */
  private void bound() {
    List<Step.Equation> integers =
        steps.stream().filter(s -> s.target().type() == ElementType.INT).toList();
    int all = equations.time().extent().most();
    boolean isSettled = integers.isEmpty();
    for (int round = 0; round < Math.min(all, MOST_ROUNDS) && !isSettled; round++) {
      isSettled = true;
      for (Step.Equation step : integers) {
        Interval before = intervals.get(step.target());
        Interval now = interval(step);
        Interval next = before == null ? now : Intervals.union(before, now);
        isSettled &= next.equals(before);
        intervals.put(step.target(), next);
      }
    }
    if (!isSettled && all > MOST_ROUNDS) {
      integers.forEach(step -> intervals.put(step.target(), UNBOUNDED));
    }
  }

  private Interval interval(Step.Equation step) {
    Optional<Reduction> reduction = step.reduction().map(mapper::map);
    return Equations.interval(reduction, mapper.map(step.body()));
  }

  private final Mapper mapper =
      new Mapper() {
        @Override
        protected Expr read(Expr.Read read) {
          Tensor tensor = actual(read.tensor());
          return needed.containsKey(tensor) ? widened(read, tensor) : read;
        }
      };

  private Expr.Read widened(Expr.Read read, Tensor tensor) {
    boolean isEarly = earlyOf.containsKey(read.tensor());
    List<Index> before = isEarly ? List.of() : own.get(tensor);
    var at = new ArrayList<Subscript>();
    for (Index index : needed.get(tensor)) {
      int position = before.indexOf(index);
      at.add(position < 0 ? Subscript.of(index) : read.at().get(position));
    }
    at.addAll(read.at().subList(before.size(), read.at().size()));
    Tensor to = tensor(tensor);
    at.replaceAll(subscript -> sized(subscript, to, at.indexOf(subscript)));
    return new Expr.Read(to, at, read.outside());
  }

  /** Border rules on an axis whose size was not known when it was read. */
  private static Subscript sized(Subscript subscript, Tensor tensor, int axis) {
    return switch (subscript) {
      case Subscript.Clamp(var of, int size) when Carried.isUnknown(size) ->
          new Subscript.Clamp(of, tensor.shape().get(axis).most());
      case Subscript.Wrap(var of, int size) when Carried.isUnknown(size) ->
          new Subscript.Wrap(of, tensor.shape().get(axis).most());
      default -> subscript;
    };
  }

  /** What a tensor defined in the scan is in the end. */
  Tensor tensor(Tensor before) {
    var shape = new ArrayList<Extent>();
    needed.get(before).forEach(index -> shape.add(index.extent()));
    shape.addAll(before.shape().subList(own.get(before).size(), before.rank()));
    Optional<Interval> interval =
        before.type() == ElementType.INT
            ? Optional.of(
                intervals.getOrDefault(before, before.interval().orElse(new Interval(0, 0))))
            : Optional.empty();
    return new Tensor(before.name(), before.role(), before.type(), shape, interval);
  }

  /** A carried tensor with its axes free. */
  Term view(Carried one) {
    Tensor before = target(one);
    return equations.view(
        tensor(before), needed.get(before), one.defined().orElseThrow().type());
  }

  Subscript map(Subscript subscript) {
    return mapper.map(subscript);
  }

  /** Whether an integer may leave the range of an int in some step. */
  boolean isUnbounded(Carried one) {
    Interval interval = intervals.get(target(one));
    return interval != null
        && (interval.low() <= Integer.MIN_VALUE || interval.high() >= Integer.MAX_VALUE);
  }

  /** The equations as they are in the end. */
  List<Step.Equation> widened() {
    return steps.stream().map(this::widened).toList();
  }

  private Step.Equation widened(Step.Equation step) {
    Tensor before = step.target();
    var outputs = new ArrayList<>(needed.get(before));
    outputs.addAll(step.outputs().subList(own.get(before).size(), step.outputs().size()));
    return new Step.Equation(
        tensor(before),
        outputs,
        step.reduction().map(mapper::map),
        mapper.map(step.body()),
        step.place());
  }
}
