package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Primitive;
import netc.ir.Reduction.Operator;
import netc.loop.Scalar;
import netc.loop.Scalar.Function;
import netc.loop.ScalarType;

/** What one point of a reduction does to its accumulator. */
final class Terms {
  private Terms() {}

  /** The accumulator before the first point. */
  static Scalar neutral(Operator operator, ScalarType type) {
    if (type == ScalarType.INT) {
      return new Scalar.IntLiteral(
          switch (operator) {
            case SUM, ANY -> 0;
            case PROD, ALL -> 1;
            case MAX -> Integer.MIN_VALUE;
            case MIN -> Integer.MAX_VALUE;
            case ARGMAX, ARGMIN -> -1;
          });
    }
    return new Scalar.RealLiteral(
        switch (operator) {
          case SUM, ANY -> 0;
          case PROD, ALL -> 1;
          case MAX, ARGMAX -> Double.NEGATIVE_INFINITY;
          case MIN, ARGMIN -> Double.POSITIVE_INFINITY;
        },
        type);
  }

  static Scalar accumulate(Operator operator, Scalar accumulator, Point point, Expr body) {
    if (operator == Operator.SUM && body.type() == ElementType.REAL) {
      return sum(accumulator, point, body);
    }
    return join(operator, accumulator, ExprToScalar.stored(point, body));
  }

  /** Two accumulators, or an accumulator and a value, made one. */
  static Scalar join(Operator operator, Scalar left, Scalar right) {
    return switch (operator) {
      case SUM -> new Scalar.Arithmetic(Scalar.Operator.ADD, left, right);
      case PROD -> new Scalar.Arithmetic(Scalar.Operator.MULTIPLY, left, right);
      case MAX, ANY -> new Scalar.Call(Function.MAX, List.of(left, right), left.type());
      case MIN, ALL -> new Scalar.Call(Function.MIN, List.of(left, right), left.type());
      case ARGMAX, ARGMIN -> throw new IllegalArgumentException("an extremum has two accumulators");
    };
  }

  /** A product is added by a fused multiply-add; what the lanes share is one factor. */
  private static Scalar sum(Scalar accumulator, Point point, Expr body) {
    var factors = new ArrayList<Expr>();
    factors(body, factors);
    if (factors.size() < 2) {
      return new Scalar.Arithmetic(
          Scalar.Operator.ADD, accumulator, ExprToScalar.at(point, body));
    }
    List<Expr> shared = factors.stream().filter(Lanes::areEqualFor).toList();
    List<Expr> own = factors.stream().filter(f -> !Lanes.areEqualFor(f)).toList();
    if (shared.isEmpty() || own.isEmpty()) {
      shared = factors.subList(0, 1);
      own = factors.subList(1, factors.size());
    }
    return new Scalar.Call(
        Function.FMA,
        List.of(
            ExprToScalar.at(point, product(shared)),
            ExprToScalar.at(point, product(own)),
            accumulator),
        accumulator.type());
  }

  private static void factors(Expr body, List<Expr> factors) {
    if (body instanceof Expr.Apply(var primitive, var arguments)
        && primitive == Primitive.MULTIPLY) {
      arguments.forEach(a -> factors(a, factors));
    } else {
      factors.add(body);
    }
  }

  private static Expr product(List<Expr> factors) {
    Expr product = factors.getFirst();
    for (Expr factor : factors.subList(1, factors.size())) {
      product = Expr.apply(Primitive.MULTIPLY, product, factor);
    }
    return product;
  }
}
