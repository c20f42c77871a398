package netc.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import netc.ir.Index;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.loop.Table;
import netc.schedule.Access.Strides;

/**
 * The weight gradient of a dense layer, {@code W[j,k] = sum[batch] z[batch,j] * a[batch,k]}, or of one that
 * is applied at many times, {@code sum[batch,t] z[batch,t,j] * a[batch,t,k]}: as tiles with the weight's own
 * last axis in the lanes. Of {@code a} a copy is made with the examples of each time as rows. The last
 * vectors of a row overlap those before them, where its length is no multiple.
 */
final class SumOfExamples {
  private static final int MOST_ROWS = 6;

  /** So many bytes of the copy stay in the cache while all rows of weights pass by. */
  private static final int CACHED = 1 << 19;

  private final Contraction contraction;
  private final Arrays arrays;
  private final ScalarType element;
  private final ArrayType flat;
  private final Access rows;
  private final Access across;
  private final List<Index> outer;
  private final List<Index> inner;
  private final int length;
  private final int rowLength;
  private final int width;

  private SumOfExamples(Contraction contraction, Arrays arrays, Access rows, Access across, int split) {
    this.contraction = contraction;
    this.arrays = arrays;
    this.element = arrays.real();
    this.flat = new ArrayType(element, 1);
    this.rows = rows;
    this.across = across;
    this.outer = contraction.outputs().subList(0, split);
    this.inner = contraction.outputs().subList(split, contraction.outputs().size());
    this.length = inner.stream().mapToInt(i -> i.extent().size()).reduce(1, Math::multiplyExact);
    // An odd number of cache lines a row, so that rows do not fall on one another.
    this.rowLength = (Math.ceilDiv(length, LaneRuns.LINE) / 2 * 2 + 1) * LaneRuns.LINE;
    this.width = length >= 2 * LaneRuns.LINE ? 2 : 1;
  }

  /** The contraction in this form, when the outputs split into those of one factor and of the other. */
  static Optional<SumOfExamples> match(Contraction contraction, Arrays arrays) {
    return contraction.isSumOfExamples()
        ? split(contraction, arrays, contraction.left(), contraction.right())
            .or(() -> split(contraction, arrays, contraction.right(), contraction.left()))
        : Optional.empty();
  }

  private static Optional<SumOfExamples> split(
      Contraction contraction, Arrays arrays, Access rows, Access across) {
    List<Index> outputs = contraction.outputs();
    int split = outputs.size();
    while (split > 0 && !rows.dependsOn(outputs.get(split - 1))) {
      split--;
    }
    boolean disjoint = outputs.subList(0, split).stream().noneMatch(across::dependsOn);
    var product = new SumOfExamples(contraction, arrays, rows, across, split);
    return disjoint && split > 0 && product.length >= LaneRuns.LINE && product.suits()
        ? Optional.of(product)
        : Optional.empty();
  }

  /** Whether every element of the copy is another one, and what a tile reads of it stays in the cache. */
  private boolean suits() {
    long tapCount = contraction.tapCount();
    return across.boxSize() == length * tapCount
        && (hasTaps()
            ? tapCount * arrays.blockRows() * width * LaneRuns.LINE * element.bytes() <= CACHED
            : !across.hasMargin());
  }

  private boolean hasTaps() {
    return !contraction.taps().isEmpty();
  }

  List<KernelCall> lower() {
    var calls = new ArrayList<KernelCall>();
    ArrayReference left = packed(rows, calls);
    Optional<ArrayReference> box = hasTaps() ? Optional.of(packed(across, calls)) : Optional.empty();
    int examples = Math.multiplyExact(contraction.tapCount(), arrays.blockRows());
    ArrayReference right = arrays.scratch(flat, Math.multiplyExact(examples, rowLength));
    calls.add(examples(right, box));
    calls.add(tiles(left, right));
    return calls;
  }

  /** With taps all lanes are added up, so those without an example are 0. */
  private ArrayReference packed(Access factor, List<KernelCall> calls) {
    var packing = new Packing(arrays, factor);
    ArrayReference copy = packing.scratch();
    calls.add(packing.copy(copy, hasTaps(), contraction.equation().place()));
    return copy;
  }

  // ---------- the copy [tap][example][position] ----------

  /** @param box a copy of the factor with its margin; without one it is read where it lies */
  private KernelCall examples(ArrayReference copy, Optional<ArrayReference> box) {
    var kernel = contraction.kernel(arrays);
    String target = kernel.array(copy, flat);
    String source = box.map(b -> kernel.array(b, flat)).orElseGet(() -> kernel.array(across.tensor()));
    Strides strides = box.isPresent() ? across.inBox() : across.inTensor();
    List<Statement> loops =
        new IndexLoops(contraction.taps(), strides, _ -> kernel.fresh("t"))
            .from(
                Ints.of(strides.constant()),
                (tap, at) ->
                    new IndexLoops(inner, strides, _ -> kernel.fresh("i"))
                        .from(
                            at,
                            (column, from) -> {
                              Scalar first = Ints.times(tap, arrays.blockRows() * rowLength);
                              Scalar to = Ints.plus(first, column);
                              return box.isPresent()
                                  ? fromBox(kernel, source, from, target, to)
                                  : fromLanes(kernel, source, from, target, to);
                            }));
    return kernel.call(loops, contraction.equation().place()).as(new Role.Copy(false, true));
  }

  private List<Statement> fromLanes(
      KernelBuilder kernel, String source, Scalar from, String target, Scalar to) {
    String row = kernel.fresh("x");
    Scalar count = kernel.rowArgument(Kernel.ROWS);
    var statements = new ArrayList<Statement>();
    statements.add(new Statement.LetRow(row, source, element, from));
    statements.addAll(overExamples(kernel, row, Ints.of(0), target, to, count));
    return statements;
  }

  private List<Statement> fromBox(
      KernelBuilder kernel, String source, Scalar from, String target, Scalar to) {
    String first = kernel.fresh("first");
    Scalar count = Ints.of(arrays.blockRows());
    var statements = new ArrayList<Statement>();
    statements.add(new Statement.Let(first, Ints.times(from, arrays.blockRows())));
    statements.addAll(overExamples(kernel, source, Ints.local(first), target, to, count));
    return statements;
  }

  private List<Statement> overExamples(
      KernelBuilder kernel, String source, Scalar first, String target, Scalar to, Scalar count) {
    String column = kernel.fresh("k");
    String example = kernel.fresh("b");
    Scalar at = Ints.local(example);
    return List.of(
        new Statement.Let(column, to),
        new Statement.For(
            example,
            Ints.of(0),
            count,
            1,
            List.of(
                new Statement.Store(
                    target,
                    Ints.plus(Ints.times(at, rowLength), Ints.local(column)),
                    new Scalar.Load(source, Ints.plus(first, at), element)))));
  }

  // ---------- tiles ----------

  private KernelCall tiles(ArrayReference left, ArrayReference right) {
    var kernel = contraction.kernel(arrays);
    List<String> passed =
        List.of(
            kernel.array(left, flat),
            kernel.array(right, flat),
            kernel.array(contraction.equation().target()));
    List<Statement> loops =
        hasTaps()
            ? along(kernel, lane -> overRows(kernel, (f, at) -> List.of(tile(kernel, passed, f, at, lane))))
            : overRows(
                kernel, (f, at) -> along(kernel, lane -> List.of(tile(kernel, passed, f, at, lane))));
    return kernel.tiles(loops, contraction.equation().place(), Role.Lane.RESULTS);
  }

  private interface Rows {
    List<Statement> tile(int rows, TileLoops.Position position);
  }

  private List<Statement> overRows(KernelBuilder kernel, Rows inside) {
    int most = Math.min(MOST_ROWS, longest().extent().size());
    return new TileLoops(
            kernel,
            outer,
            Optional.of(new TileLoops.Rows(longest(), most)),
            Optional.empty(),
            (f, _, position) -> inside.tile(f, position))
        .loops();
  }

  private List<Statement> along(KernelBuilder kernel, LaneRuns.Tiles inside) {
    return LaneRuns.along(kernel, length, width, element, inside);
  }

  private Index longest() {
    return outer.stream().max(Comparator.comparingInt(i -> i.extent().size())).get();
  }

  private Statement tile(
      KernelBuilder kernel, List<String> passed, int f, TileLoops.Position position, Scalar lane) {
    int examples = arrays.blockRows();
    Strides inRows = rows.inBox().times(examples);
    Strides inCopy = Strides.rowMajor(contraction.taps()).times(examples * rowLength);
    Strides result = contraction.result();
    Tile tile =
        new Tile(
            element,
            new Tile.Side(
                f,
                inRows.stride(longest()),
                contraction.tapsOfExamples(inRows, new Table.Axis(examples, 1))),
            new Tile.Side(
                1, 0, contraction.tapsOfExamples(inCopy, new Table.Axis(examples, rowLength))),
            false,
            width,
            contraction.tapCount() * examples,
            new Tile.Target(false, result.stride(longest()), 0));
    Scalar count =
        hasTaps()
            ? Ints.of(contraction.tapCount() * examples)
            : kernel.rowArgument(Kernel.ROWS);
    return tile.call(
        kernel,
        passed,
        List.of(position.of(inRows), Ints.of(0), position.of(result), lane, count));
  }
}
