package netc.ir;

import java.util.Optional;

/** What a condition such as {@code 3 == i} says: where it holds, the index has this one position. */
public record FixedPosition(Index index, long at) {

  /** What the condition says of an index, if it is of that form. */
  public static Optional<FixedPosition> of(Expr condition) {
    if (!(condition instanceof Expr.Apply(var primitive, var sides))
        || primitive != Primitive.EQUAL) {
      return Optional.empty();
    }
    return of(sides.get(0), sides.get(1)).or(() -> of(sides.get(1), sides.get(0)));
  }

  private static Optional<FixedPosition> of(Expr number, Expr position) {
    return number instanceof Expr.Int(long at) && position instanceof Expr.Position(Index index)
        ? Optional.of(new FixedPosition(index, at))
        : Optional.empty();
  }

  /** Whether both cannot hold at once. */
  public boolean excludes(FixedPosition other) {
    return index.equals(other.index) && at != other.at;
  }
}
