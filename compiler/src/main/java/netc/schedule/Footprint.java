package netc.schedule;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Reads;
import netc.ir.Step.Equation;

/**
 * How the results of a tile lie along the contraction's outputs.
 *
 * @param left the output of which a tile has a value a row of its left side
 * @param right the same of its right side
 * @param lane the output along the lanes; none where those are examples
 * @param merged outputs that make one axis, of each group from outside to inside; the last runs over
 *     all of it, the others stand at 0
 */
record Footprint(
    Optional<Index> left, Optional<Index> right, Optional<Index> lane, Collection<List<Index>> merged) {
  /** Of a block of examples. */
  static Footprint ofBlock(Optional<Index> left, Optional<Index> right) {
    return new Footprint(left, right, Optional.empty(), Set.of());
  }

  int within(Index index, int ofLeft, int ofRight) {
    return left.filter(index::equals).isPresent()
        ? ofLeft
        : right.filter(index::equals).isPresent() ? ofRight : 0;
  }

  boolean isAtZero(Index output) {
    return merged.stream().anyMatch(g -> g.contains(output) && !g.getLast().equals(output));
  }

  /** Whether an equation reads nothing but elements that lie along merged outputs as its results do. */
  boolean suits(Equation equation, Equation contraction) {
    return merged.stream().allMatch(group -> group.size() == 1)
        || readsOnly(equation.body())
            && Reads.accesses(equation).stream()
                .allMatch(read -> isMerged(read, equation.outputs(), contraction.outputs()));
  }

  private static boolean readsOnly(Expr body) {
    return switch (body) {
      case Expr.Real _, Expr.Int _, Expr.Bool _ -> true;
      case Expr.Position _, Expr.BatchSize _, Expr.Training _ -> false;
      case Expr.Read read -> read.outside().isEmpty();
      case Expr.Apply(_, var arguments) -> arguments.stream().allMatch(Footprint::readsOnly);
      case Expr.Select(var condition, var then, var otherwise) ->
          readsOnly(condition) && readsOnly(then) && readsOnly(otherwise);
      case Expr.Custom(var value, _, _) -> readsOnly(value);
    };
  }

  private boolean isMerged(Expr.Read read, List<Index> here, List<Index> there) {
    return Access.of(read, Optional.empty(), new Refusals())
        .map(Access::inTensor)
        .filter(
            strides ->
                merged.stream()
                    .allMatch(
                        group ->
                            MergedAxes.areOne(
                                strides,
                                group.stream().map(i -> here.get(there.indexOf(i))).toList())))
        .isPresent();
  }
}
