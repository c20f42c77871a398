package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import netc.ir.Interval;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.source.Place;

/**
 * Copies a per-example factor into one flat array, {@code [position][example]}, of one example {@code
 * [position]}, with zeros where positions lie outside of the tensor: so a tile reads one array at offsets
 * from a table, whatever the border. At times at which all of them lie outside nothing is copied, and
 * nobody reads the copy.
 */
final class Packing {
  private final Arrays arrays;
  private final Access access;
  private final ScalarType element;
  private final int lanes;

  /** Where the factor is an input whose examples lie one after the other. */
  private final Optional<ArrayReference> rows;

  Packing(Arrays arrays, Access access) {
    this.arrays = arrays;
    this.access = access;
    this.element = arrays.real();
    this.lanes = arrays.hasLanes() ? arrays.blockRows() : 1;
    this.rows = arrays.rows(access.tensor());
  }

  /** The elements of the copy. */
  static long size(Access access, int lanes) {
    return access.boxSize() * lanes;
  }

  ArrayReference scratch() {
    return arrays.scratch(type(), Math.toIntExact(size(access, lanes)));
  }

  ArrayType type() {
    return new ArrayType(element, 1);
  }

  /**
   * The kernel that fills the copy.
   *
   * @param zeroIdle whether lanes without an example become zeros, for sums over the lanes
   */
  KernelCall copy(ArrayReference packed, boolean zeroIdle, Place place) {
    var kernel = new KernelBuilder(arrays, access.time());
    String target = kernel.array(packed, type());
    String source =
        rows.map(r -> kernel.array(r, type())).orElseGet(() -> kernel.array(access.tensor()));
    var body = new ArrayList<Statement>();
    boolean hasMargin = access.hasMargin() && TimesInside.of(access).isEmpty();
    if (hasMargin && !isMarginKnown()) {
      body.add(zeros(target, kernel.fresh("i")));
    }
    body.addAll(rows(kernel, target, source, zeroIdle, 0, Ints.of(0), Ints.of(0)));
    return kernel.call(body, place).as(new Role.Copy(hasMargin, false));
  }

  /** The same of one example, with vectors where that goes. */
  KernelCall copyInVectors(ArrayReference packed, Place place) {
    return RowVectors.whereThatGoes(copy(packed, false, place), arrays);
  }

  /** The kernel that writes the zeros around what others write into the copy; of one example. */
  KernelCall margin(ArrayReference packed, Place place) {
    var kernel = new KernelBuilder(arrays, Optional.empty());
    String target = kernel.array(packed, type());
    List<Statement> zeros = margins(kernel, target, 0, Ints.of(0));
    return RowVectors.whereThatGoes(kernel.call(zeros, place).as(new Role.Margin()), arrays);
  }

  private List<Statement> margins(KernelBuilder kernel, String target, int axis, Scalar inBox) {
    var statements = new ArrayList<Statement>();
    if (axis == access.at().size()) {
      return statements;
    }
    Interval range = access.ranges().get(axis);
    int before = Math.toIntExact(-range.low());
    int extent = access.shape().get(axis).size();
    int size = Math.toIntExact(range.high() - range.low() + 1);
    zerosAround(kernel, target, axis, inBox, before, before + extent, statements);
    String variable = kernel.fresh("i");
    Scalar inside = Ints.plus(Ints.times(inBox, size), Ints.plus(Ints.local(variable), Ints.of(before)));
    List<Statement> inner = margins(kernel, target, axis + 1, inside);
    if (!inner.isEmpty()) {
      statements.add(new Statement.For(variable, Ints.of(0), Ints.of(extent), 1, inner));
    }
    return statements;
  }

  /** Zeros at the positions of an axis of the box that lie in front of {@code from} or from {@code to} on. */
  private void zerosAround(
      KernelBuilder kernel,
      String target,
      int axis,
      Scalar inBox,
      int from,
      int to,
      List<Statement> statements) {
    Interval range = access.ranges().get(axis);
    int elements = elementsBehind(axis);
    int all = Math.toIntExact(range.high() - range.low() + 1) * elements;
    Scalar start = Ints.times(inBox, all);
    zeros(kernel, target, start, from * elements, statements);
    zeros(
        kernel, target, Ints.plus(start, Ints.of(to * elements)), all - to * elements, statements);
  }

  /** Whether what lies outside is the same at all times: then it alone becomes zeros. */
  private boolean isMarginKnown() {
    return !arrays.hasLanes()
        && IntStream.range(0, access.at().size()).allMatch(axis -> access.stepOfTime(axis) == 0);
  }

  private List<Statement> rows(
      KernelBuilder kernel,
      String target,
      String source,
      boolean zeroIdle,
      int axis,
      Scalar inBox,
      Scalar inTensor) {
    if (axis == access.at().size()) {
      return row(kernel, target, source, zeroIdle, Ints.times(inBox, lanes), inTensor);
    }
    Interval range = access.ranges().get(axis);
    int extent = access.shape().get(axis).size();
    int low = Math.toIntExact(range.low());
    int high = Math.toIntExact(range.high());
    Scalar time = Ints.times(Ints.local(Kernel.TIME), access.stepOfTime(axis));
    Scalar back = Ints.times(Ints.local(Kernel.TIME), -access.stepOfTime(axis));
    String variable = kernel.fresh("i");
    Scalar position = Ints.local(variable);
    Scalar from = Ints.max(back, Ints.of(low));
    Scalar to = Ints.min(Ints.plus(back, Ints.of(extent)), Ints.of(high + 1));
    var statements = new ArrayList<Statement>();
    if (isMarginKnown()) {
      int first = ((Scalar.IntLiteral) from).value() - low;
      int last = ((Scalar.IntLiteral) to).value() - low;
      zerosAround(kernel, target, axis, inBox, first, last, statements);
    }
    statements.add(
        new Statement.For(
            variable,
            from,
            to,
            1,
            rows(
                kernel,
                target,
                source,
                zeroIdle,
                axis + 1,
                Ints.plus(Ints.times(inBox, high - low + 1), Ints.plus(position, Ints.of(-low))),
                Ints.plus(Ints.times(inTensor, extent), Ints.plus(position, time)))));
    return statements;
  }

  /** The elements of the box at one position of an axis. */
  private int elementsBehind(int axis) {
    return access.ranges().stream()
        .skip(axis + 1L)
        .mapToInt(range -> Math.toIntExact(range.high() - range.low() + 1))
        .reduce(1, Math::multiplyExact);
  }

  private static void zeros(
      KernelBuilder kernel, String target, Scalar start, int count, List<Statement> statements) {
    if (count > 0) {
      String at = kernel.fresh("i");
      Scalar zero = new Scalar.RealLiteral(0, kernel.arrays().real());
      statements.add(
          new Statement.For(
              at,
              Ints.of(0),
              Ints.of(count),
              1,
              List.of(new Statement.Store(target, Ints.plus(start, Ints.local(at)), zero))));
    }
  }

  private List<Statement> row(
      KernelBuilder kernel,
      String target,
      String source,
      boolean zeroIdle,
      Scalar inBox,
      Scalar inTensor) {
    if (!arrays.hasLanes()) {
      return List.of(
          new Statement.Store(target, inBox, new Scalar.Load(source, inTensor, element)));
    }
    String start = kernel.fresh("start");
    var statements = new ArrayList<Statement>();
    statements.add(new Statement.Let(start, inBox));
    if (rows.isPresent()) {
      statements.addAll(acrossRows(kernel, target, source, start, inTensor));
    } else {
      statements.addAll(ofLanes(kernel, target, source, start, inTensor));
    }
    if (zeroIdle) {
      String idle = kernel.fresh("b");
      statements.add(
          new Statement.For(
              idle,
              kernel.rowArgument(Kernel.ROWS),
              Ints.of(lanes),
              1,
              List.of(
                  new Statement.Store(
                      target,
                      Ints.plus(Ints.local(start), Ints.local(idle)),
                      new Scalar.RealLiteral(0, element)))));
    }
    return statements;
  }

  private List<Statement> ofLanes(
      KernelBuilder kernel, String target, String source, String start, Scalar inTensor) {
    String row = kernel.fresh("x");
    String at = kernel.fresh("b");
    return List.of(
        new Statement.LetRow(row, source, element, inTensor),
        vectors(
            at,
            Ints.of(lanes),
            new Statement.StoreVector(
                target,
                Ints.plus(Ints.local(start), Ints.local(at)),
                new Scalar.LoadVector(row, Ints.local(at), element.counterpart()))));
  }

  /** The element of all examples; those of no example are there, too, and read by nobody. */
  private List<Statement> acrossRows(
      KernelBuilder kernel, String target, String source, String start, Scalar inTensor) {
    String first = kernel.fresh("first");
    String example = kernel.fresh("b");
    Scalar at = Ints.local(example);
    Scalar from = Ints.plus(Ints.local(first), Ints.times(at, access.tensor().elements()));
    return List.of(
        new Statement.Let(first, inTensor),
        new Statement.For(
            example,
            Ints.of(0),
            Ints.of(lanes),
            1,
            List.of(
                new Statement.Store(
                    target,
                    Ints.plus(Ints.local(start), at),
                    new Scalar.Load(source, from, element)))));
  }

  /** Everything set to 0; of lanes in vectors, since their number divides the size. */
  private Statement zeros(String target, String at) {
    Scalar size = Ints.of(Math.toIntExact(size(access, lanes)));
    Scalar zero = new Scalar.RealLiteral(0, element);
    return arrays.hasLanes()
        ? vectors(
            at, size, new Statement.StoreVector(target, Ints.local(at), new Scalar.Broadcast(zero)))
        : new Statement.For(
            at, Ints.of(0), size, 1, List.of(new Statement.Store(target, Ints.local(at), zero)));
  }

  private Statement vectors(String variable, Scalar to, Statement body) {
    return new Statement.ForVectors(variable, Ints.of(0), to, 1, element, List.of(body));
  }
}
