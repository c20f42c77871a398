package netc.schedule;

import java.util.List;
import java.util.Optional;
import netc.ir.Index;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * The weight gradient of a dense layer, {@code W[j,k] = sum[batch] z[batch,j] * a[batch,k]}, as tiles
 * with the weight's own last axis in the lanes: of {@code a} a copy is made with the examples as rows.
 * The last vectors of a row overlap those before them, where its length is no multiple.
 */
final class SumOfExamples {
  private static final int MOST_ROWS = 6;

  private final Contraction contraction;
  private final Arrays arrays;
  private final ScalarType element;
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
    return contraction.isSumOfExamples() && contraction.taps().isEmpty()
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
    boolean disjoint =
        outputs.subList(0, split).stream().noneMatch(across::dependsOn) && !across.hasMargin();
    var product = new SumOfExamples(contraction, arrays, rows, across, split);
    return disjoint && split > 0 && product.length >= LaneRuns.LINE && product.across.boxSize() == product.length
        ? Optional.of(product)
        : Optional.empty();
  }

  List<KernelCall> lower() {
    var packing = new Packing(arrays, rows);
    ArrayReference left = packing.scratch();
    ArrayReference right =
        arrays.scratch(new ArrayType(element, 1), Math.multiplyExact(arrays.blockRows(), rowLength));
    return List.of(
        packing.copy(left, false, contraction.equation().place()),
        examples(right),
        tiles(left, right));
  }

  /** The copy {@code [example][position]}. */
  private KernelCall examples(ArrayReference copy) {
    var kernel = contraction.kernel(arrays);
    String target = kernel.array(copy, new ArrayType(element, 1));
    String source = kernel.array(across.tensor());
    return kernel
        .call(
            copyLoops(kernel, target, source, 0, Ints.of(0), Ints.of(across.inTensor().constant())),
            contraction.equation().place())
        .as(new Role.Copy(false, true));
  }

  private List<Statement> copyLoops(
      KernelBuilder kernel, String target, String source, int depth, Scalar at, Scalar inTensor) {
    if (depth == inner.size()) {
      String row = kernel.fresh("x");
      String column = kernel.fresh("k");
      String example = kernel.fresh("b");
      return List.of(
          new Statement.LetRow(row, source, element, inTensor),
          new Statement.Let(column, at),
          new Statement.For(
              example,
              Ints.of(0),
              kernel.rowArgument(Kernel.ROWS),
              1,
              List.of(
                  new Statement.Store(
                      target,
                      Ints.plus(Ints.times(Ints.local(example), rowLength), Ints.local(column)),
                      new Scalar.Load(row, Ints.local(example), element)))));
    }
    Index index = inner.get(depth);
    String variable = kernel.fresh("i");
    Scalar position = Ints.local(variable);
    return List.of(
        new Statement.For(
            variable,
            Ints.of(0),
            Ints.of(index.extent().size()),
            1,
            copyLoops(
                kernel,
                target,
                source,
                depth + 1,
                Ints.plus(Ints.times(at, index.extent().size()), position),
                Ints.plus(
                    inTensor, Ints.times(position, across.inTensor().stride(index))))));
  }

  private KernelCall tiles(ArrayReference left, ArrayReference right) {
    var kernel = contraction.kernel(arrays);
    var flat = new ArrayType(element, 1);
    List<String> passed =
        List.of(
            kernel.array(left, flat),
            kernel.array(right, flat),
            kernel.array(contraction.equation().target()));
    Strides inRows = rows.inBox().times(arrays.blockRows());
    Strides result = contraction.result();
    Index longest =
        outer.stream().max(java.util.Comparator.comparingInt(i -> i.extent().size())).get();
    int most = Math.min(MOST_ROWS, longest.extent().size());
    List<Statement> loops =
        new TileLoops(
                kernel,
                outer,
                Optional.of(new TileLoops.Rows(longest, most)),
                Optional.empty(),
                (f, _, position) -> {
                  Tile tile =
                      new Tile(
                          element,
                          new Tile.Side(f, inRows.stride(longest), new Tile.Taps.Even(1)),
                          new Tile.Side(1, 0, new Tile.Taps.Even(rowLength)),
                          false,
                          width,
                          new Tile.Target(false, result.stride(longest), 0));
                  return LaneRuns.along(
                      kernel,
                      length,
                      width,
                      element,
                      lane ->
                          List.of(
                              invoke(
                                  kernel, tile, passed, position.of(inRows), position.of(result), lane)));
                })
            .loops();
    return kernel.tiles(loops, contraction.equation().place(), Role.Lane.RESULTS);
  }

  private static Statement invoke(
      KernelBuilder kernel, Tile tile, List<String> passed, Scalar left, Scalar result, Scalar lane) {
    return tile.call(
        kernel,
        passed,
        List.of(left, Ints.of(0), result, lane, kernel.rowArgument(Kernel.ROWS)));
  }
}
