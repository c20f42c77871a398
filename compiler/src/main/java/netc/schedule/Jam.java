package netc.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Linear;
import netc.ir.Reads;
import netc.ir.Reduction.Operator;

/**
 * Unroll-and-jam: which index is unrolled innermost, and which output is computed several at a time, so
 * that each load serves several multiply-adds. Measured in docs/decisions: one row at a time reaches
 * half of what two rows and four taps reach.
 *
 * @param order the reduced indices from outside to inside
 * @param taps how many points of the last one are computed at once
 * @param twin the output index of which several values are computed at once
 */
record Jam(List<Index> order, int taps, Optional<Index> twin) {

  /** More operations than this in a body, and unrolling no longer pays. */
  private static final int CHEAP = 8;

  /** The output of which some values are computed at once. */
  Optional<TileLoops.Rows> rows(int most) {
    return twin.map(index -> new TileLoops.Rows(index, most));
  }

  static Jam none(List<Index> reduced, Conditions conditions) {
    return new Jam(ordered(reduced, mentioned(conditions)), 1, Optional.empty());
  }

  static Jam of(
      Operator operator,
      List<Index> outputs,
      List<Index> reduced,
      Conditions conditions,
      boolean inLanes,
      boolean sharedTarget) {
    Set<Index> mentioned = mentioned(conditions);
    List<Index> order = ordered(reduced, mentioned);
    boolean cheap =
        operator == Operator.SUM
            && conditions.body().type() == ElementType.REAL
            && size(conditions.body()) <= CHEAP;
    if (!cheap || order.isEmpty()) {
      return new Jam(order, 1, Optional.empty());
    }
    Index last = order.getLast();
    boolean unrollable =
        last.extent().about() > 1 && conditions.tests().stream().noneMatch(t -> Indices.in(t).contains(last))
            && branchesOf(conditions.body()).stream().noneMatch(c -> Indices.in(c).contains(last));
    Optional<Index> twin = twin(outputs, mentioned, conditions.body(), inLanes);
    int taps = !unrollable ? 1 : inLanes ? (sharedTarget ? 2 : PlainTile.TAPS) : twin.isPresent() ? 4 : 8;
    return new Jam(order, Math.min(taps, last.extent().about()), twin);
  }

  /** Indices of conditions first, so that loops are narrowed early; then the longest innermost. */
  private static List<Index> ordered(List<Index> reduced, Set<Index> mentioned) {
    var order = new ArrayList<Index>();
    reduced.stream().filter(mentioned::contains).forEach(order::add);
    List<Index> free = reduced.stream().filter(i -> !mentioned.contains(i)).toList();
    Optional<Index> longest =
        free.stream().max(java.util.Comparator.comparingInt(i -> i.extent().about()));
    free.stream().filter(i -> !i.equals(longest.get())).forEach(order::add);
    longest.ifPresent(
        index -> {
          if (index.extent().about() == 1) {
            order.addFirst(index);
          } else {
            order.add(index);
          }
        });
    return order;
  }

  /** An output index on which some factor does not depend: that factor is loaded once for two outputs. */
  private static Optional<Index> twin(
      List<Index> outputs, Set<Index> mentioned, Expr body, boolean inLanes) {
    var reads = new ArrayList<Expr.Read>();
    Reads.each(body, reads::add);
    var branches = branchesOf(body);
    for (int i = outputs.size() - 1; i >= 0; i--) {
      Index index = outputs.get(i);
      boolean reuse =
          reads.stream()
              .filter(r -> !inLanes || !Lanes.areEqualFor(r))
              .anyMatch(r -> !Indices.in(r).contains(index));
      boolean used = Indices.in(body).contains(index);
      boolean decides = branches.stream().anyMatch(c -> Indices.in(c).contains(index));
      if (reuse && used && !decides && !mentioned.contains(index) && index.extent().about() > 1) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  private static Set<Index> mentioned(Conditions conditions) {
    var mentioned = new HashSet<Index>();
    for (Linear fact : conditions.facts()) {
      mentioned.addAll(ReductionNest.indices(fact));
    }
    conditions.tests().forEach(test -> mentioned.addAll(Indices.in(test)));
    return mentioned;
  }

  private static List<Expr> branchesOf(Expr body) {
    return switch (body) {
      case Expr.Select(var condition, var then, var otherwise) -> {
        var all = new ArrayList<Expr>(List.of(condition));
        all.addAll(branchesOf(then));
        all.addAll(branchesOf(otherwise));
        yield all;
      }
      case Expr.Apply(_, var arguments) ->
          arguments.stream().flatMap(a -> branchesOf(a).stream()).toList();
      default -> List.of();
    };
  }

  private static int size(Expr body) {
    return switch (body) {
      case Expr.Apply(var primitive, var arguments) ->
          switch (primitive) {
            case ADD, SUBTRACT, MULTIPLY, NEGATE, TO_REAL, STOP ->
                1 + arguments.stream().mapToInt(Jam::size).sum();
            default -> CHEAP + 1;
          };
      case Expr.Select(var condition, var then, var otherwise) ->
          1 + size(condition) + size(then) + size(otherwise);
      default -> 1;
    };
  }
}
