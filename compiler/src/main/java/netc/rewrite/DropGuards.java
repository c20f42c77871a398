package netc.rewrite;

import netc.ir.Expr;
import netc.ir.Guards;
import netc.ir.Mapper;
import netc.ir.Program;

/** Takes away the {@code else} of accesses that never lie outside: padding 0 costs nothing then. */
public final class DropGuards implements Pass {
  private static final Mapper MAPPER =
      new Mapper() {
        @Override
        protected Expr read(Expr.Read read) {
          boolean isNeeded = read.outside().isPresent() && !Guards.isAlwaysInside(read);
          return isNeeded ? read : Expr.read(read.tensor(), read.at());
        }
      };

  @Override
  public Program apply(Program program) {
    return Steps.mapped(program, MAPPER::map);
  }
}
