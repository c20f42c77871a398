package netc.rewrite;

import java.util.List;
import java.util.Optional;
import netc.ir.Expr;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Program;

/**
 * {@code if x <= c then c else x} is {@code max(x, c)}, for every number and NaN, and {@code if x >= d then d
 * else x} is {@code min(x, d)}; both together keep x in c..d. The JIT compiler makes vectors of extrema, not
 * of choices. Derivatives, which differ at the bounds, are taken by now.
 */
public final class ReadBounds implements Pass {
  private static final Mapper MAPPER =
      new Mapper() {
        @Override
        protected Expr rebuilt(Expr expr) {
          return expr instanceof Expr.Select(var condition, var then, var otherwise)
                  && condition instanceof Expr.Apply(var comparison, var sides)
                  && comparison.isComparison()
                  && sides.get(1) instanceof Expr.Real bound
                  && bound.equals(then)
              ? extremum(comparison, sides.get(0), bound, otherwise).orElse(expr)
              : expr;
        }
      };

  @Override
  public Program apply(Program program) {
    return Steps.mapped(program, MAPPER::map);
  }

  /** @param otherwise what it is where x does not pass the bound */
  private static Optional<Expr> extremum(Primitive comparison, Expr x, Expr.Real bound, Expr otherwise) {
    // Of zeros the maximum is the positive one, the minimum the negative one.
    if (comparison == Primitive.AT_MOST && !isZero(bound, -0.0)) {
      return of(Primitive.MAX, x, bound, Primitive.MIN, otherwise);
    }
    return comparison == Primitive.AT_LEAST && !isZero(bound, 0.0)
        ? of(Primitive.MIN, x, bound, Primitive.MAX, otherwise)
        : Optional.empty();
  }

  private static Optional<Expr> of(
      Primitive extremum, Expr x, Expr.Real bound, Primitive opposite, Expr otherwise) {
    boolean isFree = otherwise.equals(x);
    boolean isBoundOpposite =
        otherwise instanceof Expr.Apply(var inner, var sides)
            && inner == opposite
            && sides.get(0).equals(x)
            && sides.get(1) instanceof Expr.Real(double other)
            && (opposite == Primitive.MIN ? bound.value() <= other : other <= bound.value());
    return isFree || isBoundOpposite
        ? Optional.of(new Expr.Apply(extremum, List.of(otherwise, bound)))
        : Optional.empty();
  }

  private static boolean isZero(Expr.Real real, double zero) {
    return Double.compare(real.value(), zero) == 0;
  }
}
