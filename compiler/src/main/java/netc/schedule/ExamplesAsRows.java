package netc.schedule;

import java.util.ArrayList;
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
 * A factor of a block with the examples as rows, {@code [tap][example][position]}: an input that lies so
 * (decision 013), else a copy.
 *
 * @param first where the first row begins
 */
record ExamplesAsRows(ArrayReference array, int first, int rowLength) {
  /** Rows of a multiple of so many elements fall on one another in the first-level cache. */
  private static final int CROWDED = 8 * LaneRuns.LINE;

  /**
   * The factor of a sum over taps and examples.
   *
   * @param inner the outputs that are its positions, in the order of a row
   * @param calls the kernels in front, to which those that copy are added
   */
  static ExamplesAsRows of(
      Contraction contraction, Access factor, List<Index> inner, Arrays arrays, List<KernelCall> calls) {
    boolean hasTaps = !contraction.taps().isEmpty();
    Optional<ArrayReference> given =
        hasTaps && factor.hasMargin() ? Optional.empty() : arrays.rows(factor.tensor());
    int elements = factor.tensor().elements();
    if (given.isPresent() && isRow(factor, inner) && !hasTaps && elements % CROWDED != 0) {
      return new ExamplesAsRows(given.get(), factor.inTensor().constant(), elements);
    }
    var copying = new Copying(contraction, factor, inner, arrays);
    int examples = Math.multiplyExact(contraction.tapCount(), arrays.blockRows());
    int size = Math.multiplyExact(examples, copying.rowLength);
    ArrayReference copy = arrays.scratch(new ArrayType(arrays.real(), 1), size);
    if (given.isPresent()) {
      calls.add(copying.ofRows(copy, given.get()));
    } else {
      Optional<ArrayReference> box =
          hasTaps ? Optional.of(box(contraction, factor, arrays, calls)) : Optional.empty();
      calls.add(copying.ofLanes(copy, box));
    }
    return new ExamplesAsRows(copy, 0, copying.rowLength);
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
    private final int rowLength;

    Copying(Contraction contraction, Access across, List<Index> inner, Arrays arrays) {
      this.contraction = contraction;
      this.across = across;
      this.inner = inner;
      this.arrays = arrays;
      this.element = arrays.real();
      this.flat = new ArrayType(element, 1);
      this.length = inner.stream().mapToInt(i -> i.extent().size()).reduce(1, Math::multiplyExact);
      // An odd number of cache lines a row, so that rows do not fall on one another.
      this.rowLength = (Math.ceilDiv(length, LaneRuns.LINE) / 2 * 2 + 1) * LaneRuns.LINE;
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
          new IndexLoops(inner, across.inTensor(), _ -> kernel.fresh("i"))
              .from(
                  read,
                  (column, at) ->
                      List.of(
                          new Statement.Store(
                              target, Ints.plus(start, column), new Scalar.Load(source, at, element))));
      var statements = new ArrayList<Statement>();
      Scalar count = kernel.rowArgument(Kernel.ROWS);
      statements.add(new Statement.For(example, Ints.of(0), count, 1, row));
      if (!contraction.taps().isEmpty()) {
        String column = kernel.fresh("i");
        Statement zero =
            new Statement.Store(
                target,
                Ints.plus(start, Ints.local(column)),
                new Scalar.RealLiteral(0, element));
        Statement zeros = new Statement.For(column, Ints.of(0), Ints.of(length), 1, List.of(zero));
        statements.add(
            new Statement.For(example, count, Ints.of(arrays.blockRows()), 1, List.of(zeros)));
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
  }
}
