package netc.ir;

import java.util.ArrayList;
import java.util.List;

/** Conditions that say where an access lies inside its tensor. */
public final class Guards {
  private Guards() {}

  /** Where every position of an access lies inside; true when that is always so. */
  public static Expr inside(Expr.Read read) {
    var conditions = new ArrayList<Expr>();
    for (int axis = 0; axis < read.at().size(); axis++) {
      conditions.addAll(inside(read.at().get(axis), read.tensor().shape().get(axis)));
    }
    return Algebra.all(conditions);
  }

  /** Whether no position of an access ever lies outside. */
  public static boolean isAlwaysInside(Expr.Read read) {
    return inside(read).equals(new Expr.Bool(true));
  }

  /** That exact divisions divide and the position is on the axis; only what is not always so. */
  public static List<Expr> inside(Subscript subscript, Extent extent) {
    return switch (extent) {
      case Extent.Const(int size) -> inside(subscript, size);
      case Extent.Batch() -> List.of();
      case Extent.Rows() -> {
        var conditions = new ArrayList<>(divides(subscript));
        Expr position = Subscripts.toExpr(subscript);
        if (Bounds.NONE.of(position).low() < 0) {
          conditions.add(Expr.apply(Primitive.AT_LEAST, position, new Expr.Int(0)));
        }
        if (!RowPositions.areBelowTheirNumber(position)) {
          conditions.add(Expr.apply(Primitive.LESS, position, new Expr.BatchSize()));
        }
        yield conditions;
      }
    };
  }

  private static List<Expr> inside(Subscript subscript, int size) {
    var conditions = new ArrayList<>(divides(subscript));
    if (subscript instanceof Subscript.Exact(var of, int by)) {
      // where it divides, the dividend says as much as the quotient, and more plainly
      conditions.addAll(within(Subscripts.toExpr(of), (size - 1) * by + 1));
    } else {
      conditions.addAll(within(Subscripts.toExpr(subscript), size));
    }
    return conditions;
  }

  /** That the value is in 0..size-1; only what is not always so. */
  private static List<Expr> within(Expr value, int size) {
    var conditions = new ArrayList<Expr>();
    Interval reach = Bounds.NONE.of(value);
    if (reach.low() < 0) {
      conditions.add(Expr.apply(Primitive.AT_LEAST, value, new Expr.Int(0)));
    }
    if (reach.high() >= size) {
      conditions.add(Expr.apply(Primitive.LESS, value, new Expr.Int(size)));
    }
    return conditions;
  }

  /** That every exact division in the subscript divides. */
  public static List<Expr> divides(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Affine _, Subscript.Gathered _ -> List.of();
      case Subscript.Quotient(var of, _) -> divides(of);
      case Subscript.Remainder(var of, _) -> divides(of);
      case Subscript.Clamp(var of, _) -> divides(of);
      case Subscript.Wrap(var of, _) -> divides(of);
      case Subscript.Exact(var of, int by) -> {
        var conditions = new ArrayList<>(divides(of));
        Expr rest = Subscripts.toExpr(Subscripts.remainder(of, by));
        conditions.add(Expr.apply(Primitive.EQUAL, rest, new Expr.Int(0)));
        yield conditions;
      }
      case Subscript.Plus(var left, var right) -> {
        var conditions = new ArrayList<>(divides(left));
        conditions.addAll(divides(right));
        yield conditions;
      }
    };
  }
}
