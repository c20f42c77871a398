package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Reduction;
import netc.ir.Reduction.Operator;
import netc.ir.Step.Equation;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.Scalar.Comparison;
import netc.loop.Scalar.Function;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * ARGMAX and ARGMIN: the best value so far and its position, side by side. The first of equals stays; NaN
 * is better than any number.
 */
final class ExtremumLoops {
  private final KernelBuilder kernel;
  private final Equation equation;
  private final Reduction reduction;
  private final Expr body;
  private final Optional<Index> batch;
  private final ScalarType best;

  ExtremumLoops(
      KernelBuilder kernel,
      Equation equation,
      Reduction reduction,
      Expr body,
      Optional<Index> batch) {
    this.kernel = kernel;
    this.equation = equation;
    this.reduction = reduction;
    this.body = body;
    this.batch = batch;
    this.best =
        body.type() == ElementType.REAL ? kernel.arrays().real() : ScalarType.INT;
  }

  /** One element of the target. */
  List<Statement> lower(Point point) {
    boolean lanes = kernel.arrays().isLanes(equation.target());
    String target = kernel.array(equation.target());
    Scalar offset = offset(point);
    var statements = new ArrayList<Statement>();
    var conditions =
        Conditions.of(reduction.operator(), reduction.filter().map(Guards::explicit), body, false);
    if (!lanes) {
      String value = kernel.fresh("best");
      String at = kernel.fresh("at");
      statements.add(new Statement.Let(value, Terms.neutral(reduction.operator(), best)));
      statements.add(new Statement.Let(at, Ints.of(-1)));
      statements.addAll(
          nest(conditions, point, inner -> compare(inner, conditions, new Locals(value, at))));
      statements.add(
          new Statement.Store(target, offset, Ints.max(Ints.local(at), Ints.of(0))));
      return statements;
    }
    String at = kernel.fresh("y");
    String value = kernel.fresh("y");
    String scratch = kernel.scratch(new ArrayType(best, 2), 1);
    statements.add(new Statement.LetRow(at, target, ScalarType.INT, offset));
    statements.add(new Statement.LetRow(value, scratch, best, Ints.of(0)));
    String first = kernel.fresh("b");
    statements.add(
        rows(
            first,
            List.of(
                new Statement.Store(at, Ints.local(first), Ints.of(-1)),
                new Statement.Store(
                    value, Ints.local(first), Terms.neutral(reduction.operator(), best)))));
    statements.addAll(
        nest(
            new Conditions(conditions.facts(), shared(conditions), conditions.body()),
            point,
            inner -> laneCompare(inner, conditions, value, at)));
    String last = kernel.fresh("b");
    Scalar found = new Scalar.Load(at, Ints.local(last), ScalarType.INT);
    statements.add(
        rows(
            last,
            List.of(new Statement.Store(at, Ints.local(last), Ints.max(found, Ints.of(0))))));
    return statements;
  }

  private static List<Expr> shared(Conditions conditions) {
    return conditions.tests().stream().filter(Lanes::areEqualFor).toList();
  }

  private List<Statement> nest(
      Conditions conditions,
      Point point,
      java.util.function.Function<Point, List<Statement>> leaf) {
    List<Index> order =
        reduction.indices().stream().filter(i -> !i.extent().isBatch()).toList();
    return new ReductionNest(
            kernel, order, 1, conditions, points -> leaf.apply(points.getFirst().getFirst()))
        .loops(List.of(point));
  }

  private List<Statement> laneCompare(
      Point point, Conditions conditions, String value, String at) {
    return new LaneLoop(kernel, batch)
        .over(
            List.of(List.of(point)),
            conditions.body(),
            (points, chosen, lane) -> {
              Point inner = points.getFirst().getFirst();
              var own =
                  conditions.tests().stream().filter(t -> !Lanes.areEqualFor(t)).toList();
              return compare(
                  inner,
                  new Conditions(List.of(), own, chosen),
                  new LaneElements(value, at, lane));
            });
  }

  /** Where the best value and its position are kept. */
  private sealed interface Place {}

  private record Locals(String value, String at) implements Place {}

  private record LaneElements(String value, String at, Scalar lane) implements Place {}

  private List<Statement> compare(Point point, Conditions conditions, Place place) {
    String name = kernel.fresh("v");
    Scalar value = new Scalar.Local(name, best);
    Scalar known =
        switch (place) {
          case Locals(var local, _) -> new Scalar.Local(local, best);
          case LaneElements(var row, _, var lane) -> new Scalar.Load(row, lane, best);
        };
    Scalar at =
        switch (place) {
          case Locals(_, var local) -> Ints.local(local);
          case LaneElements(_, var row, var lane) ->
              new Scalar.Load(row, lane, ScalarType.INT);
        };
    Statement measured = new Statement.Let(name, ExprToScalar.stored(point, conditions.body()));
    return switch (place) {
      case Locals(var local, var position) ->
          List.of(
              measured,
              new Statement.If(
                  takes(value, known, at),
                  List.of(
                      new Statement.Assign(local, value),
                      new Statement.Assign(position, position(point))),
                  List.of()));
      case LaneElements lanes when conditions.tests().isEmpty() ->
          everyLane(point, lanes, measured, value, known, at);
      case LaneElements lanes -> {
        Statement kept =
            new Statement.If(
                takes(value, known, at),
                List.of(
                    new Statement.Store(lanes.value(), lanes.lane(), value),
                    new Statement.Store(lanes.at(), lanes.lane(), position(point))),
                List.of());
        List<Statement> tested = List.of(measured, kept);
        for (Expr test : conditions.tests()) {
          tested = List.of(new Statement.If(ExprToScalar.at(point, test), tested, List.of()));
        }
        yield tested;
      }
    };
  }

  /** Whether a value takes the place of the known one: the first does, NaN does, and then stays. */
  private Scalar takes(Scalar value, Scalar known, Scalar at) {
    Comparison worse = reduction.operator() == Operator.ARGMAX ? Comparison.AT_MOST : Comparison.AT_LEAST;
    Scalar better = new Scalar.Not(new Scalar.Compare(worse, value, known));
    if (best.isReal()) {
      better = new Scalar.And(better, new Scalar.Compare(Comparison.EQUAL, known, known));
    }
    return new Scalar.Or(new Scalar.Compare(Comparison.LESS, at, Ints.of(0)), better);
  }

  /**
   * Stores in any case, so that all lanes do the same. The value is a maximum, not a choice: of two choices
   * by one test the JIT compiler makes a branch.
   */
  private List<Statement> everyLane(
      Point point, LaneElements place, Statement measured, Scalar value, Scalar known, Scalar at) {
    var before = new Scalar.Local(kernel.fresh("known"), best);
    var position = new Scalar.Local(kernel.fresh("at"), ScalarType.INT);
    var takes = new Scalar.Local(kernel.fresh("takes"), ScalarType.BOOLEAN);
    Function extremum = reduction.operator() == Operator.ARGMAX ? Function.MAX : Function.MIN;
    return List.of(
        measured,
        new Statement.Let(before.name(), known),
        new Statement.Let(position.name(), at),
        new Statement.Let(takes.name(), takes(value, before, position)),
        new Statement.Store(
            place.value(), place.lane(), new Scalar.Call(extremum, List.of(value, before), best)),
        new Statement.Store(
            place.at(), place.lane(), new Scalar.Choose(takes, position(point), position)));
  }

  private Scalar position(Point point) {
    return Sizes.position(reduction.indices(), point);
  }

  private Scalar offset(Point point) {
    List<Index> outputs =
        equation.outputs().stream().filter(i -> !i.extent().isBatch()).toList();
    return Sizes.position(outputs, point);
  }

  private Statement rows(String lane, List<Statement> body) {
    return new Statement.For(lane, Ints.of(0), kernel.rowArgument(Kernel.ROWS), 1, body);
  }
}
