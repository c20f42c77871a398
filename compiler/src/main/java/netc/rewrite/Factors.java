package netc.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import netc.ir.Algebra;
import netc.ir.Expr;
import netc.ir.Primitive;

/** An expression as {@code ± Π above / Π below}. */
record Factors(boolean negative, List<Expr> above, List<Expr> below) {

  static Factors of(Expr expr) {
    var factors = new Factors(false, new ArrayList<>(), new ArrayList<>());
    boolean negative = factors.collect(expr, true);
    return new Factors(negative, List.copyOf(factors.above), List.copyOf(factors.below));
  }

  /** Whether the collected part is negated. */
  private boolean collect(Expr expr, boolean isAbove) {
    if (expr instanceof Expr.Apply(Primitive primitive, List<Expr> arguments)) {
      switch (primitive) {
        case MULTIPLY -> {
          return collect(arguments.get(0), isAbove) ^ collect(arguments.get(1), isAbove);
        }
        case DIVIDE -> {
          return collect(arguments.get(0), isAbove) ^ collect(arguments.get(1), !isAbove);
        }
        case NEGATE -> {
          return !collect(arguments.getFirst(), isAbove);
        }
        default -> {}
      }
    }
    (isAbove ? above : below).add(expr);
    return false;
  }

  /** Those factors for which it holds, without the sign. */
  Factors only(Predicate<Expr> choice) {
    return new Factors(
        false, above.stream().filter(choice).toList(), below.stream().filter(choice).toList());
  }

  boolean isOne() {
    return !negative && above.isEmpty() && below.isEmpty();
  }

  /** The expression; {@code first} is multiplied in front when it is there. */
  Expr product(Optional<Expr> first) {
    var all = new ArrayList<Expr>();
    first.ifPresent(all::add);
    all.addAll(above);
    Expr product = all.stream().reduce(Algebra::multiply).orElse(Algebra.ONE);
    for (Expr divisor : below) {
      product = Algebra.divide(product, divisor);
    }
    return negative ? Algebra.negate(product) : product;
  }
}
