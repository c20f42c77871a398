package netc.rewrite;

import netc.ir.Expr;
import netc.ir.Program;
import netc.ir.Step;

/** Once nothing is differentiated any more, a function with a derivative of its own is just its value. */
public final class PlainFunctions implements Pass {
  @Override
  public Program apply(Program program) {
    return Steps.mapped(program, PlainFunctions::plain);
  }

  private static Step.Single plain(Step.Single step) {
    return step instanceof Step.Equation(var target, var outputs, var reduction, var body, var place)
            && body instanceof Expr.Custom(var value, _, _)
        ? new Step.Equation(target, outputs, reduction, value, place)
        : step;
  }
}
