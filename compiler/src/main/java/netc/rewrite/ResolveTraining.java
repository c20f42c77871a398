package netc.rewrite;

import netc.ir.Expr;
import netc.ir.Mapper;
import netc.ir.Program;

/** Decides {@code training}: afterwards no expression mentions it. */
public record ResolveTraining(boolean training) implements Pass {

  @Override
  public Program apply(Program program) {
    var mapper =
        new Mapper() {
          @Override
          protected Expr leaf(Expr leaf) {
            return leaf instanceof Expr.Training ? new Expr.Bool(training) : leaf;
          }
        };
    return Steps.mapped(program, mapper::map);
  }
}
