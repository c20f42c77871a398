package netc.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Step.Equation;
import netc.ir.Subscript;

/** Says what a step is, by the sets of indices of its factors. */
final class Recognition {
  private final Equation equation;
  private final List<Index> reduced;
  private final boolean isOverExamples;

  private Recognition(Equation equation) {
    this.equation = equation;
    this.reduced = equation.reduction().map(Reduction::indices).orElse(List.of());
    this.isOverExamples = reduced.stream().anyMatch(Lanes::isBatch);
  }

  static Recognised of(Step.Single step) {
    return switch (step) {
      case Step.Scatter _ -> new Recognised.Scattered();
      case Equation equation -> new Recognition(equation).recognise();
    };
  }

  private Recognised recognise() {
    if (StackedRows.match(equation).isPresent()) {
      return new Recognised.OwnRow();
    }
    if (equation.reduction().isPresent()) {
      return Contraction.sumOfProducts(equation, Optional.empty(), new Refusals())
          .map(factors -> contraction(factors.get(0), factors.get(1)))
          .orElseGet(
              () ->
                  new Recognised.Reduced(
                      equation.reduction().get().operator(), size(reduced), isOverExamples));
    }
    if (equation.body() instanceof Expr.Read read) {
      return isGather(read) ? new Recognised.Gathered() : new Recognised.Copied();
    }
    boolean[] gathers = {false};
    Reads.each(equation.body(), read -> gathers[0] |= isGather(read) && read.tensor().rank() > 1);
    return gathers[0]
        ? new Recognised.Gathered()
        : new Recognised.ElementWise(functions(equation.body(), new LinkedHashSet<>()));
  }

  /** The product of constant extents. */
  private static long size(List<Index> indices) {
    return indices.stream()
        .filter(i -> i.extent() instanceof Extent.Const)
        .mapToLong(i -> i.extent().size())
        .reduce(1, Math::multiplyExact);
  }

  // ---------- contractions ----------

  private Recognised contraction(Access first, Access second) {
    return convolution(first, second)
        .or(() -> convolution(second, first))
        .orElseGet(
            () ->
                new Recognised.Contraction(
                    only(first, second),
                    size(reduced),
                    only(second, first),
                    shared(first, second),
                    isOverExamples));
  }

  private long only(Access one, Access other) {
    return size(
        equation.outputs().stream().filter(i -> one.dependsOn(i) && !other.dependsOn(i)).toList());
  }

  private long shared(Access one, Access other) {
    return size(
        equation.outputs().stream().filter(i -> one.dependsOn(i) && other.dependsOn(i)).toList());
  }

  /** A window of {@code moved} at every place: an axis of it is read at an output and a tap together. */
  private Optional<Recognised> convolution(Access moved, Access other) {
    var windows = new ArrayList<Recognised.Window>();
    var inWindows = new LinkedHashSet<Index>();
    boolean isTurned = false;
    for (Subscript.Affine at : moved.at()) {
      Optional<Subscript.Term> output =
          at.terms().stream()
              .filter(t -> equation.outputs().contains(t.index()) && !other.dependsOn(t.index()))
              .min(Comparator.comparingInt(t -> Math.abs(t.coefficient())));
      Optional<Subscript.Term> tap =
          at.terms().stream()
              .filter(t -> reduced.contains(t.index()) && other.dependsOn(t.index()))
              .findFirst();
      if (output.isPresent() && tap.isPresent()) {
        windows.add(isOverExamples ? window(output.get(), tap.get()) : window(tap.get(), output.get()));
        inWindows.add(output.get().index());
        inWindows.add(tap.get().index());
        isTurned |= output.get().coefficient() > 0 != tap.get().coefficient() > 0;
      }
    }
    List<Index> taps = reduced.stream().filter(i -> !inWindows.contains(i)).toList();
    List<Index> outputs = equation.outputs().stream().filter(i -> !inWindows.contains(i)).toList();
    long groups = shared(moved, other);
    long ofMoved = size(outputs.stream().filter(i -> moved.dependsOn(i) && !other.dependsOn(i)).toList());
    long ofOther = size(outputs.stream().filter(i -> other.dependsOn(i) && !moved.dependsOn(i)).toList());
    return windows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            isOverExamples
                ? new Recognised.Convolution(
                    Recognised.Direction.BY_WINDOW, windows, ofMoved, ofOther, groups)
                : new Recognised.Convolution(
                    isTurned ? Recognised.Direction.TURNED : Recognised.Direction.FORWARD,
                    windows, size(taps), ofOther, groups));
  }

  /**
   * @param inside the position within the window
   * @param place where the window stands
   */
  private static Recognised.Window window(Subscript.Term inside, Subscript.Term place) {
    return new Recognised.Window(
        inside.index().extent().size(), Math.abs(place.coefficient()), Math.abs(inside.coefficient()));
  }

  // ---------- formulas ----------

  private static boolean isGather(Expr.Read read) {
    return read.at().stream().anyMatch(Recognition::isGathered);
  }

  private static boolean isGathered(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Gathered _ -> true;
      case Subscript.Affine _ -> false;
      case Subscript.Quotient(var of, _) -> isGathered(of);
      case Subscript.Remainder(var of, _) -> isGathered(of);
      case Subscript.Exact(var of, _) -> isGathered(of);
      case Subscript.Clamp(var of, _) -> isGathered(of);
      case Subscript.Wrap(var of, _) -> isGathered(of);
      case Subscript.Plus(var left, var right) -> isGathered(left) || isGathered(right);
    };
  }

  /** How many different functions that take longer than arithmetic a step computes at each point. */
  static int functions(Step.Single step) {
    Expr body =
        switch (step) {
          case Equation equation -> equation.body();
          case Step.Scatter scatter -> scatter.body();
        };
    return functions(body, new LinkedHashSet<>()).size();
  }

  private static Set<Primitive> functions(Expr expr, Set<Primitive> found) {
    switch (expr) {
      case Expr.Apply(var primitive, var arguments) -> {
        if (isFunction(primitive)) {
          found.add(primitive);
        }
        arguments.forEach(a -> functions(a, found));
      }
      case Expr.Select(var condition, var then, var otherwise) -> {
        functions(condition, found);
        functions(then, found);
        functions(otherwise, found);
      }
      case Expr.Custom(var value, _, _) -> functions(value, found);
      case Expr.Read _, Expr.Real _, Expr.Int _, Expr.Bool _, Expr.Position _, Expr.BatchSize _,
          Expr.Training _ -> {}
    }
    return found;
  }

  private static boolean isFunction(Primitive primitive) {
    return switch (primitive) {
      case EXP, EXPM1, LOG, LOG1P, SQRT, SIN, COS, TAN, TANH, ATAN, ERF, POWER -> true;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, POWER_WHOLE, ABS, SIGN, FLOOR, CEIL, ROUND, MIN,
          MAX, CLAMP, FLOOR_DIVIDE, REMAINDER, EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST,
          NOT, AND, OR, TO_REAL, STOP ->
          false;
    };
  }
}
