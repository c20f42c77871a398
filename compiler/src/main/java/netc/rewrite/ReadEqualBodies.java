package netc.rewrite;

import java.util.HashMap;
import java.util.HashSet;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Indices;
import netc.ir.Program;
import netc.ir.Step;

/**
 * A reduction whose body was computed before, point by point, reads it: the bias sums up the adjoint that
 * the weights are given anyway.
 */
public final class ReadEqualBodies implements Pass {
  @Override
  public Program apply(Program program) {
    var known = new HashMap<Expr, Step.Equation>();
    return Steps.mapped(
        program,
        step -> {
          if (!(step instanceof Step.Equation equation)) {
            return step;
          }
          Step.Single reading = reading(equation, known);
          if (equation.reduction().isEmpty() && isOperation(equation.body())) {
            known.putIfAbsent(equation.body(), equation);
          }
          return reading;
        });
  }

  private static boolean isOperation(Expr body) {
    return body instanceof Expr.Apply || body instanceof Expr.Select;
  }

  private static Step.Single reading(Step.Equation equation, HashMap<Expr, Step.Equation> known) {
    Step.Equation same = known.get(equation.body());
    if (same == null
        || equation.reduction().isEmpty()
        || !new HashSet<>(Indices.of(equation)).containsAll(same.outputs())) {
      return equation;
    }
    Expr read = Expr.read(same.target(), Axes.own(same));
    return new Step.Equation(
        equation.target(), equation.outputs(), equation.reduction(), read, equation.place());
  }
}
