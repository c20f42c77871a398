package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Expr;
import netc.ir.Index;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.Statement;

/**
 * The innermost loop, over the examples of a block. Conditions that are the same in all lanes are
 * decided in front of it: one loop a branch.
 */
final class LaneLoop {
  /** More loops than this are never made of one; the rest is decided lane by lane. */
  static final int MOST_BRANCHES = 16;

  private final KernelBuilder kernel;
  private final Optional<Index> batch;

  LaneLoop(KernelBuilder kernel, Optional<Index> batch) {
    this.kernel = kernel;
    this.batch = batch;
  }

  /** Makes the statements inside the loop for the points [copy][tap]. */
  interface Inside {
    List<Statement> body(List<List<Point>> points, Expr value, Scalar lane);
  }

  List<Statement> over(List<List<Point>> points, Expr body, Inside inside) {
    return decided(points, body, inside, kernel.mostBranches());
  }

  private List<Statement> decided(
      List<List<Point>> points, Expr body, Inside inside, int branches) {
    Optional<Expr> condition = branches > 1 ? sharedCondition(body) : Optional.empty();
    if (condition.isEmpty()) {
      return loop(points, body, inside);
    }
    Scalar test = ExprToScalar.at(points.getFirst().getFirst(), condition.get());
    return List.of(
        new Statement.If(
            test,
            decided(points, Conditions.assume(body, condition.get(), true), inside, branches / 2),
            decided(
                points, Conditions.assume(body, condition.get(), false), inside, branches - 1)));
  }

  /** The outermost condition that does not depend on the lane, nor on a condition around it. */
  private static Optional<Expr> sharedCondition(Expr body) {
    return switch (body) {
      case Expr.Select(var condition, var then, var otherwise) ->
          Lanes.areEqualFor(condition) && Conditions.standsAlone(condition)
              ? Optional.of(condition)
              : sharedCondition(then).or(() -> sharedCondition(otherwise));
      case Expr.Apply(_, var arguments) ->
          arguments.stream().flatMap(a -> sharedCondition(a).stream()).findFirst();
      default -> Optional.empty();
    };
  }

  private List<Statement> loop(List<List<Point>> points, Expr body, Inside inside) {
    String lane = kernel.fresh("b");
    var front = new Point.Preamble();
    List<List<Point>> inLanes =
        points.stream()
            .map(copy -> copy.stream().map(p -> p.inLanes(Ints.local(lane), batch, front)).toList())
            .toList();
    List<Statement> statements = inside.body(inLanes, body, Ints.local(lane));
    var all = new ArrayList<>(front.statements());
    all.add(
        new Statement.For(
            lane, Ints.of(0), kernel.rowArgument(Kernel.ROWS), 1, statements));
    return all;
  }
}
