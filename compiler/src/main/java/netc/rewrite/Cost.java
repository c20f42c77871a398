package netc.rewrite;

import java.util.Collection;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Tensor;

/** What is worth computing once: the few facts about cost that the passes share. */
final class Cost {
  private Cost() {}

  /** Whether computing the primitive again costs more than reading its value. */
  static boolean isCostly(Primitive primitive) {
    return switch (primitive) {
      case EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, TANH, ATAN, ERF, POWER, SQRT -> true;
      case POWER_WHOLE, DIVIDE, ADD, SUBTRACT, MULTIPLY, NEGATE, ABS, SIGN, FLOOR, CEIL, ROUND, MIN,
          MAX, CLAMP, FLOOR_DIVIDE, REMAINDER, EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST, NOT,
          AND, OR, TO_REAL, STOP ->
          false;
    };
  }

  /** Whether a costly primitive stands anywhere in it. */
  static boolean isCostly(Expr expr) {
    return functions(expr) > 0;
  }

  /** How many costly primitives stand in it. */
  static int functions(Expr expr) {
    return switch (expr) {
      case Expr.Apply(var primitive, var arguments) ->
          (isCostly(primitive) ? 1 : 0) + arguments.stream().mapToInt(Cost::functions).sum();
      case Expr.Select(var condition, var then, var otherwise) ->
          functions(condition) + functions(then) + functions(otherwise);
      case Expr.Custom(var value, _, _) -> functions(value);
      case Expr.Read read -> read.outside().map(Cost::functions).orElse(0);
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.Position _ -> 0;
      case Expr.BatchSize _, Expr.Training _ -> 0;
    };
  }

  /** The number of nodes of an expression. */
  static int size(Expr expr) {
    return switch (expr) {
      case Expr.Apply(_, var arguments) -> 1 + arguments.stream().mapToInt(Cost::size).sum();
      case Expr.Select(var condition, var then, var otherwise) ->
          1 + size(condition) + size(then) + size(otherwise);
      case Expr.Custom(var value, _, var derivative) -> 1 + size(value) + size(derivative);
      case Expr.Read read -> 1 + read.outside().map(Cost::size).orElse(0);
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.Position _ -> 1;
      case Expr.BatchSize _, Expr.Training _ -> 1;
    };
  }

  /** The points of a box for one example. */
  static long points(Collection<Index> indices) {
    return indices.stream()
        .mapToLong(index -> index.extent().isBatch() ? 1 : index.extent().about())
        .reduce(1, (a, b) -> a * b);
  }

  /** The elements of a tensor, for one example when it is per example. */
  static long elements(Tensor tensor) {
    long product = 1;
    for (Extent extent : tensor.shape()) {
      product *= extent.isBatch() ? 1 : extent.about();
    }
    return product;
  }
}
