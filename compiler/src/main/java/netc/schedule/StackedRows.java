package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Axes;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.OwnRow;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Substitution;

/**
 * {@code keys[n, d] = sum[batch if batch == n] k[batch, d]}: of the examples of a block each writes its
 * own row, instead of every row asking every example.
 */
final class StackedRows {
  private StackedRows() {}

  static Optional<Step.Scatter> match(Step.Equation equation) {
    if (equation.target().isPerExample()
        || equation.target().type() == ElementType.BOOL
        || equation.reduction().isEmpty()) {
      return Optional.empty();
    }
    Reduction reduction = equation.reduction().get();
    if (reduction.operator() != Reduction.Operator.SUM || reduction.filter().isEmpty()) {
      return Optional.empty();
    }
    return OwnRow.in(reduction.filter().get())
        .filter(own -> reduction.indices().contains(own.batch()))
        .filter(own -> equation.outputs().contains(own.row()))
        .map(own -> scatter(equation, reduction, own));
  }

  private static Step.Scatter scatter(
      Step.Equation equation, Reduction reduction, OwnRow own) {
    Substitution atOwn = own.substitution();
    List<Index> domain = new ArrayList<>(reduction.indices());
    equation.outputs().stream().filter(i -> !i.equals(own.row())).forEach(domain::add);
    Expr rest = atOwn.map(own.rest());
    return new Step.Scatter(
        equation.target(),
        Axes.own(equation).stream().map(atOwn::map).toList(),
        domain,
        rest.equals(new Expr.Bool(true)) ? Optional.empty() : Optional.of(rest),
        atOwn.map(equation.body()),
        equation.place());
  }
}
