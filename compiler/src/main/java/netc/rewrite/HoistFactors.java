package netc.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.ir.Algebra;
import netc.ir.Axes;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.ir.Verifier;

/**
 * Moves factors that do not depend on a summed index, signs included, out of their sum: {@code Σ c·x =
 * c·Σ x}. What stays inside is a plain contraction, which later stages recognise.
 */
public final class HoistFactors implements Pass {
  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    return Steps.expanded(program, step -> hoisted(step, names));
  }

  private static List<Step.Single> hoisted(Step.Single step, Set<String> names) {
    if (!(step instanceof Step.Equation equation)
        || equation.target().type() != ElementType.REAL
        || equation.reduction().isEmpty()
        || equation.reduction().get().operator() != Reduction.Operator.SUM) {
      return List.of(step);
    }
    Reduction reduction = equation.reduction().get();
    Factors factors = Factors.of(equation.body());
    Factors inner = factors.only(f -> dependsOn(f, reduction.indices()));
    Factors outer = factors.only(f -> !dependsOn(f, reduction.indices()));
    outer = new Factors(factors.negative(), outer.above(), outer.below());
    if (outer.isOne() || outer.above().equals(List.of(Algebra.ONE)) && inner.isOne()) {
      return List.of(step);
    }
    return split(equation, reduction, inner, outer, names);
  }

  private static boolean dependsOn(Expr expr, List<Index> indices) {
    return Indices.in(expr).stream().anyMatch(indices::contains);
  }

  private static List<Step.Single> split(
      Step.Equation equation,
      Reduction reduction,
      Factors inner,
      Factors outer,
      Set<String> names) {
    var steps = new ArrayList<Step.Single>();
    Expr sum;
    if (inner.isOne() && reduction.filter().isEmpty()) {
      sum = count(reduction.indices());
    } else {
      String name = Steps.unused(equation.target().name(), names);
      Tensor tensor = Tensor.real(name, Tensor.Role.VALUE, equation.target().shape());
      var plain =
          new Step.Equation(
              tensor,
              equation.outputs(),
              Optional.of(reduction),
              inner.product(Optional.empty()),
              equation.place());
      steps.add(plain);
      sum = Expr.read(tensor, Axes.own(plain));
    }
    var scaled =
        new Step.Equation(
            equation.target(),
            equation.outputs(),
            Optional.empty(),
            outer.product(Optional.of(sum)),
            equation.place());
    steps.add(scaled);
    return Verifier.accepts(scaled) ? steps : List.of(equation);
  }

  /** The number of points summed over, as a real number. */
  private static Expr count(List<Index> indices) {
    Expr count = Algebra.ONE;
    for (Index index : indices) {
      Expr size =
          index.extent() instanceof Extent.Const(int points)
              ? Expr.real(points)
              : Expr.apply(Primitive.TO_REAL, new Expr.BatchSize());
      count = Algebra.multiply(count, size);
    }
    return count;
  }
}
