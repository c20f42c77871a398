package netc.rewrite;

import java.util.List;
import java.util.Set;
import netc.ir.Program;
import netc.ir.Step;

/**
 * Leaves one function like exp in an equation: its polynomial is long, and the JIT compiler makes no vectors
 * of a plain loop with two, and of many in one loop of vectors it takes seconds.
 */
final class SplitFunctions implements Pass {
  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    return Steps.expanded(
        program, step -> hasTooMany(step) ? NameCostly.named(step, names) : List.of(step));
  }

  private static boolean hasTooMany(Step.Single step) {
    return step instanceof Step.Equation equation
        && equation.reduction().isEmpty()
        && Cost.functions(equation.body()) > 1;
  }
}
