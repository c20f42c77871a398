package netc.ir;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An INT expression as {@code constant + Σ coefficient · part}, where a part is an index's position or
 * anything else that is not itself a sum. What bounds proofs and index inversion compute with.
 */
public record Linear(long constant, Map<Expr, Long> coefficients) {

  public static Linear of(Expr expr) {
    return switch (expr) {
      case Expr.Int(long value) -> new Linear(value, Map.of());
      case Expr.Apply(var primitive, var arguments) ->
          switch (primitive) {
            case ADD -> of(arguments.get(0)).plus(of(arguments.get(1)), 1);
            case SUBTRACT -> of(arguments.get(0)).plus(of(arguments.get(1)), -1);
            case NEGATE -> new Linear(0, Map.of()).plus(of(arguments.getFirst()), -1);
            case MULTIPLY -> product(expr, of(arguments.get(0)), of(arguments.get(1)));
            case FLOOR_DIVIDE -> quotient(expr, of(arguments.get(0)), arguments.get(1));
            case REMAINDER -> remainder(expr, of(arguments.get(0)), arguments.get(1));
            default -> part(expr);
          };
      default -> part(expr);
    };
  }

  /** {@code div(6·i + j, 3)} is {@code 2·i} for a j in 0..2; what does not divide is a part of its own. */
  private static Linear quotient(Expr whole, Linear of, Expr by) {
    if (!(by instanceof Expr.Int(long divisor)) || divisor <= 0) {
      return part(whole);
    }
    if (!of.dividesBut(divisor)) {
      return part(new Expr.Apply(Primitive.FLOOR_DIVIDE, List.of(of.toExpr(), by)));
    }
    var divided = new LinkedHashMap<Expr, Long>();
    of.coefficients.forEach(
        (part, coefficient) -> {
          if (coefficient % divisor == 0) {
            divided.put(part, coefficient / divisor);
          }
        });
    return new Linear(Math.floorDiv(of.constant, divisor), divided);
  }

  /** {@code mod(6·i + j, 3)} is j, likewise. */
  private static Linear remainder(Expr whole, Linear of, Expr by) {
    if (!(by instanceof Expr.Int(long divisor)) || divisor <= 0) {
      return part(whole);
    }
    return of.dividesBut(divisor)
        ? of.rest(divisor)
        : part(new Expr.Apply(Primitive.REMAINDER, List.of(of.toExpr(), by)));
  }

  /** In one form, so that equal parts are known as equal. */
  private Expr toExpr() {
    Expr sum = new Expr.Int(constant);
    for (Map.Entry<Expr, Long> term : coefficients.entrySet()) {
      Expr product =
          new Expr.Apply(Primitive.MULTIPLY, List.of(new Expr.Int(term.getValue()), term.getKey()));
      sum = new Expr.Apply(Primitive.ADD, List.of(sum, product));
    }
    return sum;
  }

  /** Whether the divisor divides it but for a rest that is always its remainder. */
  private boolean dividesBut(long divisor) {
    return Bounds.NONE.of(rest(divisor)).isWithin(0, divisor - 1);
  }

  /** The terms that a divisor does not divide, and the remainder of the constant. */
  private Linear rest(long divisor) {
    var rest = new LinkedHashMap<>(coefficients);
    rest.values().removeIf(coefficient -> coefficient % divisor == 0);
    return new Linear(Math.floorMod(constant, divisor), rest);
  }

  private static Linear part(Expr expr) {
    return new Linear(0, Map.of(expr, 1L));
  }

  private static Linear product(Expr whole, Linear left, Linear right) {
    Linear none = new Linear(0, Map.of());
    if (left.coefficients.isEmpty()) {
      return none.plus(right, left.constant);
    }
    return right.coefficients.isEmpty() ? none.plus(left, right.constant) : part(whole);
  }

  /** {@code this + factor · other}. */
  public Linear plus(Linear other, long factor) {
    var sum = new LinkedHashMap<>(coefficients);
    other.coefficients.forEach(
        (part, coefficient) -> sum.merge(part, coefficient * factor, Long::sum));
    sum.values().removeIf(coefficient -> coefficient == 0);
    return new Linear(constant + other.constant * factor, sum).joined();
  }

  /** {@code c · div(e, c) + mod(e, c)} is e. */
  private Linear joined() {
    for (Map.Entry<Expr, Long> term : coefficients.entrySet()) {
      if (term.getKey() instanceof Expr.Apply(var primitive, var sides)
          && primitive == Primitive.REMAINDER
          && sides.get(1) instanceof Expr.Int(long by)) {
        Expr quotient = new Expr.Apply(Primitive.FLOOR_DIVIDE, sides);
        if (coefficients.getOrDefault(quotient, 0L) == term.getValue() * by) {
          var rest = new LinkedHashMap<>(coefficients);
          rest.remove(term.getKey());
          rest.remove(quotient);
          return new Linear(constant, rest).plus(of(sides.getFirst()), term.getValue());
        }
      }
    }
    return this;
  }

  public Linear plus(long number) {
    return new Linear(constant + number, coefficients);
  }
}
