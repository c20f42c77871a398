package netc.ir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The indices that a step binds, and those that an expression or subscript uses. */
public final class Indices {
  private Indices() {}

  /** All indices bound by a step: outputs, then those reduced over; or the domain of a scatter. */
  public static List<Index> of(Step.Single step) {
    return switch (step) {
      case Step.Equation equation -> {
        var all = new ArrayList<>(equation.outputs());
        equation.reduction().ifPresent(r -> all.addAll(r.indices()));
        yield all;
      }
      case Step.Scatter scatter -> scatter.domain();
    };
  }

  /** The indices that occur in an expression, in text order. */
  public static SequencedSet<Index> in(Expr expr) {
    var found = new LinkedHashSet<Index>();
    collect(expr, found);
    return found;
  }

  /** The indices that occur in a subscript, in text order. */
  public static SequencedSet<Index> in(Subscript subscript) {
    var found = new LinkedHashSet<Index>();
    collect(subscript, found);
    return found;
  }

  private static void collect(Expr expr, SequencedSet<Index> found) {
    switch (expr) {
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.BatchSize _, Expr.Training _ -> {}
      case Expr.Position(Index index) -> found.add(index);
      case Expr.Read read -> {
        read.at().forEach(s -> collect(s, found));
        read.outside().ifPresent(o -> collect(o, found));
      }
      case Expr.Apply apply -> apply.arguments().forEach(a -> collect(a, found));
      case Expr.Select(var condition, var then, var otherwise) -> {
        collect(condition, found);
        collect(then, found);
        collect(otherwise, found);
      }
      case Expr.Custom(var value, var argument, var derivative) -> {
        collect(value, found);
        collect(argument, found);
        collect(derivative, found);
      }
    }
  }

  /** Whether a step makes a shared tensor of what the rows have. */
  public static boolean isOverBatch(Step.Single step) {
    return !step.target().isPerExample()
        && of(step).stream().anyMatch(index -> index.extent().isBatch());
  }

  /** Whether an example's position in the batch is used as a number, anywhere in the steps. */
  public static boolean useOwnPosition(List<? extends Step> steps) {
    boolean[] found = {false};
    var search =
        new Mapper() {
          @Override
          protected Expr position(Expr.Position position) {
            found[0] |= position.index().extent().isBatch();
            return position;
          }
        };
    steps.forEach(search::map);
    return found[0];
  }

  private static void collect(Subscript subscript, SequencedSet<Index> found) {
    switch (subscript) {
      case Subscript.Affine affine -> affine.terms().forEach(t -> found.add(t.index()));
      case Subscript.Quotient(var of, _) -> collect(of, found);
      case Subscript.Remainder(var of, _) -> collect(of, found);
      case Subscript.Exact(var of, _) -> collect(of, found);
      case Subscript.Clamp(var of, _) -> collect(of, found);
      case Subscript.Wrap(var of, _) -> collect(of, found);
      case Subscript.Gathered(var value) -> collect(value, found);
      case Subscript.Plus(var left, var right) -> {
        collect(left, found);
        collect(right, found);
      }
    }
  }
}
