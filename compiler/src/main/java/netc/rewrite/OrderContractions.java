package netc.rewrite;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;
import netc.ir.Verifier;

/**
 * Sums of products of three or more factors are summed two factors at a time where that takes fewer
 * steps: {@code Σ[k,l] a[i,k] b[k,l] c[l,j]} in 2·n³ instead of n⁴ multiplications.
 */
public final class OrderContractions implements Pass {
  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    return Steps.expanded(program, step -> ordered(step, names));
  }

  private static List<Step.Single> ordered(Step.Single step, Set<String> names) {
    var steps = new ArrayList<Step.Single>();
    Step.Single last = step;
    for (Optional<List<Step.Single>> split = split(last, names);
        split.isPresent();
        split = split(last, names)) {
      steps.add(split.get().getFirst());
      last = split.get().getLast();
    }
    steps.add(last);
    return steps;
  }

  /** Two factors whose product is summed first, and what is left to sum. */
  private record Pair(List<Expr> factors, List<Index> summed, List<Index> kept, long cost) {}

  private static Optional<List<Step.Single>> split(Step.Single step, Set<String> names) {
    if (!(step instanceof Step.Equation equation)
        || equation.reduction().filter(OrderContractions::isPlainSum).isEmpty()) {
      return Optional.empty();
    }
    Factors factors = Factors.of(equation.body());
    if (factors.above().size() < 3 || !factors.below().isEmpty()) {
      return Optional.empty();
    }
    long whole = Cost.points(Indices.of(equation));
    return pairs(equation, factors.above()).stream()
        .filter(pair -> rest(equation, pair) + pair.cost() < whole)
        .min(java.util.Comparator.comparingLong(Pair::cost))
        .flatMap(pair -> split(equation, factors, pair, names));
  }

  private static boolean isPlainSum(Reduction reduction) {
    return reduction.operator() == Reduction.Operator.SUM && reduction.filter().isEmpty();
  }

  private static List<Pair> pairs(Step.Equation equation, List<Expr> factors) {
    var pairs = new ArrayList<Pair>();
    for (int i = 0; i < factors.size(); i++) {
      for (int j = i + 1; j < factors.size(); j++) {
        pair(equation, factors, i, j).ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  /** The pair, when some index is summed in these two factors only. */
  private static Optional<Pair> pair(
      Step.Equation equation, List<Expr> factors, int i, int j) {
    var inside = new LinkedHashSet<>(Indices.in(factors.get(i)));
    inside.addAll(Indices.in(factors.get(j)));
    var elsewhere = new LinkedHashSet<Index>(equation.outputs());
    for (int k = 0; k < factors.size(); k++) {
      if (k != i && k != j) {
        elsewhere.addAll(Indices.in(factors.get(k)));
      }
    }
    List<Index> all = Indices.of(equation).stream().filter(inside::contains).toList();
    List<Index> summed = all.stream().filter(index -> !elsewhere.contains(index)).toList();
    List<Index> kept = all.stream().filter(elsewhere::contains).toList();
    boolean isPossible =
        !summed.isEmpty()
            && all.size() < Indices.of(equation).size()
            && kept.stream().skip(1).noneMatch(index -> index.extent().isBatch());
    return isPossible
        ? Optional.of(
            new Pair(List.of(factors.get(i), factors.get(j)), summed, kept, Cost.points(all)))
        : Optional.empty();
  }

  private static long rest(Step.Equation equation, Pair pair) {
    return Cost.points(
        Indices.of(equation).stream().filter(index -> !pair.summed().contains(index)).toList());
  }

  private static Optional<List<Step.Single>> split(
      Step.Equation equation, Factors factors, Pair pair, Set<String> names) {
    List<Index> kept = pair.kept();
    Tensor part =
        Tensor.real(
            Steps.unused(equation.target().name(), names),
            Tensor.Role.VALUE,
            kept.stream().map(Index::extent).toList());
    var above = new ArrayList<>(factors.above());
    pair.factors().forEach(above::remove);
    above.addFirst(Expr.read(part, kept.stream().map(Subscript::of).toList()));
    var left = new ArrayList<>(equation.reduction().orElseThrow().indices());
    left.removeAll(pair.summed());
    Step.Single first = sum(part, kept, pair.summed(), new Factors(false, pair.factors(), List.of()), equation);
    Step.Single second =
        sum(
            equation.target(),
            equation.outputs(),
            left,
            new Factors(factors.negative(), above, List.of()),
            equation);
    return Verifier.accepts(first) && Verifier.accepts(second)
        ? Optional.of(List.of(first, second))
        : Optional.empty();
  }

  private static Step.Single sum(
      Tensor target, List<Index> outputs, List<Index> summed, Factors factors, Step.Equation from) {
    Optional<Reduction> reduction =
        summed.isEmpty()
            ? Optional.empty()
            : Optional.of(new Reduction(Reduction.Operator.SUM, summed, Optional.empty()));
    return new Step.Equation(
        target, outputs, reduction, factors.product(Optional.empty()), from.place());
  }
}
