package netc.ir;

import java.util.LinkedHashMap;
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
            default -> part(expr);
          };
      default -> part(expr);
    };
  }

  /** {@code div(6·i + 5, 3)} is {@code 2·i + 1}; what does not divide is a part of its own. */
  private static Linear quotient(Expr whole, Linear of, Expr by) {
    if (!(by instanceof Expr.Int(long divisor))
        || divisor <= 0
        || of.coefficients.values().stream().anyMatch(c -> c % divisor != 0)) {
      return part(whole);
    }
    var divided = new LinkedHashMap<Expr, Long>();
    of.coefficients.forEach((part, coefficient) -> divided.put(part, coefficient / divisor));
    return new Linear(Math.floorDiv(of.constant, divisor), divided);
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
    return new Linear(constant + other.constant * factor, sum);
  }

  public Linear plus(long number) {
    return new Linear(constant + number, coefficients);
  }
}
