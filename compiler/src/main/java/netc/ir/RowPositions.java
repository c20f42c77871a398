package netc.ir;

import java.util.Map;

/** Which positions lie on an axis over all rows of a batch, whose length no proof knows. */
public final class RowPositions {
  private RowPositions() {}

  /** The values of an INT tensor that holds positions of rows; no other interval reaches so far. */
  public static final Interval INTERVAL = new Interval(0, Extent.MOST - 1L);

  /** Whether a position is proved to be inside. */
  public static boolean areInside(Subscript at, Bounds bounds) {
    Expr position = Subscripts.toExpr(at);
    Expr beyond = Expr.apply(Primitive.SUBTRACT, position, new Expr.BatchSize());
    return Guards.divides(at).isEmpty()
        && bounds.of(position).low() >= 0
        && (areBelowTheirNumber(position) || bounds.of(beyond).high() < 0);
  }

  /**
   * Whether every value is less than the number of rows: a row's own position, an index over the rows,
   * what was found among them, and what is less than these. There is at least one row.
   */
  public static boolean areBelowTheirNumber(Expr value) {
    return switch (value) {
      case Expr.Int(long number) -> number <= 0;
      case Expr.Position(Index index) -> index.extent().isBatch() || index.extent().isRows();
      case Expr.Read read ->
          read.tensor().interval().filter(INTERVAL::equals).isPresent()
              && read.outside().stream().allMatch(RowPositions::areBelowTheirNumber);
      case Expr.Select(_, var then, var otherwise) ->
          areBelowTheirNumber(then) && areBelowTheirNumber(otherwise);
      case Expr.Custom(var of, _, _) -> areBelowTheirNumber(of);
      case Expr.Apply apply -> areBelowTheirNumber(apply);
      case Expr.BatchSize _, Expr.Real _, Expr.Bool _, Expr.Training _ -> false;
    };
  }

  private static boolean areBelowTheirNumber(Expr.Apply apply) {
    return switch (apply.primitive()) {
      case MIN -> apply.arguments().stream().anyMatch(RowPositions::areBelowTheirNumber);
      case MAX -> apply.arguments().stream().allMatch(RowPositions::areBelowTheirNumber);
      case STOP -> areBelowTheirNumber(apply.arguments().getFirst());
      case ADD, SUBTRACT -> {
        Linear sum = Linear.of(apply);
        Map<Expr, Long> parts = sum.coefficients();
        yield sum.constant() <= 0
            && (parts.isEmpty()
                || parts.size() == 1
                    && parts.values().iterator().next() == 1
                    && (areBelowTheirNumber(parts.keySet().iterator().next())
                        || sum.constant() < 0
                            && parts.keySet().iterator().next() instanceof Expr.BatchSize));
      }
      default -> false;
    };
  }
}
