package netc.ir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;

/** Which tensors a step reads, and in which accesses. */
public final class Reads {
  private Reads() {}

  /** The tensors that a step reads, in text order. */
  public static SequencedSet<Tensor> of(Step step) {
    var tensors = new LinkedHashSet<Tensor>();
    each(step, read -> tensors.add(read.tensor()));
    return tensors;
  }

  /** Every access of a step, those inside subscripts and outside-values included. */
  public static List<Expr.Read> accesses(Step step) {
    var reads = new ArrayList<Expr.Read>();
    each(step, reads::add);
    return reads;
  }

  private static void each(Step step, Consumer<Expr.Read> action) {
    switch (step) {
      case Step.Equation equation -> {
        equation.reduction().flatMap(Reduction::filter).ifPresent(f -> each(f, action));
        each(equation.body(), action);
      }
      case Step.Scatter scatter -> {
        scatter.filter().ifPresent(f -> each(f, action));
        scatter.at().forEach(s -> each(s, action));
        each(scatter.body(), action);
      }
      case Step.Scan scan -> scan.body().forEach(inside -> each(inside, action));
    }
  }

  /** Calls {@code action} for every access in an expression. */
  public static void each(Expr expr, Consumer<Expr.Read> action) {
    switch (expr) {
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.Position _ -> {}
      case Expr.BatchSize _, Expr.Training _ -> {}
      case Expr.Read read -> {
        read.at().forEach(s -> each(s, action));
        read.outside().ifPresent(o -> each(o, action));
        action.accept(read);
      }
      case Expr.Apply apply -> apply.arguments().forEach(a -> each(a, action));
      case Expr.Select select -> {
        each(select.condition(), action);
        each(select.then(), action);
        each(select.otherwise(), action);
      }
      case Expr.Custom custom -> {
        each(custom.value(), action);
        each(custom.argument(), action);
        each(custom.derivative(), action);
      }
    }
  }

  private static void each(Subscript subscript, Consumer<Expr.Read> action) {
    switch (subscript) {
      case Subscript.Affine _ -> {}
      case Subscript.Quotient quotient -> each(quotient.of(), action);
      case Subscript.Remainder remainder -> each(remainder.of(), action);
      case Subscript.Exact exact -> each(exact.of(), action);
      case Subscript.Clamp clamp -> each(clamp.of(), action);
      case Subscript.Wrap wrap -> each(wrap.of(), action);
      case Subscript.Gathered gathered -> each(gathered.value(), action);
      case Subscript.Plus plus -> {
        each(plus.left(), action);
        each(plus.right(), action);
      }
    }
  }
}
