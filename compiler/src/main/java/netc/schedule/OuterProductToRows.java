package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import netc.ir.Index;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * A sum of outer products as plain loops that the JIT compiler turns into vectors. A dot product over the
 * lanes it would leave scalar; so the examples of one factor are copied into rows of their own, {@code
 * [example][k]}, and added up four at a time along k. With taps there is a sum for each row of the result,
 * to which the examples of one tap after the other are added while their copy is in the first-level cache.
 */
final class OuterProductToRows {
  private final OuterProduct product;
  private final Arrays arrays;
  private final ArrayType matrix;

  private OuterProductToRows(OuterProduct product, Arrays arrays) {
    this.product = product;
    this.arrays = arrays;
    this.matrix = new ArrayType(arrays.real(), 2);
  }

  static List<KernelCall> lower(OuterProduct product, Arrays arrays) {
    var loops = new OuterProductToRows(product, arrays);
    ArrayReference examples = arrays.scratchRows(loops.matrix, arrays.blockRows(), product.length());
    return product.taps().isEmpty()
        ? List.of(loops.transposed(examples), loops.added(examples))
        : List.of(loops.overTaps(examples));
  }

  private KernelCall kernel(Function<KernelBuilder, List<Statement>> body) {
    return KernelBuilder.fitting(arrays, Optional.empty(), product.equation().place(), body);
  }

  // ---------- examples alone ----------

  private KernelCall transposed(ArrayReference examples) {
    return kernel(k -> copy(k, k.array(examples, matrix), Point.outermost(k), 0))
        .as(new Role.Copy(false, true));
  }

  private KernelCall added(ArrayReference examples) {
    ArrayReference scratch = arrays.scratchRows(matrix, PlainTile.mostResults(product.length()), product.length());
    return kernel(
        k -> {
          String rows = k.array(examples, matrix);
          String sums = k.array(scratch, matrix);
          BiFunction<RowSums, List<Point>, List<Statement>> inside =
              (results, copies) -> {
                var statements = new ArrayList<>(results.zeros());
                statements.addAll(examples(k, results, rows, copies));
                statements.addAll(stored(k, results, copies));
                return statements;
              };
          return PlainTile.choose(product.length(), tile -> overResults(k, tile, sums, Point.outermost(k), inside));
        });
  }

  // ---------- taps ----------

  private KernelCall overTaps(ArrayReference examples) {
    ArrayReference scratch = arrays.scratchRows(matrix, product.count(), product.length());
    return kernel(
            k -> {
              String rows = k.array(examples, matrix);
              String sums = k.array(scratch, matrix);
              return PlainTile.choose(product.length(), tile -> overTaps(k, tile, rows, sums));
            })
        .as(new Role.Rows(product.length(), false));
  }

  private List<Statement> overTaps(KernelBuilder kernel, PlainTile tile, String rows, String sums) {
    Point start = Point.outermost(kernel);
    var statements = new ArrayList<Statement>();
    statements.addAll(overResults(kernel, tile, sums, start, (results, _) -> results.zeros()));
    statements.addAll(overTaps(kernel, tile, rows, sums, start, 0));
    statements.addAll(
        overResults(kernel, tile, sums, start, (results, copies) -> stored(kernel, results, copies)));
    return statements;
  }

  private List<Statement> overTaps(
      KernelBuilder kernel, PlainTile tile, String rows, String sums, Point point, int depth) {
    if (depth == product.taps().size()) {
      var statements = new ArrayList<>(copy(kernel, rows, point, 0));
      statements.addAll(
          overResults(
              kernel, tile, sums, point, (results, copies) -> examples(kernel, results, rows, copies)));
      return statements;
    }
    Index tap = product.taps().get(depth);
    String variable = kernel.fresh("t");
    return List.of(
        over(
            variable,
            tap,
            kernel,
            overTaps(kernel, tile, rows, sums, point.with(tap, Ints.local(variable)), depth + 1)));
  }

  // ---------- parts of both ----------

  /** The examples at a point as rows. */
  private List<Statement> copy(KernelBuilder kernel, String copy, Point point, int depth) {
    if (depth == product.inner().size()) {
      return new LaneLoop(kernel, Optional.of(product.batch()))
          .over(
              List.of(List.of(point)),
              product.rows(),
              (points, value, lane) ->
                  List.of(
                      new Statement.StoreLane(
                          copy,
                          lane,
                          Sizes.position(product.inner(), point),
                          ExprToScalar.at(points.getFirst().getFirst(), value))));
    }
    Index index = product.inner().get(depth);
    String variable = kernel.fresh("i");
    return List.of(
        over(
            variable,
            index,
            kernel,
            copy(kernel, copy, point.with(index, Ints.local(variable)), depth + 1)));
  }

  private static Statement over(
      String variable, Index index, KernelBuilder kernel, List<Statement> body) {
    return new Statement.For(variable, Ints.of(0), Sizes.of(index.extent(), kernel), 1, body);
  }

  /**
   * Something for the results of some values of the last outer index at a time.
   *
   * @param sums a row for each result, or those of a tile, which the next one uses again
   */
  private List<Statement> overResults(
      KernelBuilder kernel,
      PlainTile tile,
      String sums,
      Point point,
      BiFunction<RowSums, List<Point>, List<Statement>> inside) {
    return overOuter(
        kernel,
        tile,
        List.of(point),
        0,
        copies -> {
          Scalar first =
              product.taps().isEmpty() ? Ints.of(0) : Sizes.position(product.outer(), copies.getFirst());
          var results = new RowSums(kernel, sums, first, copies.size(), product.length(), tile);
          var statements = new ArrayList<>(results.begun());
          statements.addAll(inside.apply(results, copies));
          return statements;
        });
  }

  private List<Statement> overOuter(
      KernelBuilder kernel,
      PlainTile tile,
      List<Point> copies,
      int depth,
      Function<List<Point>, List<Statement>> leaf) {
    List<Index> outer = product.outer();
    if (depth == outer.size()) {
      return leaf.apply(copies);
    }
    Index index = outer.get(depth);
    Point point = copies.getFirst();
    return Split.loops(
        kernel,
        index,
        depth == outer.size() - 1 ? tile.results() : 1,
        (count, first) ->
            overOuter(kernel, tile, point.upwards(index, first, count), depth + 1, leaf));
  }

  /** Adds the rows of all examples to the results. */
  private List<Statement> examples(
      KernelBuilder kernel, RowSums results, String rows, List<Point> copies) {
    Scalar all = kernel.rowArgument(Kernel.ROWS);
    String middle = kernel.fresh("middle");
    return List.of(
        new Statement.Let(middle, Ints.floor(all, PlainTile.TAPS)),
        examples(kernel, results, rows, copies, Ints.of(0), Ints.local(middle), PlainTile.TAPS),
        examples(kernel, results, rows, copies, Ints.local(middle), all, 1));
  }

  private Statement examples(
      KernelBuilder kernel,
      RowSums results,
      String rows,
      List<Point> copies,
      Scalar from,
      Scalar to,
      int atOnce) {
    String example = kernel.fresh("b");
    RowSums.Factor factor =
        (copy, i) -> {
          Scalar at = Ints.plus(Ints.local(example), Ints.of(i));
          return ExprToScalar.at(copies.get(copy).with(product.batch(), at), product.numbers());
        };
    return new Statement.For(
        example, from, to, atOnce, results.add(rows, Ints.local(example), atOnce, factor));
  }

  /** The results to where they belong. */
  private List<Statement> stored(KernelBuilder kernel, RowSums results, List<Point> copies) {
    String target = kernel.array(product.equation().target());
    var statements = new ArrayList<Statement>();
    for (int copy = 0; copy < copies.size(); copy++) {
      String sum = results.row(copy);
      String start = kernel.fresh("start");
      statements.add(new Statement.Let(start, start(copies.get(copy))));
      statements.addAll(
          alongRow(kernel)
              .from(
                  Ints.local(start),
                  (k, at) ->
                      List.of(
                          new Statement.Store(target, at, new Scalar.Load(sum, k, arrays.real())))));
    }
    return statements;
  }

  private Scalar start(Point point) {
    if (product.isInOrder()) {
      return Ints.times(Sizes.position(product.outer(), point), product.length());
    }
    Point first = point;
    for (Index index : product.inner()) {
      first = first.with(index, Ints.of(0));
    }
    return Sizes.position(product.equation().outputs(), first);
  }

  private IndexLoops alongRow(KernelBuilder kernel) {
    Strides inResult =
        product.isInOrder()
            ? Strides.rowMajor(product.inner())
            : Strides.rowMajor(product.equation().outputs());
    var merged = MergedAxes.of(product.inner(), List.of(inResult));
    return new IndexLoops(merged.outputs(), merged.strides().getFirst(), _ -> kernel.fresh("k"));
  }
}
