package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Subscript;

/** {@code constant + Σ coefficient · index}, with exact arithmetic; no coefficient is 0. */
record Affine(long constant, Map<Index, Long> coefficients) {

  static Affine of(long constant) {
    return new Affine(constant, Map.of());
  }

  static Affine of(Index index) {
    return new Affine(0, Map.of(index, 1L));
  }

  static Affine of(Subscript.Affine form) {
    Affine sum = of(form.constant());
    for (Subscript.Term term : form.terms()) {
      sum = sum.plus(of(term.index()).times(term.coefficient()));
    }
    return sum;
  }

  /** The affine form of an integer expression over loop indices, if it is one. */
  static Optional<Affine> of(Expr expr) {
    try {
      return form(expr);
    } catch (ArithmeticException overflow) {
      return Optional.empty();
    }
  }

  private static Optional<Affine> form(Expr expr) {
    return switch (expr) {
      case Expr.Int(long value) -> Optional.of(of(value));
      case Expr.Position(Index index) when !index.extent().isBatch() -> Optional.of(of(index));
      case Expr.Apply(Primitive primitive, var arguments) ->
          switch (primitive) {
            case ADD -> both(arguments, Affine::plus);
            case SUBTRACT -> both(arguments, (a, b) -> a.plus(b.times(-1)));
            case NEGATE -> form(arguments.getFirst()).map(a -> a.times(-1));
            case MULTIPLY ->
                both(
                    arguments,
                    (a, b) ->
                        a.isConstant()
                            ? b.times(a.constant)
                            : b.isConstant() ? a.times(b.constant) : null);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private static Optional<Affine> both(
      java.util.List<Expr> arguments, java.util.function.BinaryOperator<Affine> combine) {
    var left = form(arguments.get(0));
    var right = left.isEmpty() ? left : form(arguments.get(1));
    return right.isEmpty() ? right : Optional.ofNullable(combine.apply(left.get(), right.get()));
  }

  boolean isConstant() {
    return coefficients.isEmpty();
  }

  /** The index that this is, with nothing added. */
  Optional<Index> bareIndex() {
    if (constant != 0 || coefficients.size() != 1) {
      return Optional.empty();
    }
    var only = coefficients.entrySet().iterator().next();
    return only.getValue() == 1 ? Optional.of(only.getKey()) : Optional.empty();
  }

  Affine plus(Affine other) {
    var sum = new LinkedHashMap<>(coefficients);
    other.coefficients.forEach((index, c) -> sum.merge(index, c, Math::addExact));
    sum.values().removeIf(c -> c == 0);
    return new Affine(Math.addExact(constant, other.constant), sum);
  }

  Affine plus(long number) {
    return new Affine(Math.addExact(constant, number), coefficients);
  }

  Affine times(long factor) {
    if (factor == 0) {
      return of(0);
    }
    var scaled = new LinkedHashMap<Index, Long>();
    coefficients.forEach((index, c) -> scaled.put(index, Math.multiplyExact(c, factor)));
    return new Affine(Math.multiplyExact(constant, factor), scaled);
  }

  /** As a subscript of the IR, whose numbers are ints. */
  Subscript toSubscript() {
    var terms = new ArrayList<Subscript.Term>();
    coefficients.forEach((index, c) -> terms.add(new Subscript.Term(index, Math.toIntExact(c))));
    return new Subscript.Affine(Math.toIntExact(constant), terms);
  }
}
