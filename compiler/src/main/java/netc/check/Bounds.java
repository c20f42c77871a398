package netc.check;

import java.util.LinkedHashMap;
import java.util.Map;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.RowPositions;
import netc.ir.Subscript;

/**
 * Where a subscript can point: interval arithmetic on affine forms, narrowed by the facts that hold
 * there.
 */
final class Bounds {
  /** The runtime refuses a batch of more rows that see each other. */
  private static final int MOST_ROWS = 1 << 24;

  private Bounds() {}

  /** The positions that a subscript can take. */
  static Interval of(Subscript subscript, Facts facts) {
    return switch (subscript) {
      case Subscript.Affine affine -> of(Affine.of(affine), facts);
      case Subscript.Quotient(Subscript of, int divisor) -> {
        Interval inner = of(of, facts);
        yield new Interval(
            Math.floorDiv(inner.low(), divisor), Math.floorDiv(inner.high(), divisor));
      }
      case Subscript.Remainder(Subscript of, int divisor) -> remainder(of(of, facts), divisor);
      case Subscript.Exact(Subscript of, int divisor) -> {
        Interval inner = of(of, facts);
        yield new Interval(
            Math.ceilDiv(inner.low(), divisor), Math.floorDiv(inner.high(), divisor));
      }
      case Subscript.Clamp(Subscript of, int size) -> {
        Interval inner = of(of, facts);
        yield new Interval(
            Math.clamp(inner.low(), 0L, size - 1), Math.clamp(inner.high(), 0L, size - 1));
      }
      case Subscript.Wrap(Subscript of, int size) -> remainder(of(of, facts), size);
      case Subscript.Gathered(Expr value) -> Intervals.of(value);
      case Subscript.Plus(Subscript left, Subscript right) ->
          Intervals.add(of(left, facts), of(right, facts));
    };
  }

  private static Interval remainder(Interval of, int divisor) {
    return Math.floorDiv(of.low(), divisor) == Math.floorDiv(of.high(), divisor)
        ? new Interval(Math.floorMod(of.low(), divisor), Math.floorMod(of.high(), divisor))
        : new Interval(0, divisor - 1);
  }

  /** The values of an affine form where the facts hold. */
  static Interval of(Affine form, Facts facts) {
    Map<Index, Interval> ranges = ranges(form, facts);
    if (ranges.values().stream().anyMatch(r -> r.low() > r.high())) {
      return of(form, Facts.NONE); // contradictory facts prove nothing
    }
    long low = minimum(form, ranges);
    long high = -minimum(form.times(-1), ranges);
    for (Affine fact : facts.atLeastZero()) {
      low = Math.max(low, minimumWith(form, fact, ranges));
      high = Math.min(high, -minimumWith(form.times(-1), fact, ranges));
    }
    return new Interval(low, high);
  }

  /** The ranges of all indices concerned, narrowed by the facts about a single one. */
  private static Map<Index, Interval> ranges(Affine form, Facts facts) {
    var ranges = new LinkedHashMap<Index, Interval>();
    form.coefficients().keySet().forEach(i -> ranges.put(i, full(i)));
    for (Affine fact : facts.atLeastZero()) {
      fact.coefficients().keySet().forEach(i -> ranges.putIfAbsent(i, full(i)));
      if (fact.coefficients().size() == 1) {
        var only = fact.coefficients().entrySet().iterator().next();
        ranges.merge(only.getKey(), full(only.getKey()), (old, _) -> narrow(old, fact));
      }
    }
    return ranges;
  }

  private static Interval full(Index index) {
    return new Interval(0, index.extent().most() - 1L);
  }

  /** {@code c·i + d >= 0}. */
  private static Interval narrow(Interval range, Affine fact) {
    long coefficient = fact.coefficients().values().iterator().next();
    return coefficient > 0
        ? new Interval(
            Math.max(range.low(), Math.ceilDiv(-fact.constant(), coefficient)), range.high())
        : new Interval(
            range.low(), Math.min(range.high(), Math.floorDiv(fact.constant(), -coefficient)));
  }

  /** The least value of {@code form - λ·fact} over the box, for the λ that cancels a shared index. */
  private static long minimumWith(Affine form, Affine fact, Map<Index, Interval> ranges) {
    long best = minimum(form, ranges);
    for (Map.Entry<Index, Long> term : fact.coefficients().entrySet()) {
      long own = form.coefficients().getOrDefault(term.getKey(), 0L);
      if (own != 0 && own % term.getValue() == 0 && own / term.getValue() > 0) {
        try {
          Affine rest = form.plus(fact.times(-(own / term.getValue())));
          best = Math.max(best, minimum(rest, ranges));
        } catch (ArithmeticException overflow) {
          // such a fact proves nothing
        }
      }
    }
    return best;
  }

  private static long minimum(Affine form, Map<Index, Interval> ranges) {
    long sum = form.constant();
    for (Map.Entry<Index, Long> term : form.coefficients().entrySet()) {
      Interval range = ranges.get(term.getKey());
      sum +=
          Math.min(
              Intervals.multiply(term.getValue(), range.low()),
              Intervals.multiply(term.getValue(), range.high()));
    }
    return sum;
  }

  /** Whether generated code can compute every position, times {@code stride}, in 32 bits. */
  static boolean isComputable(Subscript subscript, long stride) {
    return switch (subscript) {
      case Subscript.Affine affine -> {
        yield Intervals.multiply(farthest(Affine.of(affine)), stride) <= Integer.MAX_VALUE;
      }
      case Subscript.Quotient(Subscript of, int _) -> isComputable(of, 1);
      case Subscript.Remainder(Subscript of, int _) -> isComputable(of, 1);
      case Subscript.Exact(Subscript of, int _) -> isComputable(of, 1);
      case Subscript.Clamp(Subscript of, int _) -> isComputable(of, 1);
      case Subscript.Wrap(Subscript of, int _) -> isComputable(of, 1);
      case Subscript.Plus(Subscript left, Subscript right) ->
          isComputable(left, stride) && isComputable(right, stride);
      case Subscript.Gathered _ -> true;
    };
  }

  /** The greatest distance from 0, of a batch of no more rows than may see each other. */
  private static long farthest(Affine form) {
    long low = form.constant();
    long high = form.constant();
    for (Map.Entry<Index, Long> term : form.coefficients().entrySet()) {
      int last = term.getKey().extent().isRows() ? MOST_ROWS : term.getKey().extent().most() - 1;
      long reach = Intervals.multiply(term.getValue(), last);
      low += Math.min(0, reach);
      high += Math.max(0, reach);
    }
    return Math.max(Math.abs(low), Math.abs(high));
  }

  /** Whether every position lies within 0..size-1. */
  static boolean isInside(Subscript subscript, int size, Facts facts) {
    if (canBeFractional(subscript)) {
      return false;
    }
    Interval reach = of(subscript, facts);
    return size == Extent.MOST
        ? reach.low() >= 0 && RowPositions.areBelowTheirNumber(netc.ir.Subscripts.toExpr(subscript))
        : reach.isWithin(0, size - 1);
  }

  /** Exact division leaves the tensor where it leaves a remainder; one that never does is none. */
  private static boolean canBeFractional(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Exact _ -> true;
      case Subscript.Plus(Subscript left, Subscript right) ->
          canBeFractional(left) || canBeFractional(right);
      case Subscript.Quotient quotient -> canBeFractional(quotient.of());
      case Subscript.Remainder remainder -> canBeFractional(remainder.of());
      case Subscript.Clamp clamp -> canBeFractional(clamp.of());
      case Subscript.Wrap wrap -> canBeFractional(wrap.of());
      case Subscript.Affine _, Subscript.Gathered _ -> false;
    };
  }
}
