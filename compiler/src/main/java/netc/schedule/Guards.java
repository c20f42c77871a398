package netc.schedule;

import java.util.List;
import java.util.Optional;
import netc.ir.Bounds;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.RowPositions;
import netc.ir.Subscript;
import netc.ir.Subscripts;

/**
 * Makes the guards of reads explicit: {@code x[i+u-1 else 0]} becomes {@code if 0 <= i+u-1 and i+u-1 <
 * n then x[i+u-1] else 0}, with only the tests that can fail.
 */
final class Guards extends Mapper {

  static Expr explicit(Expr expr) {
    return new Guards().map(expr);
  }

  static Subscript explicit(Subscript subscript) {
    return new Guards().map(subscript);
  }

  /** The condition under which positions lie inside, or empty when they always do. */
  static Optional<Expr> inside(List<Subscript> at, List<Extent> shape) {
    Optional<Expr> all = Optional.empty();
    for (int axis = 0; axis < at.size(); axis++) {
      for (Expr condition : conditions(at.get(axis), shape.get(axis))) {
        all = Optional.of(all.map(a -> Expr.apply(Primitive.AND, a, condition)).orElse(condition));
      }
    }
    return all;
  }

  /** The subscript without its exact divisions, which the conditions have covered. */
  static Subscript divided(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Exact(var of, int divisor) ->
          Subscripts.quotient(divided(of), divisor);
      case Subscript.Plus(var left, var right) -> Subscripts.plus(divided(left), divided(right));
      case Subscript.Quotient(var of, int divisor) -> Subscripts.quotient(divided(of), divisor);
      case Subscript.Remainder(var of, int divisor) -> Subscripts.remainder(divided(of), divisor);
      case Subscript.Clamp(var of, int size) -> new Subscript.Clamp(divided(of), size);
      case Subscript.Wrap(var of, int size) -> new Subscript.Wrap(divided(of), size);
      case Subscript.Affine _, Subscript.Gathered _ -> subscript;
    };
  }

  @Override
  public Expr map(Expr expr) {
    if (expr instanceof Expr.Read read && read.outside().isPresent()) {
      List<Subscript> at = read.at().stream().map(this::map).toList();
      Expr inner =
          Expr.read(read.tensor(), at.stream().map(Guards::divided).toList());
      Expr outside = map(read.outside().get());
      return inside(at, read.tensor().shape())
          .map(condition -> (Expr) new Expr.Select(condition, inner, outside))
          .orElse(inner);
    }
    return super.map(expr);
  }

  private static List<Expr> conditions(Subscript subscript, Extent extent) {
    var conditions = new java.util.ArrayList<Expr>();
    divisions(subscript, conditions);
    if (!extent.isBatch()) {
      Expr position = Subscripts.toExpr(divided(subscript));
      var interval = Bounds.NONE.of(position);
      if (interval.low() < 0) {
        conditions.add(Expr.apply(Primitive.AT_LEAST, position, new Expr.Int(0)));
      }
      boolean isBelow =
          extent instanceof Extent.Const(int size)
              ? interval.high() < size
              : RowPositions.areBelowTheirNumber(position);
      if (!isBelow) {
        Expr size =
            extent instanceof Extent.Const(int number) ? new Expr.Int(number) : new Expr.BatchSize();
        conditions.add(Expr.apply(Primitive.LESS, position, size));
      }
    }
    return conditions;
  }

  private static void divisions(Subscript subscript, List<Expr> conditions) {
    switch (subscript) {
      case Subscript.Exact(var of, int divisor) -> {
        divisions(of, conditions);
        if (divisor > 1) {
          Expr rest = Subscripts.toExpr(new Subscript.Remainder(divided(of), divisor));
          conditions.add(Expr.apply(Primitive.EQUAL, rest, new Expr.Int(0)));
        }
      }
      case Subscript.Quotient(var of, _) -> divisions(of, conditions);
      case Subscript.Remainder(var of, _) -> divisions(of, conditions);
      case Subscript.Clamp(var of, _) -> divisions(of, conditions);
      case Subscript.Wrap(var of, _) -> divisions(of, conditions);
      case Subscript.Plus(var left, var right) -> {
        divisions(left, conditions);
        divisions(right, conditions);
      }
      case Subscript.Affine _, Subscript.Gathered _ -> {}
    }
  }
}
