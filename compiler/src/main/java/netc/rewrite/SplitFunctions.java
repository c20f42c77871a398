package netc.rewrite;

import java.util.List;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Program;
import netc.ir.Step;

/**
 * Leaves at most two functions like exp in an equation, and one beside a condition, for which loops are
 * written twice: a polynomial of vectors is long, and the JIT compiler takes seconds for many in one loop.
 */
final class SplitFunctions implements Pass {
  private static final int MOST = 2;

  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    return Steps.expanded(
        program, step -> hasTooMany(step) ? NameCostly.named(step, names) : List.of(step));
  }

  private static boolean hasTooMany(Step.Single step) {
    return step instanceof Step.Equation equation
        && equation.reduction().isEmpty()
        && Cost.functions(equation.body()) * (hasCondition(equation.body()) ? 2 : 1) > MOST;
  }

  private static boolean hasCondition(Expr expr) {
    return switch (expr) {
      case Expr.Select _ -> true;
      case Expr.Read read -> read.outside().isPresent();
      case Expr.Apply(_, var arguments) -> arguments.stream().anyMatch(SplitFunctions::hasCondition);
      case Expr.Custom(var value, _, _) -> hasCondition(value);
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.Position _ -> false;
      case Expr.BatchSize _, Expr.Training _ -> false;
    };
  }
}
