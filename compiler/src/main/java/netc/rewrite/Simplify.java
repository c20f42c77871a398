package netc.rewrite;

import java.util.Optional;
import netc.ir.Algebra;
import netc.ir.Bounds;
import netc.ir.Expr;
import netc.ir.Interval;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;

/**
 * Folds constants, takes branches whose condition is decided (also by the ranges of the indices), and
 * applies identities that hold for every number. Afterwards no expression of constants is left but
 * where integers would overflow.
 */
public final class Simplify implements Pass {
  private static final Mapper MAPPER =
      new Mapper() {
        @Override
        protected Expr rebuilt(Expr expr) {
          return switch (expr) {
            case Expr.Apply apply -> decided(apply).orElseGet(() -> simple(apply));
            case Expr.Select(var condition, var then, var otherwise) ->
                Algebra.select(condition, then, otherwise);
            default -> expr;
          };
        }
      };

  private static Expr simple(Expr.Apply apply) {
    return Algebra.apply(apply.primitive(), apply.arguments());
  }

  /** A comparison of integers that their ranges decide. */
  private static Optional<Expr> decided(Expr.Apply apply) {
    if (!apply.primitive().isComparison()
        || apply.arguments().getFirst().type() != netc.ir.ElementType.INT) {
      return Optional.empty();
    }
    Interval a = Bounds.NONE.of(apply.arguments().get(0));
    Interval b = Bounds.NONE.of(apply.arguments().get(1));
    boolean apart = a.high() < b.low() || b.high() < a.low();
    return switch (apply.primitive()) {
      case LESS -> decided(a.high() < b.low(), a.low() >= b.high());
      case AT_MOST -> decided(a.high() <= b.low(), a.low() > b.high());
      case GREATER -> decided(a.low() > b.high(), a.high() <= b.low());
      case AT_LEAST -> decided(a.low() >= b.high(), a.high() < b.low());
      case EQUAL -> decided(false, apart);
      case DIFFERENT -> decided(apart, false);
      default -> Optional.empty();
    };
  }

  private static Optional<Expr> decided(boolean always, boolean never) {
    return always || never ? Optional.of(new Expr.Bool(always)) : Optional.empty();
  }

  @Override
  public Program apply(Program program) {
    return Steps.mapped(program, step -> withoutTrueFilter(MAPPER.map(step)));
  }

  private static Step.Single withoutTrueFilter(Step.Single step) {
    return switch (step) {
      case Step.Equation(var target, var outputs, var reduction, var body, var place) ->
          new Step.Equation(
              target,
              outputs,
              reduction.map(
                  r ->
                      new Reduction(
                          r.operator(), r.indices(), r.filter().filter(f -> !isTrue(f)))),
              body,
              place);
      case Step.Scatter(var target, var at, var domain, var filter, var body, var place) ->
          new Step.Scatter(target, at, domain, filter.filter(f -> !isTrue(f)), body, place);
    };
  }

  private static boolean isTrue(Expr expr) {
    return expr instanceof Expr.Bool(boolean value) && value;
  }
}
