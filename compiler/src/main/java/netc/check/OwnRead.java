package netc.check;

import java.util.ArrayList;
import java.util.List;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Subscript;
import netc.ir.Tensor;

/** The element that an equation is just computing, as a {@code deriv} may read it. */
final class OwnRead {
  private OwnRead() {}

  /** {@code target} at its own outputs; several outputs of one axis are fused row-major. */
  static Expr.Read of(Tensor target, List<Index> outputs) {
    var at = new ArrayList<Subscript>();
    int next = 0;
    for (int axis = 0; axis < target.rank(); axis++) {
      var parts = new ArrayList<Index>(List.of(outputs.get(next++)));
      if (!target.shape().get(axis).isBatch()) {
        int size = target.shape().get(axis).most();
        while (Equations.product(parts) < size) {
          parts.add(outputs.get(next++));
        }
      }
      at.add(fused(parts));
    }
    return Expr.read(target, at);
  }

  /** The row-major position of several indices on one axis. */
  static Subscript fused(List<Index> parts) {
    Affine sum = Affine.of(parts.getFirst());
    for (Index part : parts.subList(1, parts.size())) {
      sum = sum.times(part.extent().most()).plus(Affine.of(part));
    }
    return sum.toSubscript();
  }

  /** Puts {@code own} for every read of {@code old}. */
  static Expr replace(Expr expr, Tensor old, Expr.Read own) {
    return switch (expr) {
      case Expr.Read read -> read.tensor().equals(old) ? own : read;
      case Expr.Apply(var primitive, var arguments) ->
          new Expr.Apply(primitive, arguments.stream().map(a -> replace(a, old, own)).toList());
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          new Expr.Select(
              replace(condition, old, own), replace(then, old, own), replace(otherwise, old, own));
      case Expr.Custom(Expr value, Expr.Read argument, Expr derivative) ->
          new Expr.Custom(value, argument, replace(derivative, old, own));
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.Position _, Expr.BatchSize _, Expr.Training _ ->
          expr;
    };
  }
}
