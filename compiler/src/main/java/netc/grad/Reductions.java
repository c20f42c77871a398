package netc.grad;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import netc.ir.Algebra;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Primitive;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Substitution;
import netc.ir.Tensor;

/** What the derivatives of {@code prod}, {@code max} and {@code min} need besides the adjoint. */
final class Reductions {
  private Reductions() {}

  /** A tensor for the row-major position of an equation's first extremum. */
  static Tensor firstOf(Step.Equation equation, String name) {
    long points = 1;
    for (Index index : equation.reduction().orElseThrow().indices()) {
      points = Math.min(points * index.extent().most(), Extent.MOST);
    }
    var places = new Interval(0, points - 1);
    return Tensor.integer(name, Tensor.Role.VALUE, equation.target().shape(), places);
  }

  /** {@code first[o] = argmax[r] body} for a maximum, likewise for a minimum. */
  static Step.Single definitionOfFirst(Step.Equation equation, Tensor first) {
    Reduction reduction = equation.reduction().orElseThrow();
    if (reduction.indices().stream().anyMatch(i -> i.extent().isBatch())) {
      return leastPlace(equation, reduction, first);
    }
    var operator =
        reduction.operator() == Reduction.Operator.MAX
            ? Reduction.Operator.ARGMAX
            : Reduction.Operator.ARGMIN;
    var search = new Reduction(operator, reduction.indices(), reduction.filter());
    return new Step.Equation(
        first, equation.outputs(), Optional.of(search), equation.body(), equation.place());
  }

  /** Over the batch, whose blocks find extrema apart: the least place where the extremum stands. */
  private static Step.Single leastPlace(Step.Equation equation, Reduction reduction, Tensor first) {
    Expr isExtremum =
        Expr.apply(
            Primitive.EQUAL, equation.body(), Expr.read(equation.target(), Axes.own(equation)));
    Expr filter =
        reduction.filter().map(f -> Algebra.and(f, isExtremum)).orElse(isExtremum);
    var search = new Reduction(Reduction.Operator.MIN, reduction.indices(), Optional.of(filter));
    Expr place = Subscripts.toExpr(Subscripts.fused(reduction.indices()));
    return new Step.Equation(
        first, equation.outputs(), Optional.of(search), place, equation.place());
  }

  /** That the point is the first extremum: only there an adjoint flows. */
  static Expr isFirst(Step.Equation equation, Tensor first) {
    List<Index> indices = equation.reduction().orElseThrow().indices();
    Expr place = Subscripts.toExpr(Subscripts.fused(indices));
    return Expr.apply(Primitive.EQUAL, Expr.read(first, Axes.own(equation)), place);
  }

  /**
   * The product of all other factors, for d prod / d factor, without dividing by a factor that may be 0:
   * a tensor over outputs and reduced indices, defined by a step of its own, and the access to it.
   */
  static Expr othersOf(
      Step.Equation equation, BiFunction<String, List<Extent>, Tensor> fresh, Consumer<Step> define) {
    Reduction reduction = equation.reduction().orElseThrow();
    var outputs = new ArrayList<>(equation.outputs());
    outputs.addAll(reduction.indices());
    Tensor others =
        fresh.apply(
            equation.target().name() + "'others", outputs.stream().map(Index::extent).toList());
    var copies = new HashMap<Index, Subscript>();
    var reduced = new ArrayList<Index>();
    Expr isSame = new Expr.Bool(true);
    for (Index index : reduction.indices()) {
      Index copy = new Index(index.name() + "'", index.extent());
      copies.put(index, Subscript.of(copy));
      reduced.add(copy);
      isSame =
          Algebra.and(
              isSame,
              Expr.apply(Primitive.EQUAL, new Expr.Position(copy), new Expr.Position(index)));
    }
    var copied = new Substitution(Map.copyOf(copies));
    Expr filter =
        Algebra.and(
            Algebra.not(isSame),
            reduction.filter().map(copied::map).orElse(new Expr.Bool(true)));
    var product = new Reduction(Reduction.Operator.PROD, reduced, Optional.of(filter));
    define.accept(
        new Step.Equation(
            others, outputs, Optional.of(product), copied.map(equation.body()), equation.place()));
    return Expr.read(others, outputs.stream().map(Subscript::of).toList());
  }
}
