package netc.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arithmetic on subscripts: sums, fused positions, substitution, and the same position as a number. */
public final class Subscripts {
  private Subscripts() {}

  /** {@code constant + Σ coefficient · index}, without the terms that are 0. */
  public static Subscript.Affine affine(long constant, Map<Index, Long> coefficients) {
    var terms = new ArrayList<Subscript.Term>();
    coefficients.forEach(
        (index, coefficient) -> {
          if (coefficient != 0) {
            terms.add(new Subscript.Term(index, Math.toIntExact(coefficient)));
          }
        });
    return new Subscript.Affine(Math.toIntExact(constant), terms);
  }

  /** An INT expression as a subscript, when it is affine in indices. */
  public static Optional<Subscript> affine(Expr expr) {
    Linear linear = Linear.of(expr);
    var coefficients = new LinkedHashMap<Index, Long>();
    for (Map.Entry<Expr, Long> term : linear.coefficients().entrySet()) {
      if (!(term.getKey() instanceof Expr.Position(Index index))) {
        return Optional.empty();
      }
      coefficients.put(index, term.getValue());
    }
    return Optional.of(affine(linear.constant(), coefficients));
  }

  /** The coefficient of each index, in text order. */
  public static Map<Index, Long> coefficients(Subscript.Affine affine) {
    var coefficients = new LinkedHashMap<Index, Long>();
    affine.terms().forEach(t -> coefficients.merge(t.index(), (long) t.coefficient(), Long::sum));
    return coefficients;
  }

  /** The row-major position of several indices on one axis; a lone one is itself. Rows come first. */
  public static Subscript fused(List<Index> parts) {
    var coefficients = new LinkedHashMap<Index, Long>();
    long stride = 1;
    for (int i = parts.size() - 1; i >= 0; i--) {
      coefficients.putFirst(parts.get(i), stride);
      stride *= i == 0 ? 1 : parts.get(i).extent().size();
    }
    return affine(0, coefficients);
  }

  /** The index, when the subscript is just that. */
  public static Optional<Index> bare(Subscript subscript) {
    return subscript instanceof Subscript.Affine(int constant, var terms)
            && constant == 0
            && terms.size() == 1
            && terms.getFirst().coefficient() == 1
        ? Optional.of(terms.getFirst().index())
        : Optional.empty();
  }

  /** The number, when the subscript is just that. */
  public static Optional<Integer> constant(Subscript subscript) {
    return subscript instanceof Subscript.Affine(int constant, var terms) && terms.isEmpty()
        ? Optional.of(constant)
        : Optional.empty();
  }

  public static Subscript plus(Subscript left, Subscript right) {
    if (left instanceof Subscript.Affine a && right instanceof Subscript.Affine b) {
      Map<Index, Long> sum = coefficients(a);
      b.terms().forEach(t -> sum.merge(t.index(), (long) t.coefficient(), Long::sum));
      return affine((long) a.constant() + b.constant(), sum);
    }
    if (constant(left).equals(Optional.of(0))) {
      return right;
    }
    return constant(right).equals(Optional.of(0)) ? left : new Subscript.Plus(left, right);
  }

  /** {@code factor · subscript}; what is neither affine nor such a quotient becomes an expression. */
  public static Subscript times(Subscript subscript, int factor) {
    if (factor == 1) {
      return subscript;
    }
    if (subscript instanceof Subscript.Exact(var of, int divisor) && factor % divisor == 0) {
      return times(of, factor / divisor);
    }
    if (subscript instanceof Subscript.Affine affine) {
      Map<Index, Long> scaled = coefficients(affine);
      scaled.replaceAll((_, coefficient) -> coefficient * factor);
      return affine((long) affine.constant() * factor, scaled);
    }
    return new Subscript.Gathered(
        Expr.apply(Primitive.MULTIPLY, new Expr.Int(factor), toExpr(subscript)));
  }

  /**
   * Floor division, simplified where the parts divide: {@code div(2*i + u, 2) = i} and {@code div(2*i +
   * u, 6) = div(i, 3)} for u in 2.
   */
  public static Subscript quotient(Subscript of, int divisor) {
    if (divisor == 1) {
      return of;
    }
    Optional<Split> split = split(of, divisor);
    if (split.isPresent()) {
      return split.get().whole();
    }
    if (of instanceof Subscript.Affine affine) {
      for (Subscript.Term term : affine.terms()) {
        int step = Math.abs(term.coefficient());
        if (step > 1 && divisor % step == 0 && split(of, step).isPresent()) {
          return new Subscript.Quotient(split(of, step).get().whole(), divisor / step);
        }
      }
    }
    return new Subscript.Quotient(of, divisor);
  }

  /** The remainder of floor division, simplified likewise. */
  public static Subscript remainder(Subscript of, int divisor) {
    return divisor == 1
        ? Subscript.of(0)
        : split(of, divisor).map(Split::rest).orElse(new Subscript.Remainder(of, divisor));
  }

  /** The exact quotient; an access lies outside where it leaves a remainder, if it ever does. */
  public static Subscript exact(Subscript of, int divisor) {
    Optional<Split> split = divisor == 1 ? Optional.empty() : split(of, divisor);
    boolean divides = split.isPresent() && constant(split.get().rest()).equals(Optional.of(0));
    return divisor == 1 ? of : divides ? split.get().whole() : new Subscript.Exact(of, divisor);
  }

  private record Split(Subscript whole, Subscript rest) {}

  /** {@code divisor · whole + rest} with rest proved in 0..divisor-1. */
  private static Optional<Split> split(Subscript of, int divisor) {
    if (!(of instanceof Subscript.Affine affine)) {
      return Optional.empty();
    }
    var whole = new LinkedHashMap<Index, Long>();
    var rest = new LinkedHashMap<Index, Long>();
    coefficients(affine)
        .forEach(
            (index, coefficient) -> {
              if (coefficient % divisor == 0) {
                whole.put(index, coefficient / divisor);
              } else {
                rest.put(index, coefficient);
              }
            });
    Subscript.Affine remainder = affine(Math.floorMod(affine.constant(), divisor), rest);
    return Bounds.NONE.of(remainder).isWithin(0, divisor - 1)
        ? Optional.of(new Split(affine(Math.floorDiv(affine.constant(), divisor), whole), remainder))
        : Optional.empty();
  }

  /** The position as an INT expression; an exact division counts as floor division. */
  public static Expr toExpr(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Affine affine -> toExpr(affine);
      case Subscript.Quotient(var of, int by) -> floorDivide(of, by);
      case Subscript.Exact(var of, int by) -> floorDivide(of, by);
      case Subscript.Remainder(var of, int by) -> remainderOf(of, by);
      case Subscript.Wrap(var of, int size) -> remainderOf(of, size);
      case Subscript.Clamp(var of, int size) ->
          Expr.apply(Primitive.CLAMP, toExpr(of), new Expr.Int(0), new Expr.Int(size - 1));
      case Subscript.Gathered(var value) -> value;
      case Subscript.Plus(var left, var right) ->
          Expr.apply(Primitive.ADD, toExpr(left), toExpr(right));
    };
  }

  private static Expr floorDivide(Subscript of, int by) {
    return Expr.apply(Primitive.FLOOR_DIVIDE, toExpr(of), new Expr.Int(by));
  }

  private static Expr remainderOf(Subscript of, int by) {
    return Expr.apply(Primitive.REMAINDER, toExpr(of), new Expr.Int(by));
  }

  private static Expr toExpr(Subscript.Affine affine) {
    Expr sum = null;
    for (Subscript.Term term : affine.terms()) {
      Expr position = new Expr.Position(term.index());
      Expr value =
          term.coefficient() == 1
              ? position
              : Expr.apply(Primitive.MULTIPLY, new Expr.Int(term.coefficient()), position);
      sum = sum == null ? value : Expr.apply(Primitive.ADD, sum, value);
    }
    if (sum == null) {
      return new Expr.Int(affine.constant());
    }
    return affine.constant() == 0
        ? sum
        : Expr.apply(Primitive.ADD, sum, new Expr.Int(affine.constant()));
  }
}
