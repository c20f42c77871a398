package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.loop.Table;

/**
 * The kernel that serves every contraction: {@code y[f,g] = Σ over taps a[f] · b[g]} for a tile of
 * accumulators in registers. One small method with one loop, which the JIT compiler translates by itself
 * after a few thousand calls; vectors that live across nested loops would be boxed on Java 17.
 *
 * @param element FLOAT or DOUBLE
 * @param left the first factor: {@code rows} of it, each a number or vectors
 * @param right the second factor, always vectors
 * @param width vectors side by side
 * @param mostTaps no call adds up more
 * @param target where the results go
 * @param epilogue what is done with the sums, if they are not just stored
 */
record Tile(
    ScalarType element,
    Side left,
    Side right,
    boolean isLeftVector,
    int width,
    int mostTaps,
    Target target,
    Optional<Epilogue.Stores> epilogue) {

  /** A tile that stores what it has added up. */
  Tile(
      ScalarType element,
      Side left,
      Side right,
      boolean isLeftVector,
      int width,
      int mostTaps,
      Target target) {
    this(element, left, right, isLeftVector, width, mostTaps, target, Optional.empty());
  }

  /** The same sums, of which others are stored. */
  Tile with(Epilogue.Stores stores) {
    return new Tile(
        element, left, right, isLeftVector, width, mostTaps, target, Optional.of(stores));
  }

  /**
   * One factor of a tile.
   *
   * @param rows of the tile
   * @param stride from one row to the next
   * @param taps where each tap lies, or each run of them
   * @param run the taps of one turn of the loop
   */
  record Side(int rows, int stride, Taps taps, Run run) {

    /** A tap a turn. */
    Side(int rows, int stride, Taps taps) {
      this(rows, stride, taps, new Run(1, 0));
    }
  }

  /** So many taps at even distances. */
  record Run(int length, int stride) {}

  /** The offsets of the taps: {@code t * stride}, or a table of them. */
  sealed interface Taps {
    record Even(int stride) implements Taps {}

    record Listed(Table table) implements Taps {}
  }

  /**
   * @param isLanes whether results are rows of lanes, else flat
   * @param leftStride from the results of one row of the left to the next
   */
  record Target(boolean isLanes, int leftStride, int rightStride) {}

  static final String LEFT = "a";
  static final String RIGHT = "b";
  static final String RESULT = "y";
  static final String LEFT_TABLE = "at";
  static final String RIGHT_TABLE = "bt";
  static final String FIRST_RESULT = "yFirst";
  static final String LANE = "lane";
  private static final String TAPS = "taps";
  private static final String END = "end";
  static final List<String> INTS = List.of("aFirst", "bFirst", FIRST_RESULT, LANE, TAPS);

  /**
   * With the collector that JVMs choose by themselves the JIT compiler cuts a loop into pieces of a thousand
   * turns, unless it sees that there are no more: its vectors then cost about 6 % more (decision 012).
   */
  private static final int SHORT = 1000;

  /** Arrays: left, right, result, then the tables there are; ints: first positions, the lane, the taps. */
  Kernel kernel() {
    var arguments = new ArrayList<Kernel.Argument>();
    arguments.add(new Kernel.Argument(LEFT, new ArrayType(element, 1)));
    arguments.add(new Kernel.Argument(RIGHT, new ArrayType(element, 1)));
    if (epilogue.isEmpty()) {
      arguments.add(new Kernel.Argument(RESULT, new ArrayType(element, target.isLanes ? 2 : 1)));
    }
    addTable(arguments, LEFT_TABLE, left);
    addTable(arguments, RIGHT_TABLE, right);
    var body = new ArrayList<Statement>();
    String first = accumulator(0, 0, 0);
    Scalar zero = new Scalar.Broadcast(new Scalar.RealLiteral(0, element));
    Scalar same = new Scalar.Local(first, element.counterpart());
    each((f, g, v) -> body.add(new Statement.Let(accumulator(f, g, v), f + g + v == 0 ? zero : same)));
    boolean isShort = mostTaps <= SHORT;
    if (isShort) {
      body.add(new Statement.Let(END, Ints.min(Ints.local(TAPS), Ints.of(SHORT))));
    }
    body.add(new Statement.For("t", Ints.of(0), Ints.local(isShort ? END : TAPS), 1, tap()));
    if (epilogue.isEmpty()) {
      each((f, g, v) -> store(body, f, g, v));
      return new Kernel(arguments, INTS, body);
    }
    arguments.addAll(epilogue.get().arguments());
    body.addAll(epilogue.get().statements());
    var ints = new ArrayList<>(INTS);
    ints.addAll(epilogue.get().positions());
    return new Kernel(arguments, ints, body);
  }

  /**
   * The call of the kernel from another one, with the tables that it needs.
   *
   * @param arrays of the calling kernel: left, right, result unless there is an epilogue
   * @param ints the values of {@link #INTS}, then of the epilogue's positions
   */
  Statement call(KernelBuilder kernel, List<String> arrays, List<Scalar> ints) {
    kernel.uses(this);
    var passed = new ArrayList<>(arrays);
    for (Side side : List.of(left, right)) {
      if (side.taps instanceof Taps.Listed(var table)) {
        passed.add(
            kernel.array(new ArrayReference.InTable(table), new ArrayType(ScalarType.INT, 1)));
      }
    }
    epilogue.ifPresent(
        stores -> {
          for (int i = 0; i < stores.references().size(); i++) {
            passed.add(kernel.array(stores.references().get(i), stores.arguments().get(i).type()));
          }
        });
    return new Statement.Invoke(kernel(), passed, ints);
  }

  Role.Tiles role(Role.Lane lanes, boolean isPacked) {
    boolean hasTable = left.taps instanceof Taps.Listed || right.taps instanceof Taps.Listed;
    return new Role.Tiles(left.rows, right.rows, width, lanes, hasTable, isPacked);
  }

  private static void addTable(List<Kernel.Argument> arguments, String name, Side side) {
    if (side.taps instanceof Taps.Listed) {
      arguments.add(new Kernel.Argument(name, new ArrayType(ScalarType.INT, 1)));
    }
  }

  private interface Cell {
    void at(int f, int g, int v);
  }

  private void each(Cell cell) {
    for (int f = 0; f < left.rows; f++) {
      for (int g = 0; g < right.rows; g++) {
        for (int v = 0; v < width; v++) {
          cell.at(f, g, v);
        }
      }
    }
  }

  /** How many registers hold sums. */
  int accumulators() {
    return left.rows * right.rows * width;
  }

  static String accumulator(int f, int g, int v) {
    return "s" + f + "_" + g + "_" + v;
  }

  /** One tap: the vectors of the right once, then row by row of the left. */
  private List<Statement> tap() {
    var body = new ArrayList<Statement>();
    ScalarType vector = element.counterpart();
    Scalar rightStart = Ints.plus(Ints.local("bFirst"), Ints.local(LANE));
    Scalar rightAt = position(body, "bAt", RIGHT_TABLE, right.taps, rightStart);
    Scalar leftStart = Ints.local("aFirst");
    Scalar leftAt =
        position(
            body, "aAt", LEFT_TABLE, left.taps,
            isLeftVector ? Ints.plus(leftStart, Ints.local(LANE)) : leftStart);
    if (right.run.length > 1) {
      new SharedTaps(this, leftAt, rightAt).addTo(body);
      return body;
    }
    for (int g = 0; g < right.rows; g++) {
      for (int v = 0; v < width; v++) {
        body.add(
            new Statement.Let(
                "b" + g + "_" + v,
                new Scalar.LoadVector(RIGHT, vectorAt(rightAt, g * right.stride, v), vector)));
      }
    }
    for (int f = 0; f < left.rows; f++) {
      for (int v = 0; v < (isLeftVector ? width : 1); v++) {
        Scalar value =
            isLeftVector
                ? new Scalar.LoadVector(LEFT, vectorAt(leftAt, f * left.stride, v), vector)
                : new Scalar.Broadcast(
                    new Scalar.Load(LEFT, Ints.plus(leftAt, Ints.of(f * left.stride)), element));
        body.add(new Statement.Let("a" + f + "_" + v, value));
      }
      multiply(body, f);
    }
    return body;
  }

  private void multiply(List<Statement> body, int f) {
    for (int g = 0; g < right.rows; g++) {
      for (int v = 0; v < width; v++) {
        body.add(
            multiply("a" + f + "_" + (isLeftVector ? v : 0), "b" + g + "_" + v, accumulator(f, g, v)));
      }
    }
  }

  /** The product of two vectors added to a sum. */
  Statement multiply(String left, String right, String sum) {
    ScalarType vector = element.counterpart();
    List<Scalar> arguments =
        Stream.of(left, right, sum).<Scalar>map(name -> new Scalar.Local(name, vector)).toList();
    return new Statement.Assign(sum, new Scalar.Call(Scalar.Function.FMA, arguments, vector));
  }

  private static Scalar position(
      List<Statement> body, String name, String table, Taps taps, Scalar start) {
    Scalar tap =
        switch (taps) {
          case Taps.Even(int stride) -> Ints.times(Ints.local("t"), stride);
          case Taps.Listed _ -> new Scalar.Load(table, Ints.local("t"), ScalarType.INT);
        };
    body.add(new Statement.Let(name, Ints.plus(start, tap)));
    return Ints.local(name);
  }

  Scalar vectorAt(Scalar start, int offset, int v) {
    return Ints.plus(
        Ints.plus(start, Ints.of(offset)), Ints.times(new Scalar.LaneCount(element), v));
  }

  /** The position of a result. */
  Scalar result(int f, int g) {
    return Ints.plus(
        Ints.local(FIRST_RESULT), Ints.of(f * target.leftStride + g * target.rightStride));
  }

  /** The first lane of a vector. */
  Scalar lane(int v) {
    return Ints.plus(Ints.local(LANE), Ints.times(new Scalar.LaneCount(element), v));
  }

  private void store(List<Statement> body, int f, int g, int v) {
    Scalar at = result(f, g);
    Scalar value = new Scalar.Local(accumulator(f, g, v), element.counterpart());
    Scalar lane = lane(v);
    if (!target.isLanes) {
      body.add(new Statement.StoreVector(RESULT, Ints.plus(at, lane), value));
      return;
    }
    String row = "y" + f + "_" + g;
    if (v == 0) {
      body.add(new Statement.LetRow(row, RESULT, element, at));
    }
    body.add(new Statement.StoreVector(row, lane, value));
  }
}
