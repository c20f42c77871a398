package netc.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Step;

/**
 * Gives every costly part of an equation a name before differentiation, so that its derivative reads the
 * value instead of computing it again: exp' = exp. What is read once only is inlined again afterwards.
 * Parts of a branch or behind a filter stay, since they may not be defined elsewhere.
 */
public final class NameCostly implements Pass {
  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    return Steps.expanded(program, step -> named(step, names));
  }

  /** The step with names for its costly parts, behind the equations that define them. */
  static List<Step.Single> named(Step.Single step, Set<String> names) {
    if (!(step instanceof Step.Equation equation)
        || equation.body() instanceof Expr.Custom
        || equation.reduction().flatMap(r -> r.filter()).isPresent()) {
      return List.of(step);
    }
    var naming = new Naming(equation, names);
    var mapper = new Parts(equation, naming);
    Expr body = equation.body();
    Expr named =
        equation.reduction().isEmpty() && body instanceof Expr.Apply(var primitive, var arguments)
            ? new Expr.Apply(primitive, arguments.stream().map(mapper::map).toList())
            : mapper.map(body);
    var steps = new ArrayList<>(naming.defined());
    steps.add(
        new Step.Equation(
            equation.target(), equation.outputs(), equation.reduction(), named, equation.place()));
    return steps;
  }

  private static final class Parts extends Mapper {
    private final Step.Equation equation;
    private final Naming naming;

    Parts(Step.Equation equation, Naming naming) {
      this.equation = equation;
      this.naming = naming;
    }

    @Override
    public Expr map(Expr expr) {
      return expr instanceof Expr.Select || expr instanceof Expr.Read ? expr : super.map(expr);
    }

    @Override
    protected Expr rebuilt(Expr expr) {
      boolean isWorthIt =
          expr instanceof Expr.Apply(var primitive, _) && Cost.isCostly(primitive) && fits(expr);
      return isWorthIt ? naming.named(expr) : expr;
    }

    /** Whether its values are no more than those of what it reads, or of the equation. */
    private boolean fits(Expr expr) {
      long points = Cost.points(naming.used(expr));
      var largest = new long[] {Cost.points(equation.outputs())};
      var reads = new boolean[1];
      Reads.each(
          expr,
          read -> {
            reads[0] = true;
            largest[0] = Math.max(largest[0], Cost.elements(read.tensor()));
          });
      return reads[0] && points <= largest[0];
    }
  }
}
