package netc.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import netc.ir.Algebra;
import netc.ir.Expr;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;

/**
 * Names what a loop would compute again and again: a factor of a contraction that is more than an
 * access, and a costly part of any equation, when it uses fewer indices than the equation runs over.
 * Contractions are then products of plain accesses, and a division by such a root is a product.
 */
public final class NameOperands implements Pass {
  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    return Steps.expanded(program, step -> named(step, names));
  }

  private static List<Step.Single> named(Step.Single step, Set<String> names) {
    if (!(step instanceof Step.Equation equation)
        || equation.body() instanceof Expr.Custom
        || equation.reduction().flatMap(Reduction::filter).isPresent()) {
      return List.of(step);
    }
    var naming = new Naming(equation, names);
    long points = Cost.points(Indices.of(equation));
    Expr body = factors(equation, naming, points);
    body = new Costly(naming, points).map(body);
    var steps = new ArrayList<>(naming.defined());
    steps.add(
        new Step.Equation(
            equation.target(), equation.outputs(), equation.reduction(), body, equation.place()));
    return steps;
  }

  private static Expr factors(Step.Equation equation, Naming naming, long points) {
    boolean isSum =
        equation.reduction().filter(r -> r.operator() == Reduction.Operator.SUM).isPresent();
    Factors factors = Factors.of(equation.body());
    if (!isSum || factors.above().size() < 2 || !factors.below().isEmpty()) {
      return equation.body();
    }
    List<Expr> above =
        factors.above().stream()
            .map(f -> isOperation(f) && isSmaller(naming, f, points) ? naming.named(f) : f)
            .toList();
    return new Factors(factors.negative(), above, List.of()).product(java.util.Optional.empty());
  }

  private static boolean isOperation(Expr expr) {
    return expr instanceof Expr.Apply || expr instanceof Expr.Select;
  }

  /** Whether it has at most half as many values as the equation has points, and more than one. */
  private static boolean isSmaller(Naming naming, Expr expr, long points) {
    return !naming.used(expr).isEmpty() && 2 * Cost.points(naming.used(expr)) <= points;
  }

  /** Names the largest parts that are costly and invariant in some loop; branches stay as they are. */
  private static final class Costly extends Mapper {
    private final Naming naming;
    private final long points;

    Costly(Naming naming, long points) {
      this.naming = naming;
      this.points = points;
    }

    @Override
    public Expr map(Expr expr) {
      if (expr instanceof Expr.Select || expr instanceof Expr.Read) {
        return expr;
      }
      if (isInvariant(expr)) {
        return naming.named(expr);
      }
      return expr instanceof Expr.Apply(var primitive, var sides)
              && primitive == Primitive.DIVIDE
              && isRoot(sides.get(1))
              && isInvariant(sides.get(1))
          ? Algebra.multiply(
              map(sides.get(0)), naming.named(Expr.apply(Primitive.DIVIDE, Algebra.ONE, sides.get(1))))
          : super.map(expr);
    }

    private boolean isInvariant(Expr expr) {
      return isOperation(expr)
          && Cost.isCostly(expr)
          && 2 * Cost.points(naming.used(expr)) <= points
          && !Indices.in(expr).isEmpty();
    }

    /** A square root is never so small that its reciprocal would be too large. */
    private static boolean isRoot(Expr expr) {
      return expr instanceof Expr.Apply(var primitive, _) && primitive == Primitive.SQRT;
    }
  }
}
