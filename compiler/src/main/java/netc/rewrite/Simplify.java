package netc.rewrite;

import java.util.Optional;
import netc.ir.Algebra;
import netc.ir.Bounds;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Interval;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Tensor;

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
        || apply.arguments().getFirst().type() != ElementType.INT) {
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
    return Steps.mapped(program, step -> withoutDecidedFilter(MAPPER.map(step)));
  }

  /** A filter that never holds excused what its body reads outside: the body goes with it. */
  private static Step.Single withoutDecidedFilter(Step.Single step) {
    return switch (step) {
      case Step.Equation(var target, var outputs, var reduction, _, var place)
          when reduction.flatMap(Reduction::filter).filter(Simplify::isFalse).isPresent() ->
          new Step.Equation(
              target, outputs, Optional.empty(), neutral(target, reduction.get().operator()), place);
      case Step.Scatter(var target, var at, var domain, var filter, _, var place)
          when filter.filter(Simplify::isFalse).isPresent() ->
          new Step.Scatter(target, at, domain, Optional.empty(), Algebra.ZERO, place);
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

  private static boolean isFalse(Expr expr) {
    return expr instanceof Expr.Bool(boolean value) && !value;
  }

  /** A reduction over nothing. */
  private static Expr neutral(Tensor target, Reduction.Operator operator) {
    boolean isReal = target.type() == ElementType.REAL;
    return switch (operator) {
      case SUM -> isReal ? Expr.real(0) : new Expr.Int(0);
      case PROD -> isReal ? Expr.real(1) : new Expr.Int(1);
      case MAX ->
          isReal ? Expr.real(Double.NEGATIVE_INFINITY) : new Expr.Int(Integer.MIN_VALUE);
      case MIN ->
          isReal ? Expr.real(Double.POSITIVE_INFINITY) : new Expr.Int(Integer.MAX_VALUE);
      case ARGMAX, ARGMIN -> new Expr.Int(0);
      case ANY -> new Expr.Bool(false);
      case ALL -> new Expr.Bool(true);
    };
  }

  private static boolean isTrue(Expr expr) {
    return expr instanceof Expr.Bool(boolean value) && value;
  }
}
