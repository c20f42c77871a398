package netc.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import netc.ir.Algebra;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;
import netc.ir.Verifier;

/**
 * Puts the conditions of sums where they cost least. {@code Σ (if c then e else 0)} with a c of indices
 * becomes a filter, which narrows the loop. A filter that only picks a slice, such as {@code p == 1}, goes
 * outside: the sum is computed for the slice alone and then put in its place.
 */
public final class Filters implements Pass {
  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    return Steps.expanded(program, step -> moved(step, names));
  }

  private static List<Step.Single> moved(Step.Single step, Set<String> names) {
    if (!(step instanceof Step.Equation equation)
        || equation.reduction().filter(r -> r.operator() == Reduction.Operator.SUM).isEmpty()) {
      return List.of(step);
    }
    return sliced(filtered(equation), names);
  }

  /** {@code Σ (if c then e else 0) = Σ[if c] e}. */
  private static Step.Equation filtered(Step.Equation equation) {
    Reduction reduction = equation.reduction().orElseThrow();
    if (!(equation.body() instanceof Expr.Select(var condition, var then, var otherwise))
        || !Algebra.isNumber(otherwise, 0)
        || !isOfIndices(condition)) {
      return equation;
    }
    Expr filter = reduction.filter().map(f -> Algebra.and(f, condition)).orElse(condition);
    var narrowed = new Reduction(reduction.operator(), reduction.indices(), Optional.of(filter));
    return new Step.Equation(
        equation.target(), equation.outputs(), Optional.of(narrowed), then, equation.place());
  }

  private static boolean isOfIndices(Expr condition) {
    var reads = new boolean[1];
    Reads.each(condition, _ -> reads[0] = true);
    return !reads[0];
  }

  private static List<Step.Single> sliced(Step.Equation equation, Set<String> names) {
    Reduction reduction = equation.reduction().orElseThrow();
    List<Expr> all = reduction.filter().map(Filters::conjuncts).orElse(List.of());
    Predicate<Expr> isOutside =
        c -> Indices.in(c).stream().noneMatch(reduction.indices()::contains);
    List<Expr> outside = all.stream().filter(isOutside).toList();
    List<Expr> inside = all.stream().filter(isOutside.negate()).toList();
    var used = new HashSet<>(Indices.in(equation.body()));
    inside.forEach(c -> used.addAll(Indices.in(c)));
    List<Index> outputs =
        equation.outputs().stream().filter(i -> used.contains(i) || i.extent().isBatch()).toList();
    if (outside.isEmpty() || outputs.size() == equation.outputs().size()) {
      return List.of(equation);
    }
    Tensor slice =
        Tensor.real(
            Steps.unused(equation.target().name(), names),
            Tensor.Role.VALUE,
            outputs.stream().map(Index::extent).toList());
    Optional<Expr> filter =
        inside.isEmpty() ? Optional.empty() : Optional.of(Algebra.all(inside));
    var sum = new Reduction(reduction.operator(), reduction.indices(), filter);
    Step.Single whole =
        new Step.Equation(slice, outputs, Optional.of(sum), equation.body(), equation.place());
    Expr read = Expr.read(slice, outputs.stream().map(Subscript::of).toList());
    Expr placed = Algebra.select(Algebra.all(outside), read, Algebra.ZERO);
    Step.Single parts =
        new Step.Equation(
            equation.target(), equation.outputs(), Optional.empty(), placed, equation.place());
    boolean isSound = Verifier.accepts(whole) && Verifier.accepts(parts);
    return isSound ? List.of(whole, parts) : List.of(equation);
  }

  private static List<Expr> conjuncts(Expr condition) {
    if (condition instanceof Expr.Apply(var primitive, var arguments)
        && primitive == Primitive.AND) {
      var all = new ArrayList<Expr>();
      arguments.forEach(a -> all.addAll(conjuncts(a)));
      return all;
    }
    return List.of(condition);
  }
}
