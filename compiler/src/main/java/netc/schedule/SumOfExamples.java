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
 * last axis in the lanes. Of {@code a} the examples of each time are rows ({@link ExamplesAsRows}). The last
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
    var packing = new Packing(arrays, rows);
    ArrayReference left = packing.scratch();
    // With taps all lanes are added up, so those without an example are 0.
    calls.add(packing.copy(left, hasTaps(), contraction.equation().place()));
    int tile = width * LaneRuns.LINE;
    calls.add(tiles(left, ExamplesAsRows.of(contraction, across, inner, tile, arrays, calls)));
    return calls;
  }

  // ---------- tiles ----------

  private KernelCall tiles(ArrayReference left, ExamplesAsRows right) {
    var kernel = contraction.kernel(arrays);
    List<String> passed =
        List.of(
            kernel.array(left, flat),
            kernel.array(right.array(), flat),
            kernel.array(contraction.equation().target()));
    int most = Math.min(MOST_ROWS, longest().extent().size());
    int few = new TileShape(most, width).rowsInFewRegisters(hasTaps());
    List<Statement> loops =
        Registers.choose(most, few, height -> loops(kernel, passed, right, height));
    return kernel.tiles(loops, contraction.equation().place(), Role.Lane.RESULTS);
  }

  /** @param height rows of a tile, at most */
  private List<Statement> loops(
      KernelBuilder kernel, List<String> passed, ExamplesAsRows right, int height) {
    Tiles tiles =
        (first, lane) ->
            overRows(
                kernel, height, (f, at) -> List.of(tile(kernel, passed, right, f, at, first, lane)));
    return right.panelSize() == 0
        ? LaneRuns.along(kernel, length, width, element, lane -> tiles.at(Ints.of(right.first()), lane))
        : overPanels(kernel, right, tiles);
  }

  /** All rows of tiles at some lanes, which the right factor has behind a position. */
  private interface Tiles {
    List<Statement> at(Scalar first, Scalar lane);
  }

  private List<Statement> overPanels(KernelBuilder kernel, ExamplesAsRows right, Tiles tiles) {
    String panel = kernel.fresh("panel");
    String inPanel = kernel.fresh("lane");
    Scalar first = Ints.times(Ints.local(panel), right.panelSize() - right.rowLength());
    Scalar lane = Ints.plus(Ints.times(Ints.local(panel), right.rowLength()), Ints.local(inPanel));
    var alongPanel =
        new Statement.ForVectors(
            inPanel, Ints.of(0), Ints.of(right.rowLength()), width, element, tiles.at(first, lane));
    return List.of(
        new Statement.For(
            panel, Ints.of(0), Ints.of(length / right.rowLength()), 1, List.of(alongPanel)));
  }

  private interface Rows {
    List<Statement> tile(int rows, TileLoops.Position position);
  }

  private List<Statement> overRows(KernelBuilder kernel, int most, Rows inside) {
    return new TileLoops(
            kernel,
            outer,
            Optional.of(new TileLoops.Rows(longest(), most)),
            Optional.empty(),
            (f, _, position) -> inside.tile(f, position))
        .loops();
  }

  private Index longest() {
    return outer.stream().max(Comparator.comparingInt(i -> i.extent().size())).get();
  }

  private Statement tile(
      KernelBuilder kernel,
      List<String> passed,
      ExamplesAsRows right,
      int f,
      TileLoops.Position position,
      Scalar first,
      Scalar lane) {
    int examples = arrays.blockRows();
    Strides inRows = rows.inBox().times(examples);
    Strides inCopy = Strides.rowMajor(contraction.taps()).times(examples * right.rowLength());
    Strides result = contraction.result();
    Tile tile =
        new Tile(
            element,
            new Tile.Side(
                f,
                inRows.stride(longest()),
                contraction.tapsOfExamples(inRows, new Table.Axis(examples, 1))),
            new Tile.Side(
                1, 0, contraction.tapsOfExamples(inCopy, new Table.Axis(examples, right.rowLength()))),
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
        List.of(position.of(inRows), first, position.of(result), lane, count));
  }
}
