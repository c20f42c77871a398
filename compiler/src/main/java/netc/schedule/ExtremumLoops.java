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
    Scalar better =
        new Scalar.Compare(
            reduction.operator() == Operator.ARGMAX ? Comparison.GREATER : Comparison.LESS,
            value,
            known);
    if (best.isReal()) {
      better =
          new Scalar.Or(
              better,
              new Scalar.And(
                  new Scalar.Compare(Comparison.DIFFERENT, value, value),
                  new Scalar.Compare(Comparison.EQUAL, known, known)));
    }
    Scalar takes = new Scalar.Or(new Scalar.Compare(Comparison.LESS, at, Ints.of(0)), better);
    Statement measured = new Statement.Let(name, ExprToScalar.stored(point, conditions.body()));
    return switch (place) {
      case Locals(var local, var position) ->
          List.of(
              measured,
              new Statement.If(
                  takes,
                  List.of(
                      new Statement.Assign(local, value),
                      new Statement.Assign(position, position(point))),
                  List.of()));
      case LaneElements lanes -> inLanes(point, conditions, lanes, measured, takes, value, known, at);
    };
  }

  /** Without a test of its own a lane stores in any case, so that all lanes do the same. */
  private List<Statement> inLanes(
      Point point,
      Conditions conditions,
      LaneElements place,
      Statement measured,
      Scalar takes,
      Scalar value,
      Scalar known,
      Scalar at) {
    if (conditions.tests().isEmpty()) {
      String better = kernel.fresh("takes");
      Scalar test = new Scalar.Local(better, ScalarType.BOOLEAN);
      return List.of(
          measured,
          new Statement.Let(better, takes),
          new Statement.Store(place.value(), place.lane(), new Scalar.Choose(test, value, known)),
          new Statement.Store(
              place.at(), place.lane(), new Scalar.Choose(test, position(point), at)));
    }
    Statement kept =
        new Statement.If(
            takes,
            List.of(
                new Statement.Store(place.value(), place.lane(), value),
                new Statement.Store(place.at(), place.lane(), position(point))),
            List.of());
    List<Statement> tested = List.of(measured, kept);
    for (Expr test : conditions.tests()) {
      tested = List.of(new Statement.If(ExprToScalar.at(point, test), tested, List.of()));
    }
    return tested;
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
