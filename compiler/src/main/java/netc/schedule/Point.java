package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import netc.ir.Index;
import netc.ir.Tensor;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * A place in a loop nest where expressions are computed: the values of the indices there, and, inside
 * a lane loop, the lane and the statements in front of the loop. What does not depend on the lane is
 * loaded there, since the JIT compiler cannot move loads over the stores of the loop.
 */
final class Point {
  private final KernelBuilder kernel;
  private final Map<Index, Scalar> indices;
  private final Optional<Scalar> lane;
  private final Preamble preamble;
  private final Map<Tensor, Scalar> registers;

  /** What stands in front of a lane loop; the points of one loop share it. */
  static final class Preamble {
    private final List<Statement> statements = new ArrayList<>();
    private final Map<Object, String> known = new HashMap<>();

    List<Statement> statements() {
      return statements;
    }
  }

  private Point(
      KernelBuilder kernel,
      Map<Index, Scalar> indices,
      Optional<Scalar> lane,
      Preamble preamble,
      Map<Tensor, Scalar> registers) {
    this.kernel = kernel;
    this.indices = indices;
    this.lane = lane;
    this.preamble = preamble;
    this.registers = registers;
  }

  /** Outside of all loops, where only the time of a scan has a value. */
  static Point outermost(KernelBuilder kernel) {
    var indices = new LinkedHashMap<Index, Scalar>();
    kernel.time().ifPresent(time -> indices.put(time, Ints.local(Kernel.TIME)));
    return new Point(kernel, indices, Optional.empty(), new Preamble(), Map.of());
  }

  Point with(Index index, Scalar value) {
    var more = new LinkedHashMap<>(indices);
    more.put(index, value);
    return new Point(kernel, more, lane, preamble, registers);
  }

  /** So many points, at one value of an index and those behind it. */
  List<Point> upwards(Index index, Scalar first, int count) {
    return IntStream.range(0, count).mapToObj(i -> with(index, Ints.plus(first, Ints.of(i)))).toList();
  }

  /** Inside the lane loop behind the preamble; the batch's index, if there is one, is the lane. */
  Point inLanes(Scalar laneVariable, Optional<Index> batch, Preamble front) {
    var more = new LinkedHashMap<>(indices);
    batch.ifPresent(index -> more.put(index, laneVariable));
    return new Point(kernel, more, Optional.of(laneVariable), front, registers);
  }

  /** Where these tensors' own elements are in registers, under these names, each at this lane. */
  Point withRegisters(Map<Tensor, String> names, Scalar at) {
    var elements = new HashMap<Tensor, Scalar>();
    names.forEach((tensor, name) -> elements.put(tensor, new Scalar.Load(name, at, kernel.arrays().real())));
    return new Point(kernel, indices, lane, preamble, elements);
  }

  /** The tensor's element at this place, if it is in a register. */
  Optional<Scalar> register(Tensor tensor) {
    return Optional.ofNullable(registers.get(tensor));
  }

  KernelBuilder kernel() {
    return kernel;
  }

  Optional<Scalar> lane() {
    return lane;
  }

  Scalar index(Index index) {
    Scalar value = indices.get(index);
    if (value == null) {
      throw new IllegalStateException("index " + index.name() + " is not bound here");
    }
    return value;
  }

  /** The value as a local in front of the lane loop; outside of lanes, the value itself. */
  Scalar hoisted(Scalar value) {
    if (lane.isEmpty() || value instanceof Scalar.Local || isLiteral(value)) {
      return value;
    }
    String name = preamble.known.get(value);
    if (name == null) {
      name = kernel.fresh("w");
      preamble.statements.add(new Statement.Let(name, value));
      preamble.known.put(value, name);
    }
    return new Scalar.Local(name, value.type());
  }

  /** The row of lanes at {@code index}, fetched in front of the lane loop. */
  String row(String array, ScalarType element, Scalar index) {
    var key = List.of(array, index);
    String name = preamble.known.get(key);
    if (name == null) {
      name = kernel.fresh("x");
      preamble.statements.add(new Statement.LetRow(name, array, element, index));
      preamble.known.put(key, name);
    }
    return name;
  }

  private static boolean isLiteral(Scalar value) {
    return value instanceof Scalar.RealLiteral
        || value instanceof Scalar.IntLiteral
        || value instanceof Scalar.BooleanLiteral;
  }
}
