package netc.check;

import java.util.List;
import netc.ir.Expr;
import netc.ir.Interval;

/** The values that an integer expression can take; bounds saturate instead of overflowing. */
final class Intervals {
  private static final Interval ANY = new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE);

  private Intervals() {}

  static Interval of(Expr expr) {
    return switch (expr) {
      case Expr.Int(long value) -> new Interval(value, value);
      case Expr.Position(var index) ->
          new Interval(0, index.extent().most() - 1L);
      case Expr.BatchSize() -> new Interval(1, Integer.MAX_VALUE);
      case Expr.Read read -> {
        Interval inside = read.tensor().interval().orElse(ANY);
        yield read.outside().map(o -> union(inside, of(o))).orElse(inside);
      }
      case Expr.Select select -> union(of(select.then()), of(select.otherwise()));
      case Expr.Custom custom -> of(custom.value());
      case Expr.Apply apply -> of(apply);
      case Expr.Real _, Expr.Bool _, Expr.Training _ -> ANY;
    };
  }

  private static Interval of(Expr.Apply apply) {
    List<Interval> of = apply.arguments().stream().map(Intervals::of).toList();
    Interval a = of.getFirst();
    return switch (apply.primitive()) {
      case ADD -> add(a, of.get(1));
      case SUBTRACT -> add(a, negate(of.get(1)));
      case NEGATE -> negate(a);
      case MULTIPLY -> multiply(a, of.get(1));
      case MIN -> new Interval(Math.min(a.low(), of.get(1).low()), Math.min(a.high(), of.get(1).high()));
      case MAX -> new Interval(Math.max(a.low(), of.get(1).low()), Math.max(a.high(), of.get(1).high()));
      case CLAMP -> {
        Interval low = of.get(1);
        Interval high = of.get(2);
        yield new Interval(
            Math.min(Math.max(a.low(), low.low()), high.low()),
            Math.min(Math.max(a.high(), low.high()), high.high()));
      }
      case ABS -> {
        long most = Math.max(Math.abs(a.low()), Math.abs(a.high()));
        yield new Interval(a.low() <= 0 && a.high() >= 0 ? 0 : Math.min(Math.abs(a.low()), Math.abs(a.high())), most);
      }
      case FLOOR_DIVIDE ->
          of.get(1).low() == of.get(1).high() && of.get(1).low() > 0
              ? new Interval(
                  Math.floorDiv(a.low(), of.get(1).low()), Math.floorDiv(a.high(), of.get(1).low()))
              : ANY;
      case REMAINDER ->
          of.get(1).low() > 0 ? new Interval(0, of.get(1).high() - 1) : ANY;
      case STOP -> a;
      default -> ANY;
    };
  }

  static Interval add(Interval a, Interval b) {
    return new Interval(add(a.low(), b.low()), add(a.high(), b.high()));
  }

  private static Interval negate(Interval a) {
    return new Interval(-a.high(), -a.low());
  }

  private static Interval multiply(Interval a, Interval b) {
    long p = multiply(a.low(), b.low());
    long q = multiply(a.low(), b.high());
    long r = multiply(a.high(), b.low());
    long s = multiply(a.high(), b.high());
    return new Interval(
        Math.min(Math.min(p, q), Math.min(r, s)), Math.max(Math.max(p, q), Math.max(r, s)));
  }

  static Interval union(Interval a, Interval b) {
    return new Interval(Math.min(a.low(), b.low()), Math.max(a.high(), b.high()));
  }

  /** A product that stops far outside every tensor. */
  static long multiply(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    boolean fits = (high == 0 && low >= 0) || (high == -1 && low < 0);
    long limit = 1L << 52;
    return fits ? Math.clamp(low, -limit, limit) : (a < 0) == (b < 0) ? limit : -limit;
  }

  private static long add(long a, long b) {
    long limit = 1L << 53;
    return Math.clamp(Math.clamp(a, -limit, limit) + Math.clamp(b, -limit, limit), -limit, limit);
  }
}
