package netc.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values an integer expression or a subscript can take, given what is known to hold: the ranges
 * of the indices, the intervals of the tensors, and the comparisons of the conditions around it.
 */
public final class Bounds {
  /** Far beyond every size, and far from overflow. */
  private static final long UNKNOWN = 1L << 40;

  /** Nothing known but the ranges of indices and tensors. */
  public static final Bounds NONE = new Bounds(List.of());

  /** Where conditions contradict each other, or a range, nothing is ever computed. */
  private static final Interval NOTHING = new Interval(0, -1);

  /** Each is known to be at least 0. */
  private final List<Linear> facts;

  /** What the facts about a single part say of its values. */
  private final Map<Expr, Interval> ranges = new HashMap<>();

  private final boolean isImpossible;

  private Bounds(List<Linear> facts) {
    this.facts = facts;
    facts.stream().filter(fact -> fact.coefficients().size() == 1).forEach(this::narrow);
    this.isImpossible =
        facts.stream().anyMatch(fact -> plain(fact).high() < 0)
            || ranges.values().stream().anyMatch(range -> range.low() > range.high());
  }

  /** {@code coefficient · part + constant >= 0}. */
  private void narrow(Linear fact) {
    Expr part = fact.coefficients().keySet().iterator().next();
    long coefficient = fact.coefficients().get(part);
    Interval known = ranges.containsKey(part) ? ranges.get(part) : NONE.part(part);
    long bound =
        coefficient > 0
            ? Math.ceilDiv(-fact.constant(), coefficient)
            : Math.floorDiv(fact.constant(), -coefficient);
    ranges.put(
        part,
        coefficient > 0
            ? new Interval(Math.max(known.low(), bound), known.high())
            : new Interval(known.low(), Math.min(known.high(), bound)));
  }

  /** With a condition known to be {@code truth}; what is no comparison of integers teaches nothing. */
  public Bounds given(Expr condition, boolean truth) {
    var more = new ArrayList<>(facts);
    learn(condition, truth, more);
    return more.size() == facts.size() ? this : new Bounds(List.copyOf(more));
  }

  private static void learn(Expr condition, boolean truth, List<Linear> facts) {
    if (!(condition instanceof Expr.Apply(var primitive, var arguments))) {
      return;
    }
    switch (primitive) {
      case NOT -> learn(arguments.getFirst(), !truth, facts);
      case AND -> {
        if (truth) {
          arguments.forEach(a -> learn(a, true, facts));
        }
      }
      case OR -> {
        if (!truth) {
          arguments.forEach(a -> learn(a, false, facts));
        }
      }
      case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST -> {
        if (arguments.getFirst().type() == ElementType.INT) {
          compare(truth ? primitive : primitive.opposite(), arguments, facts);
        }
      }
      default -> {}
    }
  }

  private static void compare(Primitive comparison, List<Expr> sides, List<Linear> facts) {
    Linear left = Linear.of(sides.get(0));
    Linear right = Linear.of(sides.get(1));
    switch (comparison) {
      case LESS -> facts.add(right.plus(left, -1).plus(-1));
      case AT_MOST -> facts.add(right.plus(left, -1));
      case GREATER -> facts.add(left.plus(right, -1).plus(-1));
      case AT_LEAST -> facts.add(left.plus(right, -1));
      case EQUAL -> {
        facts.add(left.plus(right, -1));
        facts.add(right.plus(left, -1));
      }
      case DIFFERENT -> notAtTheEnd(left.plus(right, -1), facts);
      default -> {}
    }
  }

  /** An index that is not its first value is at least 1; likewise for its last. */
  private static void notAtTheEnd(Linear difference, List<Linear> facts) {
    if (difference.coefficients().size() != 1
        || !(difference.coefficients().keySet().iterator().next() instanceof Expr.Position(var index))
        || index.extent().isBatch()) {
      return;
    }
    Linear position = Linear.of(new Expr.Position(index));
    long coefficient = difference.coefficients().values().iterator().next();
    int last = index.extent().most() - 1;
    if (difference.constant() == 0) {
      facts.add(position.plus(-1));
    } else if (difference.constant() == -coefficient * last) {
      facts.add(new Linear(last - 1L, Map.of()).plus(position, -1));
    }
  }

  /** The values of a subscript; where an exact division does not divide, its rounded quotient. */
  public Interval of(Subscript subscript) {
    return of(Subscripts.toExpr(subscript));
  }

  /** The values of an INT expression. */
  public Interval of(Expr expr) {
    if (isImpossible) {
      return NOTHING;
    }
    Linear linear = Linear.of(expr);
    Interval plain = plain(linear);
    long low = plain.low();
    long high = plain.high();
    for (Linear fact : facts) {
      for (Map.Entry<Expr, Long> term : fact.coefficients().entrySet()) {
        long own = linear.coefficients().getOrDefault(term.getKey(), 0L);
        long size = Math.abs(term.getValue());
        if (own == 0) {
          continue;
        }
        boolean isSameSign = (own > 0) == (term.getValue() > 0);
        Linear scaled = new Linear(0, Map.of()).plus(linear, size);
        // size · linear ∓ |own| · fact lacks the shared part
        if (isSameSign) {
          long least = plain(scaled.plus(fact, -Math.abs(own))).low();
          low = Math.max(low, Math.ceilDiv(least, size));
        } else {
          long most = plain(scaled.plus(fact, Math.abs(own))).high();
          high = Math.min(high, Math.floorDiv(most, size));
        }
      }
    }
    return new Interval(low, high);
  }

  private Interval plain(Linear linear) {
    long low = linear.constant();
    long high = linear.constant();
    for (Map.Entry<Expr, Long> term : linear.coefficients().entrySet()) {
      Interval part = ranges.containsKey(term.getKey()) ? ranges.get(term.getKey()) : part(term.getKey());
      long coefficient = term.getValue();
      low += coefficient * (coefficient > 0 ? part.low() : part.high());
      high += coefficient * (coefficient > 0 ? part.high() : part.low());
    }
    return new Interval(Math.max(low, -UNKNOWN), Math.min(high, UNKNOWN));
  }

  private Interval part(Expr expr) {
    return switch (expr) {
      case Expr.Position(Index index) -> new Interval(0, index.extent().most() - 1L);
      case Expr.BatchSize() -> new Interval(1, Integer.MAX_VALUE);
      case Expr.Read read ->
          read.outside()
              .map(outside -> union(values(read.tensor()), of(outside)))
              .orElse(values(read.tensor()));
      case Expr.Select(var condition, var then, var otherwise) ->
          union(given(condition, true).of(then), given(condition, false).of(otherwise));
      case Expr.Apply apply -> apply(apply);
      case Expr.Custom(var value, _, _) -> of(value);
      case Expr.Int(long value) -> new Interval(value, value);
      case Expr.Real _, Expr.Bool _, Expr.Training _ -> new Interval(-UNKNOWN, UNKNOWN);
    };
  }

  private static Interval values(Tensor tensor) {
    return tensor.interval().orElse(new Interval(-UNKNOWN, UNKNOWN));
  }

  private static Interval union(Interval a, Interval b) {
    return new Interval(Math.min(a.low(), b.low()), Math.max(a.high(), b.high()));
  }

  private Interval apply(Expr.Apply apply) {
    List<Interval> sides =
        apply.type() == ElementType.INT ? apply.arguments().stream().map(this::of).toList() : List.of();
    return switch (apply.primitive()) {
      case MIN -> combine(sides, Math::min);
      case MAX -> combine(sides, Math::max);
      case CLAMP ->
          combine(
              List.of(combine(List.of(sides.get(0), sides.get(1)), Math::max), sides.get(2)),
              Math::min);
      case FLOOR_DIVIDE ->
          sides.get(1).low() > 0 && sides.get(1).low() == sides.get(1).high()
              ? combine(sides, Math::floorDiv)
              : new Interval(-UNKNOWN, UNKNOWN);
      case REMAINDER -> remainder(sides.get(0), sides.get(1));
      case MULTIPLY -> product(sides.get(0), sides.get(1));
      case ABS -> {
        long high = Math.max(Math.abs(sides.getFirst().low()), Math.abs(sides.getFirst().high()));
        yield new Interval(Math.max(0, sides.getFirst().low()), high);
      }
      case STOP -> sides.getFirst();
      case SIGN -> new Interval(-1, 1);
      default -> new Interval(-UNKNOWN, UNKNOWN);
    };
  }

  private static Interval combine(
      List<Interval> sides, java.util.function.LongBinaryOperator monotone) {
    Interval a = sides.get(0);
    Interval b = sides.get(1);
    return new Interval(
        monotone.applyAsLong(a.low(), b.low()), monotone.applyAsLong(a.high(), b.high()));
  }

  private static Interval remainder(Interval of, Interval by) {
    if (by.low() < 1) {
      return new Interval(-UNKNOWN, UNKNOWN);
    }
    return of.isWithin(0, by.low() - 1) ? of : new Interval(0, by.high() - 1);
  }

  private static Interval product(Interval a, Interval b) {
    long bound = 1L << 30;
    if (!a.isWithin(-bound, bound) || !b.isWithin(-bound, bound)) {
      return new Interval(-UNKNOWN, UNKNOWN);
    }
    long[] corners = {
      a.low() * b.low(), a.low() * b.high(), a.high() * b.low(), a.high() * b.high()
    };
    java.util.Arrays.sort(corners);
    return new Interval(Math.max(corners[0], -UNKNOWN), Math.min(corners[3], UNKNOWN));
  }
}
