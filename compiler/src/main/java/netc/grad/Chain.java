package netc.grad;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import netc.ir.Algebra;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Guards;
import netc.ir.Primitive;
import netc.ir.Tensor;

/**
 * The chain rule inside one body: the adjoint of the whole is carried down to every access, together
 * with the conditions of the branches passed, so that a branch not taken contributes nothing.
 */
final class Chain {
  private final Predicate<Tensor> isWanted;
  private final List<Contribution> contributions = new ArrayList<>();

  private Chain(Predicate<Tensor> isWanted) {
    this.isWanted = isWanted;
  }

  /**
   * What the accesses of a body receive.
   *
   * @param value how the value of the body can be read instead of computed again, or the body itself
   * @param adjoint of the body's value
   * @param when conditions under which the body is evaluated at all
   */
  static List<Contribution> of(
      Expr body, Expr value, Expr adjoint, List<Expr> when, Predicate<Tensor> isWanted) {
    var chain = new Chain(isWanted);
    if (body instanceof Expr.Custom(_, var argument, var derivative)) {
      chain.down(argument, argument, Algebra.multiply(adjoint, derivative), when);
    } else {
      chain.down(body, value, adjoint, when);
    }
    return chain.contributions;
  }

  private void down(Expr expr, Expr value, Expr adjoint, List<Expr> when) {
    if (expr.type() != ElementType.REAL || !reaches(expr)) {
      return;
    }
    switch (expr) {
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.Position _ -> {}
      case Expr.BatchSize _, Expr.Training _, Expr.Custom _ -> {}
      case Expr.Read read -> read(read, adjoint, when);
      case Expr.Select(var condition, var then, var otherwise) -> {
        down(then, then, adjoint, and(when, condition));
        down(otherwise, otherwise, adjoint, and(when, Algebra.not(condition)));
      }
      case Expr.Apply(Primitive primitive, List<Expr> arguments) -> {
        for (var flow : Derivatives.of(primitive, arguments, value, adjoint)) {
          Expr argument = arguments.get(flow.argument());
          List<Expr> conditions = flow.when().map(c -> and(when, c)).orElse(when);
          down(argument, argument, flow.adjoint(), conditions);
        }
      }
    }
  }

  private void read(Expr.Read read, Expr adjoint, List<Expr> when) {
    if (isWanted.test(read.tensor())) {
      contributions.add(new Contribution(read, when, adjoint));
    }
    read.outside()
        .filter(this::reaches)
        .ifPresent(
            outside ->
                down(outside, outside, adjoint, and(when, Algebra.not(Guards.inside(read)))));
  }

  private boolean reaches(Expr expr) {
    var found = new boolean[1];
    netc.ir.Reads.each(expr, read -> found[0] |= isWanted.test(read.tensor()));
    return found[0];
  }

  private static List<Expr> and(List<Expr> when, Expr condition) {
    var more = new ArrayList<>(when);
    if (!more.contains(condition)) {
      more.add(condition);
    }
    return more;
  }
}
