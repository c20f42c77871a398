package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Index;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * A contraction of one example with a parameter, as tiles with outputs in the lanes: along the last axis
 * of the result where that is an axis of the other factor too (the columns of an image); else along an
 * axis of the parameter (units, filters), of which a copy is made once, {@code [tap][output]}.
 */
final class ExampleToTiles {
  private static final int MOST_ROWS = 6;
  private static final int MOST_VECTORS = 8;
  private static final int ACCUMULATORS = 12;

  private final Contraction contraction;
  private final Arrays arrays;
  private final ScalarType element = ScalarType.FLOAT;

  private ExampleToTiles(Contraction contraction, Arrays arrays) {
    this.contraction = contraction;
    this.arrays = arrays;
  }

  /** The kernels; empty where no axis suits the lanes. */
  static Optional<List<KernelCall>> lower(Contraction contraction, Arrays arrays) {
    if (arrays.real() != ScalarType.FLOAT) {
      return Optional.empty();
    }
    var example = new ExampleToTiles(contraction, arrays);
    return example.columns().or(example::packed);
  }

  private Strides result() {
    return Strides.rowMajor(contraction.outputs());
  }

  /** The per-example factor: where it lies, in a copy when it has a margin. */
  private record Operand(ArrayReference array, Strides strides) {}

  private Operand right(List<KernelCall> calls) {
    Access access = contraction.right();
    if (!access.hasMargin()) {
      return new Operand(arrays.of(access.tensor()), access.inTensor());
    }
    var packing = new Packing(arrays, access);
    ArrayReference scratch = packing.scratch();
    calls.add(packing.copy(scratch, false, contraction.equation().place()));
    return new Operand(scratch, access.inBox());
  }

  // ---------- lanes along an axis of the example ----------

  private Optional<List<KernelCall>> columns() {
    Index last = contraction.outputs().getLast();
    Optional<Index> rows =
        contraction.onlyIn(contraction.left(), contraction.right()).stream().findFirst();
    boolean suits =
        last.extent().size() >= LaneRuns.LINE
            && contraction.right().inBox().stride(last) == 1
            && !contraction.left().dependsOn(last)
            && rows.isPresent();
    if (!suits) {
      return Optional.empty();
    }
    var calls = new ArrayList<KernelCall>();
    Operand right = right(calls);
    int length = last.extent().size();
    int width = length >= 2 * LaneRuns.LINE ? 2 : 1;
    var kernel = new KernelBuilder(arrays);
    var flat = new ArrayType(element, 1);
    String left = kernel.array(contraction.left().tensor());
    List<String> operands =
        List.of(left, kernel.array(right.array(), flat), kernel.array(contraction.equation().target()));
    Strides inLeft = contraction.left().inTensor();
    List<Index> others = contraction.outputs().subList(0, contraction.outputs().size() - 1);
    int most = Math.min(MOST_ROWS, rows.get().extent().size());
    List<Statement> loops =
        new TileLoops(
                kernel,
                others,
                Optional.of(new TileLoops.Rows(rows.get(), most)),
                Optional.empty(),
                (f, _, position) -> {
                  Tile tile =
                      new Tile(
                          element,
                          new Tile.Side(f, inLeft.stride(rows.get()), contraction.taps(inLeft)),
                          new Tile.Side(1, 0, contraction.taps(right.strides())),
                          false,
                          width,
                          new Tile.Target(false, result().stride(rows.get()), 0));
                  return LaneRuns.along(
                      kernel,
                      length,
                      width,
                      element,
                      lane ->
                          invoke(
                              kernel,
                              tile,
                              operands,
                              List.of(
                                  position.of(inLeft),
                                  position.of(right.strides()),
                                  position.of(result()),
                                  lane)));
                })
            .loops();
    calls.add(kernel.call(loops, contraction.equation().place()));
    return Optional.of(calls);
  }

  // ---------- lanes along an axis of the parameter ----------

  private Optional<List<KernelCall>> packed() {
    Access parameter = contraction.left();
    Access example = contraction.right();
    List<Index> lanes = contraction.onlyIn(parameter, example);
    if (lanes.isEmpty()
        || contraction.outputs().stream()
            .anyMatch(i -> parameter.dependsOn(i) && !i.equals(lanes.getFirst()))) {
      return Optional.empty();
    }
    Index lane = lanes.getFirst();
    int size = lane.extent().size();
    int vectors = Math.ceilDiv(size, LaneRuns.LINE);
    int runs = Math.ceilDiv(vectors, MOST_VECTORS);
    int width = Math.ceilDiv(vectors, runs);
    int padded = width * runs * LaneRuns.LINE;
    Optional<Index> rows = contraction.onlyIn(example, parameter).stream().findFirst();
    int most =
        rows.map(i -> Math.clamp(ACCUMULATORS / width, 1, Math.min(MOST_ROWS, i.extent().size())))
            .orElse(1);
    var calls = new ArrayList<KernelCall>();
    Operand right = right(calls);
    calls.add(tiles(right, lane, width, padded, rows.filter(_ -> most > 1), most));
    return Optional.of(calls);
  }

  private KernelCall tiles(
      Operand example, Index lane, int width, int padded, Optional<Index> rows, int most) {
    var kernel = new KernelBuilder(arrays);
    var flat = new ArrayType(element, 1);
    String target = kernel.array(contraction.equation().target());
    boolean direct = padded == lane.extent().size() && result().stride(lane) == 1;
    String stored =
        direct ? target : kernel.array(arrays.scratch(flat, most * padded), flat);
    List<String> operands =
        List.of(
            kernel.array(example.array(), flat),
            kernel.array(PackedWeight.of(contraction, lane, padded, arrays), flat),
            stored);
    List<Index> others = contraction.outputs().stream().filter(i -> !i.equals(lane)).toList();
    List<Statement> loops =
        new TileLoops(
                kernel,
                others,
                rows.map(i -> new TileLoops.Rows(i, most)),
                Optional.empty(),
                (f, _, position) -> {
                  int stride = rows.map(i -> example.strides().stride(i)).orElse(0);
                  int resultStride = rows.map(i -> result().stride(i)).orElse(0);
                  Tile tile =
                      new Tile(
                          element,
                          new Tile.Side(f, stride, contraction.taps(example.strides())),
                          new Tile.Side(1, 0, new Tile.Taps.Even(padded)),
                          false,
                          width,
                          new Tile.Target(false, direct ? resultStride : padded, 0));
                  String at = kernel.fresh("lane");
                  var statements = new ArrayList<Statement>();
                  statements.add(
                      new Statement.ForVectors(
                          at,
                          Ints.of(0),
                          Ints.of(padded),
                          width,
                          element,
                          List.of(
                              invoke(
                                  kernel,
                                  tile,
                                  operands,
                                  List.of(
                                      position.of(example.strides()),
                                      Ints.of(0),
                                      direct ? position.of(result()) : Ints.of(0),
                                      Ints.local(at))))));
                  if (!direct) {
                    Scalar first = position.of(result());
                    for (int row = 0; row < f; row++) {
                      statements.add(
                          unpack(
                              kernel,
                              stored,
                              row * padded,
                              target,
                              Ints.plus(first, Ints.of(row * resultStride)),
                              lane));
                    }
                  }
                  return statements;
                })
            .loops();
    return kernel.call(loops, contraction.equation().place());
  }

  /** The results of one row from the scratch array to where they belong. */
  private Statement unpack(
      KernelBuilder kernel, String stored, int from, String target, Scalar first, Index lane) {
    String at = kernel.fresh("j");
    Scalar value =
        new Scalar.Load(stored, Ints.plus(Ints.local(at), Ints.of(from)), element);
    return new Statement.For(
        at,
        Ints.of(0),
        Ints.of(lane.extent().size()),
        1,
        List.of(
            new Statement.Store(
                target,
                Ints.plus(first, Ints.times(Ints.local(at), result().stride(lane))),
                value)));
  }

  /** The call of the tile; {@code ints} lack the number of taps. */
  private Statement invoke(
      KernelBuilder kernel, Tile tile, List<String> operands, List<Scalar> ints) {
    var all = new ArrayList<>(ints);
    all.add(Ints.of(contraction.tapCount()));
    return tile.call(kernel, operands, all);
  }
}
