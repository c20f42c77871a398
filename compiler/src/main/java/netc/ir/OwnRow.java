package netc.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A condition {@code batch == n and rest}: of all rows n it leaves an example its own. So {@code sum[batch
 * if batch == n] k[batch, d]} stacks what the examples have, and {@code sum[n if batch == n] k[n, d]}
 * takes the own row back.
 *
 * @param batch the example
 * @param row an index over all rows
 * @param rest what the condition says besides
 */
public record OwnRow(Index batch, Index row, Expr rest) {

  /** The condition that an index over the rows is at the example's own. */
  public static Expr condition(Index batch, Index row) {
    return Expr.apply(Primitive.EQUAL, new Expr.Position(batch), new Expr.Position(row));
  }

  /** The first such comparison that a condition makes. */
  public static Optional<OwnRow> in(Expr condition) {
    var rest = new ArrayList<Expr>();
    Optional<OwnRow> found = Optional.empty();
    for (Expr part : parts(condition)) {
      Optional<OwnRow> own = found.isEmpty() ? comparison(part) : Optional.empty();
      if (own.isPresent()) {
        found = own;
      } else {
        rest.add(part);
      }
    }
    return found.map(own -> new OwnRow(own.batch, own.row, Algebra.all(rest)));
  }

  private static List<Expr> parts(Expr condition) {
    return condition instanceof Expr.Apply(var primitive, var sides) && primitive == Primitive.AND
        ? sides.stream().flatMap(side -> parts(side).stream()).toList()
        : List.of(condition);
  }

  private static Optional<OwnRow> comparison(Expr expr) {
    if (!(expr instanceof Expr.Apply(var primitive, var sides))
        || primitive != Primitive.EQUAL
        || !(sides.get(0) instanceof Expr.Position(Index left))
        || !(sides.get(1) instanceof Expr.Position(Index right))) {
      return Optional.empty();
    }
    if (left.extent().isBatch() && right.extent().isRows()) {
      return Optional.of(new OwnRow(left, right, new Expr.Bool(true)));
    }
    return right.extent().isBatch() && left.extent().isRows()
        ? Optional.of(new OwnRow(right, left, new Expr.Bool(true)))
        : Optional.empty();
  }

  /** Puts the example's position in the place of the row. */
  public Substitution substitution() {
    return new Substitution(Map.of(row, new Subscript.Gathered(new Expr.Position(batch))));
  }
}
