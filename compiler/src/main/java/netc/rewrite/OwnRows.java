package netc.rewrite;

import java.util.List;
import java.util.Optional;
import netc.ir.Algebra;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.OwnRow;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Substitution;
import netc.ir.Verifier;

/**
 * {@code Σ[n if batch == n] x[n] = x[batch]}: an example that wants only its own of all rows, as the
 * gradient of a stacked batch does, reads it instead of searching for it.
 */
public final class OwnRows implements Pass {
  @Override
  public Program apply(Program program) {
    return Steps.mapped(program, OwnRows::read);
  }

  private static Step.Single read(Step.Single step) {
    if (!(step instanceof Step.Equation equation)
        || equation.reduction().filter(r -> r.operator() == Reduction.Operator.SUM).isEmpty()) {
      return step;
    }
    Reduction reduction = equation.reduction().get();
    Expr filter = reduction.filter().orElse(new Expr.Bool(true));
    Expr body = equation.body();
    if (body instanceof Expr.Select(var condition, var then, var otherwise)
        && Algebra.isNumber(otherwise, 0)) {
      filter = Algebra.and(filter, condition);
      body = then;
    }
    Optional<OwnRow> own =
        OwnRow.in(filter).filter(o -> reduction.indices().contains(o.row()));
    if (own.isEmpty()) {
      return step;
    }
    Substitution atOwn = own.get().substitution();
    Step.Equation read =
        without(equation, own.get().row(), atOwn.map(own.get().rest()), atOwn.map(body));
    return Verifier.accepts(read) ? read : step;
  }

  private static Step.Equation without(
      Step.Equation equation, Index row, Expr filter, Expr body) {
    Reduction reduction = equation.reduction().orElseThrow();
    List<Index> left = reduction.indices().stream().filter(i -> !i.equals(row)).toList();
    if (left.isEmpty()) {
      Expr selected = Algebra.select(filter, body, zero(body));
      return new Step.Equation(
          equation.target(), equation.outputs(), Optional.empty(), selected, equation.place());
    }
    Optional<Expr> rest =
        filter.equals(new Expr.Bool(true)) ? Optional.empty() : Optional.of(filter);
    var sum = new Reduction(Reduction.Operator.SUM, left, rest);
    return new Step.Equation(
        equation.target(), equation.outputs(), Optional.of(sum), body, equation.place());
  }

  private static Expr zero(Expr body) {
    return switch (body.type()) {
      case REAL -> Algebra.ZERO;
      case INT, BOOL -> new Expr.Int(0);
    };
  }
}
