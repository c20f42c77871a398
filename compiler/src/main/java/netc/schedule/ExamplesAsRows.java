package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.ir.Extent;
import netc.ir.Index;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * A factor of a block with the examples as rows, {@code [tap][example][position]}: an input that lies so
 * (decision 013), else a copy. Of many taps a copy is in panels as wide as a tile, {@code
 * [panel][tap][example][position]}, so that a tile reads one stretch of memory.
 *
 * @param first where the first row begins
 * @param panelSize from one panel to the next; 0 without panels
 */
record ExamplesAsRows(ArrayReference array, int first, int rowLength, int panelSize) {
  /** Rows of a multiple of so many elements fall on one another in the first-level cache. */
  private static final int CROWDED = 8 * LaneRuns.LINE;

  /**
   * The factor of a sum over taps and examples.
   *
   * @param inner the outputs that are its positions, in the order of a row
   * @param tile the positions that a tile reads
   * @param calls the kernels in front, to which those that copy are added
   */
  static ExamplesAsRows of(
      Contraction contraction,
      Access factor,
      List<Index> inner,
      int tile,
      Arrays arrays,
      List<KernelCall> calls) {
    boolean hasTaps = !contraction.taps().isEmpty();
    Optional<ArrayReference> given =
        hasTaps && factor.hasMargin() ? Optional.empty() : arrays.rows(factor.tensor());
    int elements = factor.tensor().elements();
    if (given.isPresent() && isRow(factor, inner) && !hasTaps && elements % CROWDED != 0) {
      return new ExamplesAsRows(given.get(), factor.inTensor().constant(), elements, 0);
    }
    var copying = new Copying(contraction, factor, inner, tile, arrays);
    int size = Math.multiplyExact(copying.examples, copying.panels == 0 ? copying.rowLength : copying.length);
    ArrayReference copy = arrays.scratch(new ArrayType(arrays.real(), 1), size);
    if (given.isPresent()) {
      calls.add(copying.ofRows(copy, given.get()));
    } else {
      Optional<ArrayReference> box =
          hasTaps ? Optional.of(box(contraction, factor, arrays, calls)) : Optional.empty();
      calls.add(copying.ofLanes(copy, box));
    }
    return new ExamplesAsRows(copy, 0, copying.rowLength, copying.panelSize());
  }

  /** Whether the positions of an example lie side by side in the tensor. */
  private static boolean isRow(Access factor, List<Index> inner) {
    Strides even = Strides.rowMajor(inner);
    return inner.stream().allMatch(i -> factor.inTensor().stride(i) == even.stride(i));
  }

  /** All lanes are added up, so those without an example are 0. */
  private static ArrayReference box(
      Contraction contraction, Access factor, Arrays arrays, List<KernelCall> calls) {
    var packing = new Packing(arrays, factor);
    ArrayReference copy = packing.scratch();
    calls.add(packing.copy(copy, true, contraction.equation().place()));
    return copy;
  }

  /** The kernels that copy. */
  private static final class Copying {
    private final Contraction contraction;
    private final Access across;
    private final List<Index> inner;
    private final Arrays arrays;
    private final ScalarType element;
    private final ArrayType flat;
    private final int length;
    private final int examples;
    private final int rowLength;

    /** How many; 0 where rows are whole. */
    private final int panels;

    Copying(Contraction contraction, Access across, List<Index> inner, int tile, Arrays arrays) {
      this.contraction = contraction;
      this.across = across;
      this.inner = inner;
      this.arrays = arrays;
      this.element = arrays.real();
      this.flat = new ArrayType(element, 1);
      this.length = inner.stream().mapToInt(i -> i.extent().size()).reduce(1, Math::multiplyExact);
      this.examples = Math.multiplyExact(contraction.tapCount(), arrays.blockRows());
      boolean isInPanels = !contraction.taps().isEmpty() && inner.size() == 1 && length % tile == 0;
      this.panels = isInPanels ? length / tile : 0;
      // Whole rows have an odd number of cache lines, so that they do not fall on one another.
      this.rowLength =
          isInPanels ? tile : (Math.ceilDiv(length, LaneRuns.LINE) / 2 * 2 + 1) * LaneRuns.LINE;
    }

    private int panelSize() {
      return panels == 0 ? 0 : examples * rowLength;
    }

    /** Loops over the positions of a row, which know where they are in the copy and in the factor. */
    private List<Statement> alongRow(
        KernelBuilder kernel, Strides strides, Scalar from, IndexLoops.Inside inside) {
      if (panels <= 1) {
        return new IndexLoops(inner, strides, _ -> kernel.fresh("i")).from(from, inside);
      }
      var panel = new Index("panel", Extent.of(panels));
      var position = new Index("position", Extent.of(rowLength));
      int stride = strides.stride(inner.getFirst());
      var split = new Strides(0, Map.of(panel, stride * rowLength, position, stride));
      return new IndexLoops(List.of(panel), split, _ -> kernel.fresh("panel"))
          .from(
              from,
              (number, first) ->
                  new IndexLoops(List.of(position), split, _ -> kernel.fresh("i"))
                      .from(
                          first,
                          (column, at) ->
                              inside.at(Ints.plus(Ints.times(number, panelSize()), column), at)));
    }

    /** The copy of an input whose examples lie one after the other; without an example it is 0. */
    private KernelCall ofRows(ArrayReference copy, ArrayReference given) {
      var kernel = contraction.kernel(arrays);
      String target = kernel.array(copy, flat);
      String source = kernel.array(given, flat);
      Strides strides = across.inTensor();
      List<Statement> loops =
          new IndexLoops(contraction.taps(), strides, _ -> kernel.fresh("t"))
              .from(
                  Ints.of(strides.constant()),
                  (tap, at) ->
                      ofRows(kernel, source, at, target, Ints.times(tap, arrays.blockRows() * rowLength)));
      KernelCall plain = kernel.call(loops, contraction.equation().place());
      return RowVectors.whereThatGoes(plain.as(new Role.Copy(false, false)), arrays);
    }

    private List<Statement> ofRows(
        KernelBuilder kernel, String source, Scalar from, String target, Scalar to) {
      String example = kernel.fresh("b");
      Scalar start = Ints.plus(to, Ints.times(Ints.local(example), rowLength));
      Scalar read = Ints.plus(from, Ints.times(Ints.local(example), across.tensor().elements()));
      List<Statement> row =
          alongRow(
              kernel,
              across.inTensor(),
              read,
              (column, at) ->
                  List.of(
                      new Statement.Store(
                          target, Ints.plus(start, column), new Scalar.Load(source, at, element))));
      var statements = new ArrayList<Statement>();
      Scalar count = kernel.rowArgument(Kernel.ROWS);
      statements.add(new Statement.For(example, Ints.of(0), count, 1, row));
      if (!contraction.taps().isEmpty()) {
        List<Statement> zeros =
            alongRow(
                kernel,
                across.inTensor(),
                read,
                (column, _) ->
                    List.of(
                        new Statement.Store(
                            target,
                            Ints.plus(start, column),
                            new Scalar.RealLiteral(0, element))));
        statements.add(new Statement.For(example, count, Ints.of(arrays.blockRows()), 1, zeros));
      }
      return statements;
    }

    /** @param box a copy of the factor with its margin; without one it is read where it lies */
    private KernelCall ofLanes(ArrayReference copy, Optional<ArrayReference> box) {
      var kernel = contraction.kernel(arrays);
      String target = kernel.array(copy, flat);
      String source = box.map(b -> kernel.array(b, flat)).orElseGet(() -> kernel.array(across.tensor()));
      Strides strides = box.isPresent() ? across.inBox() : across.inTensor();
      List<Statement> loops =
          new IndexLoops(contraction.taps(), strides, _ -> kernel.fresh("t"))
              .from(
                  Ints.of(strides.constant()),
                  (tap, at) ->
                      alongRow(
                          kernel,
                          strides,
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
  }
}
