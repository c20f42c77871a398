package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Reduction;
import netc.ir.Reduction.Operator;
import netc.ir.Step.Equation;
import netc.loop.ArrayType;
import netc.loop.CodeSize;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * One equation as one kernel: loops over the outputs, in them the reduction, innermost the lanes.
 * Where the accumulator lives depends on the layout: in the lanes of the target's row, in a scratch
 * row that is added up at the end (a sum over the batch), or in locals.
 */
final class EquationToLoops {
  /** From so many points an element on, a sum over the batch keeps an accumulator a lane. */
  private static final int LANE_SUM_POINTS = 8;

  private final KernelBuilder kernel;
  private final Equation equation;
  private final List<Index> outputs;
  private final List<Index> looped;
  private final Optional<Index> batch;
  private final boolean laneTarget;
  private final ScalarType element;
  private final boolean hasTiles;

  private EquationToLoops(KernelBuilder kernel, Equation equation, boolean hasTiles) {
    this.kernel = kernel;
    this.equation = equation;
    this.hasTiles = hasTiles;
    this.outputs = equation.outputs().stream().filter(i -> !Lanes.isBatch(i)).toList();
    this.looped = kernel.looped(outputs);
    this.batch =
        java.util.stream.Stream.concat(
                equation.outputs().stream(),
                equation.reduction().stream().flatMap(r -> r.indices().stream()))
            .filter(Lanes::isBatch)
            .findFirst();
    this.laneTarget = kernel.arrays().isLanes(equation.target());
    this.element = kernel.arrays().scalarType(equation.target().type());
  }

  /**
   * @param time the index of the scan whose single step the kernel computes
   */
  static KernelCall lower(Equation equation, Arrays arrays, Optional<Index> time) {
    return lower(equation, arrays, time, false);
  }

  /**
   * The same; loops for two releases of Java, where they fit into a method.
   *
   * @param hasTiles whether tiles compute it where there are vectors, and these loops only where there are none
   */
  static KernelCall lower(
      Equation equation, Arrays arrays, Optional<Index> time, boolean hasTiles) {
    KernelCall call =
        KernelBuilder.fitting(
            arrays, time, equation.place(), kernel -> new EquationToLoops(kernel, equation, hasTiles).lower());
    boolean isTooLong = hasTiles && CodeSize.of(call.kernel()) > CodeSize.LARGEST;
    return isTooLong ? lower(equation, arrays, time, false) : call;
  }

  private List<Statement> lower() {
    boolean lanes = kernel.arrays().hasLanes();
    Point start = Point.outermost(kernel);
    Point outermost = lanes || batch.isEmpty() ? start : start.with(batch.get(), Ints.of(0));
    Expr body = Guards.explicit(value(equation.body()));
    if (equation.reduction().isEmpty()) {
      return outputLoops(outermost, Optional.empty(), 0, copies -> elementwise(copies, body));
    }
    Reduction reduction = equation.reduction().get();
    List<Index> reduced =
        reduction.indices().stream().filter(i -> !Lanes.isBatch(i)).toList();
    if (reduction.operator() == Operator.ARGMAX || reduction.operator() == Operator.ARGMIN) {
      var extremum = new ExtremumLoops(kernel, equation, reduction, body, batch);
      return outputLoops(outermost, Optional.empty(), 0, copies -> extremum.lower(copies.getFirst()));
    }
    boolean sumOfLanes = lanes && batch.isPresent() && !laneTarget;
    boolean inLanes = laneTarget || sumOfLanes;
    Conditions conditions =
        Conditions.of(
            reduction.operator(), reduction.filter().map(Guards::explicit), body, inLanes);
    boolean laneAccumulators =
        sumOfLanes
            && reduction.operator() == Operator.SUM
            && element.isReal()
            && points(reduced) >= LANE_SUM_POINTS;
    Jam jam =
        sumOfLanes && !laneAccumulators
            ? Jam.none(reduced, conditions)
            : Jam.of(reduction.operator(), looped, reduced, conditions, inLanes, sumOfLanes);
    if (laneTarget) {
      Function<PlainTile, List<Statement>> loops =
          tile ->
              outputLoops(
                  outermost,
                  jam.rows(tile.results()),
                  0,
                  copies -> intoRow(copies, reduction.operator(), conditions, jam, tile));
      boolean isTile = hasTiles && jam.twin().isPresent() && jam.taps() == PlainTile.TAPS;
      return isTile ? PlainTile.choose(loops) : loops.apply(PlainTile.PAIR);
    }
    Function<List<Point>, List<Statement>> element =
        laneAccumulators
            ? copies -> throughRow(copies, conditions, jam)
            : copies -> intoLocals(copies, reduction.operator(), conditions, jam, sumOfLanes);
    return outputLoops(outermost, jam.rows(PlainTile.PAIR.results()), 0, element);
  }

  /** A custom derivative does not matter here; its guarded argument neither. */
  static Expr value(Expr body) {
    return body instanceof Expr.Custom(var value, _, _) ? value : body;
  }

  private static long points(List<Index> reduced) {
    return reduced.stream().mapToLong(i -> i.extent().about()).reduce(1, (a, b) -> a * b);
  }

  // ---------- outputs ----------

  private List<Statement> outputLoops(
      Point point,
      Optional<TileLoops.Rows> rows,
      int depth,
      Function<List<Point>, List<Statement>> leaf) {
    return outputLoops(List.of(point), rows, depth, leaf);
  }

  private List<Statement> outputLoops(
      List<Point> copies,
      Optional<TileLoops.Rows> rows,
      int depth,
      Function<List<Point>, List<Statement>> leaf) {
    if (depth == looped.size()) {
      return leaf.apply(copies);
    }
    Index index = looped.get(depth);
    int most = rows.filter(r -> r.index().equals(index)).map(TileLoops.Rows::most).orElse(1);
    return Split.loops(
        kernel,
        index,
        most,
        (count, first) -> {
          List<Point> inside =
              copies.stream().flatMap(copy -> copy.upwards(index, first, count).stream()).toList();
          return outputLoops(inside, rows, depth + 1, leaf);
        });
  }

  private Scalar offset(Point point) {
    return Sizes.position(outputs, point);
  }

  private String target() {
    return kernel.array(equation.target());
  }

  // ---------- without a reduction ----------

  private List<Statement> elementwise(List<Point> copies, Expr body) {
    Point point = copies.getFirst();
    if (!laneTarget) {
      return List.of(
          new Statement.Store(target(), offset(point), ExprToScalar.stored(point, body)));
    }
    String row = kernel.fresh("y");
    var statements = new ArrayList<Statement>();
    statements.add(new Statement.LetRow(row, target(), element, offset(point)));
    statements.addAll(
        new LaneLoop(kernel, batch)
            .over(
                List.of(List.of(point)),
                body,
                (points, value, lane) ->
                    List.of(
                        new Statement.Store(
                            row, lane, ExprToScalar.stored(points.getFirst().getFirst(), value)))));
    return statements;
  }

  // ---------- reductions ----------

  /** The accumulators are the lanes of the target's rows. */
  private List<Statement> intoRow(
      List<Point> copies, Operator operator, Conditions conditions, Jam jam, PlainTile tile) {
    var rows = new ArrayList<String>();
    var statements = new ArrayList<Statement>();
    for (Point copy : copies) {
      String row = kernel.fresh("y");
      statements.add(new Statement.LetRow(row, target(), element, offset(copy)));
      rows.add(row);
    }
    accumulate(copies, rows, operator, conditions, jam, tile, statements);
    return statements;
  }

  /** The accumulators are the lanes of scratch rows, added up at the end. */
  private List<Statement> throughRow(List<Point> copies, Conditions conditions, Jam jam) {
    String scratch = kernel.scratch(new ArrayType(element, 2), 2);
    var rows = new ArrayList<String>();
    var statements = new ArrayList<Statement>();
    for (int copy = 0; copy < copies.size(); copy++) {
      String row = kernel.fresh("y");
      statements.add(new Statement.LetRow(row, scratch, element, Ints.of(copy)));
      rows.add(row);
    }
    accumulate(copies, rows, Operator.SUM, conditions, jam, PlainTile.PAIR, statements);
    for (int copy = 0; copy < copies.size(); copy++) {
      String sum = kernel.fresh("sum");
      statements.add(new Statement.Let(sum, Terms.neutral(Operator.SUM, element)));
      String lane = kernel.fresh("b");
      Scalar next =
          Terms.join(
              Operator.SUM,
              new Scalar.Local(sum, element),
              new Scalar.Load(rows.get(copy), Ints.local(lane), element));
      statements.add(allRows(lane, List.of(new Statement.Assign(sum, next))));
      statements.add(
          new Statement.Store(target(), offset(copies.get(copy)), new Scalar.Local(sum, element)));
    }
    return statements;
  }

  private void accumulate(
      List<Point> copies,
      List<String> rows,
      Operator operator,
      Conditions conditions,
      Jam jam,
      PlainTile tile,
      List<Statement> statements) {
    for (String row : rows) {
      String lane = kernel.fresh("b");
      statements.add(
          allRows(
              lane,
              List.of(
                  new Statement.Store(row, Ints.local(lane), Terms.neutral(operator, element)))));
    }
    var nest =
        new ReductionNest(
            kernel,
            jam.order(),
            jam.taps(),
            conditions,
            points ->
                new LaneLoop(kernel, batch)
                    .over(
                        points,
                        conditions.body(),
                        (inLanes, body, lane) ->
                            laneStores(inLanes, body, lane, rows, operator, tile)));
    statements.addAll(nest.loops(copies));
  }

  private List<Statement> laneStores(
      List<List<Point>> points,
      Expr body,
      Scalar lane,
      List<String> rows,
      Operator operator,
      PlainTile tile) {
    var stores = new ArrayList<Statement>();
    for (int copy = 0; copy < points.size(); copy++) {
      Scalar sum = new Scalar.Load(rows.get(copy), lane, element);
      for (Point tap : points.get(copy)) {
        sum = Terms.accumulate(operator, sum, tap, body);
      }
      stores.add(new Statement.Store(rows.get(copy), lane, sum));
    }
    return SharedLoads.of(stores, tile.sharedLoads());
  }

  /** The accumulators are locals, one a copy and tap. */
  private List<Statement> intoLocals(
      List<Point> copies, Operator operator, Conditions conditions, Jam jam, boolean overLanes) {
    var statements = new ArrayList<Statement>();
    var names = new ArrayList<List<String>>();
    for (int copy = 0; copy < copies.size(); copy++) {
      var taps = new ArrayList<String>();
      for (int tap = 0; tap < jam.taps(); tap++) {
        String name = kernel.fresh("sum");
        statements.add(new Statement.Let(name, Terms.neutral(operator, element)));
        taps.add(name);
      }
      names.add(taps);
    }
    var nest =
        new ReductionNest(
            kernel,
            jam.order(),
            jam.taps(),
            conditions,
            points ->
                overLanes
                    ? new LaneLoop(kernel, batch)
                        .over(
                            points,
                            conditions.body(),
                            (inLanes, body, _) -> assigns(inLanes, body, names, operator))
                    : assigns(points, conditions.body(), names, operator));
    statements.addAll(nest.loops(copies));
    for (int copy = 0; copy < copies.size(); copy++) {
      statements.add(
          new Statement.Store(
              target(), offset(copies.get(copy)), joined(names.get(copy), operator)));
    }
    return statements;
  }

  private List<Statement> assigns(
      List<List<Point>> points, Expr body, List<List<String>> names, Operator operator) {
    var assigns = new ArrayList<Statement>();
    for (int copy = 0; copy < points.size(); copy++) {
      List<String> sums = names.get(copy);
      // The rest of the taps goes into one sum, whether it is known at compile time or not: a scan's step
      // has the bits of the whole.
      boolean isRest = points.get(copy).size() < sums.size();
      for (int tap = 0; tap < points.get(copy).size(); tap++) {
        String name = sums.get(isRest ? 0 : tap);
        Scalar value =
            Terms.accumulate(
                operator,
                new Scalar.Local(name, element),
                points.get(copy).get(tap),
                body);
        assigns.add(new Statement.Assign(name, value));
      }
    }
    return assigns;
  }

  private Scalar joined(List<String> names, Operator operator) {
    if (names.size() == 1) {
      return new Scalar.Local(names.getFirst(), element);
    }
    int half = names.size() / 2;
    return Terms.join(
        operator,
        joined(names.subList(0, half), operator),
        joined(names.subList(half, names.size()), operator));
  }

  private Statement allRows(String lane, List<Statement> body) {
    return new Statement.For(lane, Ints.of(0), kernel.rowArgument(Kernel.ROWS), 1, body);
  }
}
