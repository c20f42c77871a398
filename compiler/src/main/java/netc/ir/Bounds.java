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
  public static final Bounds NONE = new Bounds(List.of(), List.of());

  /** Where conditions contradict each other, or a range, nothing is ever computed. */
  private static final Interval NOTHING = new Interval(0, -1);

  /** So often facts are applied to what other facts left; each time can only narrow. */
  private static final int ROUNDS = 4;

  /** Each is known to be at least 0. */
  private final List<Linear> facts;

  /** Each is known not to be 0. */
  private final List<Linear> different;

  /** The values of parts of facts, as far as the facts narrow them. */
  private final Map<Expr, Interval> narrowed = new HashMap<>();

  private final boolean isImpossible;

  private Bounds(List<Linear> facts, List<Linear> different) {
    this.facts = List.copyOf(facts);
    this.different = List.copyOf(different);
    for (Linear fact : facts) {
      fact.coefficients().keySet().forEach(part -> narrowed.put(part, NONE.part(part)));
    }
    for (int round = 0; round < ROUNDS; round++) {
      facts.forEach(this::narrow);
      narrowed.replaceAll((part, known) -> both(known, ofPart(part)));
    }
    this.isImpossible =
        facts.stream().anyMatch(fact -> plain(fact).high() < 0)
            || narrowed.values().stream().anyMatch(i -> i.low() > i.high());
  }

  /** From {@code rest + coefficient · part >= 0} follows a bound of each part. */
  private void narrow(Linear fact) {
    fact.coefficients()
        .forEach(
            (part, coefficient) -> {
              Interval known = narrowed.get(part);
              Linear own = new Linear(0, Map.of(part, coefficient));
              long rest = plain(fact.plus(own, -1)).high();
              if (rest < UNKNOWN) {
                narrowed.put(
                    part,
                    coefficient > 0
                        ? new Interval(Math.max(known.low(), Math.ceilDiv(-rest, coefficient)), known.high())
                        : new Interval(known.low(), Math.min(known.high(), Math.floorDiv(rest, -coefficient))));
              }
            });
  }

  /** With a condition known to be {@code truth}; what is no comparison of integers teaches nothing. */
  public Bounds given(Expr condition, boolean truth) {
    Facts learned = Facts.of(condition, truth);
    if (learned.atLeast0().isEmpty() && learned.not0().isEmpty()) {
      return this;
    }
    learned.atLeast0().addAll(facts);
    learned.not0().addAll(different);
    return new Bounds(learned.atLeast0(), learned.not0()).withoutEnds();
  }

  /** What is at least 0 and not 0 is at least 1; likewise from above. */
  private Bounds withoutEnds() {
    var more = new ArrayList<>(facts);
    for (Linear part : different) {
      Interval values = of(part);
      if (values.low() == 0) {
        more.add(part.plus(-1));
      } else if (values.high() == 0) {
        more.add(new Linear(-1, Map.of()).plus(part, -1));
      }
    }
    return more.size() == facts.size() ? this : new Bounds(more, different);
  }

  /** The values of a subscript; where an exact division does not divide, its rounded quotient. */
  public Interval of(Subscript subscript) {
    return of(Subscripts.toExpr(subscript));
  }

  /** The values of an INT expression. */
  public Interval of(Expr expr) {
    return of(Linear.of(expr));
  }

  Interval of(Linear linear) {
    if (isImpossible) {
      return NOTHING;
    }
    return new Interval(least(linear), -least(new Linear(0, Map.of()).plus(linear, -1)));
  }

  /**
   * From {@code fact >= 0} follows {@code linear >= linear - n · fact}. What is left when a shared part
   * goes is bounded by its parts, or where it has fewer of them by further facts.
   */
  private long least(Linear linear) {
    long least = plain(linear).low();
    for (Linear fact : facts) {
      for (Map.Entry<Expr, Long> term : fact.coefficients().entrySet()) {
        long own = linear.coefficients().getOrDefault(term.getKey(), 0L);
        if (own != 0 && (own > 0) == (term.getValue() > 0)) {
          long size = Math.abs(term.getValue());
          Linear rest = new Linear(0, Map.of()).plus(linear, size).plus(fact, -Math.abs(own));
          boolean isShorter = rest.coefficients().size() < linear.coefficients().size();
          long leastRest = isShorter ? least(rest) : plain(rest).low();
          least = Math.max(least, Math.ceilDiv(leastRest, size));
        }
      }
    }
    return least;
  }

  private Interval plain(Linear linear) {
    long low = linear.constant();
    long high = linear.constant();
    for (Map.Entry<Expr, Long> term : linear.coefficients().entrySet()) {
      Interval part = part(term.getKey());
      long coefficient = term.getValue();
      low += coefficient * (coefficient > 0 ? part.low() : part.high());
      high += coefficient * (coefficient > 0 ? part.high() : part.low());
    }
    return new Interval(Math.max(low, -UNKNOWN), Math.min(high, UNKNOWN));
  }

  private Interval part(Expr expr) {
    Interval known = narrowed.get(expr);
    return known != null ? known : ofPart(expr);
  }

  private Interval ofPart(Expr expr) {
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

  private static Interval both(Interval a, Interval b) {
    return new Interval(Math.max(a.low(), b.low()), Math.min(a.high(), b.high()));
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
