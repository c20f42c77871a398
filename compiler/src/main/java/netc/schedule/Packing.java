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
 * nobody reads the copy. For tiles of one vector the examples are apart in groups, {@code
 * [group][position][example]}: what a tile reads then lies side by side.
 */
final class Packing {
  private final Arrays arrays;
  private final Access access;
  private final ScalarType element;
  private final int lanes;

  /** The examples of a position that lie side by side. */
  private final int group;

  /** Where the factor is an input whose examples lie one after the other. */
  private final Optional<ArrayReference> rows;

  Packing(Arrays arrays, Access access) {
    this(arrays, access, arrays.hasLanes() ? arrays.blockRows() : 1);
  }

  /** @param group the examples that lie side by side */
  Packing(Arrays arrays, Access access, int group) {
    this.group = group;
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
      return row(kernel, target, source, zeroIdle, Ints.times(inBox, group), inTensor);
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
    var statements = new ArrayList<Statement>();
    String start = kernel.fresh("start");
    statements.add(new Statement.Let(start, inBox));
    String from = kernel.fresh(rows.isPresent() ? "first" : "x");
    statements.add(
        rows.isPresent()
            ? new Statement.Let(from, inTensor)
            : new Statement.LetRow(from, source, element, inTensor));
    if (group == lanes) {
      statements.addAll(examples(kernel, target, source, from, zeroIdle, Ints.of(0), start));
    } else {
      String first = kernel.fresh("group");
      String inGroup = kernel.fresh("start");
      Scalar groupsBefore = Ints.times(Ints.local(first), Math.toIntExact(access.boxSize()));
      var copied = new ArrayList<Statement>();
      copied.add(new Statement.Let(inGroup, Ints.plus(Ints.local(start), groupsBefore)));
      copied.addAll(examples(kernel, target, source, from, zeroIdle, Ints.local(first), inGroup));
      statements.add(new Statement.For(first, Ints.of(0), Ints.of(lanes), group, copied));
    }
    return statements;
  }

  /**
   * Copies the element of the examples that lie side by side, with constant bounds, so that the JIT compiler
   * sees that there is one vector, or two.
   *
   * @param from the row of lanes, or where the first example's element lies among rows
   * @param first the first example
   * @param start where it goes
   */
  private List<Statement> examples(
      KernelBuilder kernel,
      String target,
      String source,
      String from,
      boolean zeroIdle,
      Scalar first,
      String start) {
    String variable = kernel.fresh("b");
    Scalar at = Ints.local(variable);
    Scalar example = Ints.plus(first, at);
    Scalar to = Ints.plus(Ints.local(start), at);
    Scalar end = group == lanes ? Lanes.end(lanes, () -> kernel.rowArgument(Kernel.ROWS)) : Ints.of(group);
    var statements = new ArrayList<Statement>();
    if (rows.isPresent()) {
      // Those of no example are there, too, and read by nobody.
      Scalar element = Ints.plus(Ints.local(from), Ints.times(example, access.tensor().elements()));
      var store = new Statement.Store(target, to, new Scalar.Load(source, element, this.element));
      statements.add(new Statement.For(variable, Ints.of(0), end, 1, List.of(store)));
    } else {
      Scalar value = new Scalar.LoadVector(from, example, element.counterpart());
      statements.add(vectors(variable, end, new Statement.StoreVector(target, to, value)));
    }
    if (zeroIdle) {
      statements.add(zerosOfIdle(kernel, target, first, start));
    }
    return statements;
  }

  private Statement zerosOfIdle(KernelBuilder kernel, String target, Scalar first, String start) {
    String idle = kernel.fresh("b");
    Scalar rows = kernel.rowArgument(Kernel.ROWS);
    Scalar inGroup = new Scalar.Arithmetic(Scalar.Operator.SUBTRACT, rows, first);
    Scalar from = group == lanes ? rows : Ints.max(Ints.of(0), inGroup);
    Scalar zero = new Scalar.RealLiteral(0, element);
    Scalar to = Ints.plus(Ints.local(start), Ints.local(idle));
    return new Statement.For(
        idle, from, Ints.of(group), 1, List.of(new Statement.Store(target, to, zero)));
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
