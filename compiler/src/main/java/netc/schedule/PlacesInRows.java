package netc.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * The weight gradient of a convolution with plain loops, where an {@link OuterProduct} would have short
 * rows: a sum for each example and each place along one axis, side by side in a row, {@code [place *
 * examples + example]}, added up at the end. Rows of examples alone are so short that their loops take
 * longer to begin than to run. Both factors are copied into such rows, which the JIT compiler turns into
 * vectors of products.
 */
final class PlacesInRows {
  /** Results at once: two of two taps each it leaves scalar on some JVMs. */
  private static final int RESULTS = 2;

  private static final int SHORTEST_ROW = 128;

  /** Elements of the copies that stay in the second cache. */
  private static final int LARGEST_COPIES = 1 << 19;

  private final Contraction contraction;
  private final Arrays arrays;
  private final Index place;
  private final Access left;
  private final Access right;
  private final ArrayType matrix;
  private final ScalarType element;

  private PlacesInRows(Contraction contraction, Arrays arrays, Index place) {
    this.contraction = contraction;
    this.arrays = arrays;
    this.place = place;
    this.left = contraction.left().inStepsOf(place);
    this.right = contraction.right().inStepsOf(place);
    this.element = arrays.real();
    this.matrix = new ArrayType(element, 2);
  }

  /** The kernels, with that axis in the rows that needs the smallest copies; empty where they do not pay. */
  static Optional<List<KernelCall>> lower(Contraction contraction, Arrays arrays) {
    return contraction.isSumOfExamples()
        ? contraction.taps().stream()
            .map(place -> new PlacesInRows(contraction, arrays, place))
            .filter(PlacesInRows::pays)
            .min(Comparator.comparingLong(PlacesInRows::copied))
            .map(PlacesInRows::kernels)
        : Optional.empty();
  }

  private int length() {
    return Math.multiplyExact(place.extent().size(), arrays.blockRows());
  }

  /** Elements of both copies. */
  private long copied() {
    return (left.boxSize() + right.boxSize()) * length();
  }

  /**
   * Whether a row is long, and what each multiplication gains is more than it takes to copy a row's
   * element, which is twice that, and to add it up.
   */
  private boolean pays() {
    long results = PackedWeight.size(contraction.outputs());
    long added = contraction.tapCount() / place.extent().size() - 1L;
    return length() >= SHORTEST_ROW
        && copied() <= LARGEST_COPIES
        && results * added > 2 * (left.boxSize() + right.boxSize());
  }

  private List<KernelCall> kernels() {
    ArrayReference leftRows = rows(left);
    ArrayReference rightRows = rows(right);
    return List.of(copy(left, leftRows), copy(right, rightRows), products(leftRows, rightRows));
  }

  private ArrayReference rows(Access factor) {
    return arrays.scratchRows(matrix, Math.toIntExact(factor.boxSize()), length());
  }

  // ---------- the copies ----------

  /** A factor as {@code [position][place * examples + example]}, 0 where it is read outside of itself. */
  private KernelCall copy(Access factor, ArrayReference rows) {
    var keys = new ArrayList<Index>();
    for (int axis = 0; axis < factor.at().size(); axis++) {
      Interval range = factor.ranges().get(axis);
      int size = Math.toIntExact(range.high() - range.low() + 1);
      keys.add(new Index("p" + axis, new Extent.Const(size)));
    }
    Expr read = Guards.explicit(read(factor, keys));
    return KernelBuilder.fitting(
            arrays,
            Optional.empty(),
            contraction.equation().place(),
            kernel -> overKeys(kernel, kernel.array(rows, matrix), keys, read, Point.outermost(kernel), 0))
        .as(new Role.Copy(factor.hasMargin(), false));
  }

  private Expr read(Access factor, List<Index> keys) {
    var at = new ArrayList<Subscript>();
    at.add(Subscript.of(batch()));
    IntStream.range(0, keys.size())
        .mapToObj(
            axis ->
                Subscripts.plus(
                    Subscripts.plus(
                        Subscript.of(keys.get(axis)),
                        Subscript.of(Math.toIntExact(factor.ranges().get(axis).low()))),
                    Subscripts.times(Subscript.of(place), factor.stepOfTime(axis))))
        .forEach(at::add);
    return new Expr.Read(factor.tensor(), at, Optional.of(new Expr.Real(0)));
  }

  private Index batch() {
    return contraction.equation().reduction().get().indices().stream()
        .filter(Lanes::isBatch)
        .findFirst()
        .get();
  }

  private List<Statement> overKeys(
      KernelBuilder kernel, String rows, List<Index> keys, Expr read, Point point, int depth) {
    if (depth == keys.size()) {
      String row = kernel.fresh("row");
      var statements = new ArrayList<Statement>();
      statements.add(new Statement.LetRow(row, rows, element, Sizes.position(keys, point)));
      statements.add(
          over(kernel, place, point, at -> overExamples(kernel, row, read, at)));
      return statements;
    }
    return List.of(
        over(
            kernel,
            keys.get(depth),
            point,
            at -> overKeys(kernel, rows, keys, read, at, depth + 1)));
  }

  private interface Body {
    List<Statement> at(Point point);
  }

  private static Statement over(KernelBuilder kernel, Index index, Point point, Body body) {
    String variable = kernel.fresh("i");
    return new Statement.For(
        variable,
        Ints.of(0),
        Ints.of(index.extent().size()),
        1,
        body.at(point.with(index, Ints.local(variable))));
  }

  private List<Statement> overExamples(KernelBuilder kernel, String row, Expr read, Point point) {
    String first = kernel.fresh("first");
    Scalar examples = kernel.rowArgument(Kernel.ROWS);
    var statements = new ArrayList<Statement>();
    statements.add(new Statement.Let(first, Ints.times(point.index(place), examples)));
    statements.addAll(
        new LaneLoop(kernel, Optional.of(batch()))
            .over(
                List.of(List.of(point)),
                read,
                (points, value, lane) ->
                    List.of(
                        new Statement.Store(
                            row,
                            Ints.plus(Ints.local(first), lane),
                            ExprToScalar.at(points.getFirst().getFirst(), value)))));
    return statements;
  }

  // ---------- the products ----------

  private KernelCall products(ArrayReference leftRows, ArrayReference rightRows) {
    var kernel = contraction.kernel(arrays);
    String lefts = kernel.array(leftRows, matrix);
    String rights = kernel.array(rightRows, matrix);
    String sums = kernel.array(arrays.scratchRows(matrix, RESULTS, length()), matrix);
    Index pair =
        contraction.onlyIn(left, right).stream()
            .findFirst()
            .orElseGet(() -> contraction.onlyIn(right, left).getFirst());
    List<Statement> loops =
        new TileLoops(
                kernel,
                contraction.outputs(),
                Optional.of(new TileLoops.Rows(pair, RESULTS)),
                Optional.empty(),
                (count, _, position) -> new Results(kernel, lefts, rights, sums, pair, count).at(position))
            .loops();
    return kernel.call(loops, contraction.equation().place()).as(new Role.Rows(length(), false));
  }

  /** One or two results. */
  private final class Results {
    private final KernelBuilder kernel;
    private final String lefts;
    private final String rights;
    private final Index pair;
    private final RowSums sums;
    private final int count;
    private final Scalar length;

    Results(KernelBuilder kernel, String lefts, String rights, String sums, Index pair, int count) {
      this.kernel = kernel;
      this.lefts = lefts;
      this.rights = rights;
      this.pair = pair;
      this.count = count;
      this.sums = new RowSums(kernel, sums, Ints.of(0), count, length());
      this.length = Ints.times(kernel.rowArgument(Kernel.ROWS), place.extent().size());
    }

    List<Statement> at(TileLoops.Position position) {
      List<Index> others = contraction.taps().stream().filter(i -> !i.equals(place)).toList();
      var statements = new ArrayList<>(sums.begun());
      statements.addAll(sums.zeros());
      statements.addAll(
          new TileLoops(
                  kernel, others, Optional.empty(), Optional.empty(), (_, _, inside) -> products(inside))
              .loops(position));
      String target = kernel.array(contraction.equation().target());
      Strides result = contraction.result();
      for (int i = 0; i < count; i++) {
        Scalar at = Ints.plus(position.of(result), Ints.of(i * result.stride(pair)));
        statements.addAll(
            RowSums.total(
                kernel, sums.row(i), element, length, total -> new Statement.Store(target, at, total)));
      }
      return statements;
    }

    private List<Statement> products(TileLoops.Position position) {
      var statements = new ArrayList<Statement>();
      List<String> ofLeft = rows(lefts, left.inBox(), position, statements);
      List<String> ofRight = rows(rights, right.inBox(), position, statements);
      String k = kernel.fresh("k");
      var stores = new ArrayList<Statement>();
      for (int i = 0; i < count; i++) {
        Scalar product =
            new Scalar.Call(
                Scalar.Function.FMA,
                List.of(load(ofLeft.get(i), k), load(ofRight.get(i), k), load(sums.row(i), k)),
                element);
        stores.add(new Statement.Store(sums.row(i), Ints.local(k), product));
      }
      statements.add(new Statement.For(k, Ints.of(0), length, 1, stores));
      return statements;
    }

    /** The rows of a factor for each result, which may be the same. */
    private List<String> rows(
        String matrix, Strides strides, TileLoops.Position position, List<Statement> statements) {
      var rows = new ArrayList<String>();
      for (int i = 0; i < count; i++) {
        if (i > 0 && strides.stride(pair) == 0) {
          rows.add(rows.getFirst());
        } else {
          String row = kernel.fresh("x");
          Scalar at = Ints.plus(position.of(strides), Ints.of(i * strides.stride(pair)));
          statements.add(new Statement.LetRow(row, matrix, element, at));
          rows.add(row);
        }
      }
      return rows;
    }

    private Scalar load(String row, String at) {
      return new Scalar.Load(row, Ints.local(at), element);
    }
  }
}
