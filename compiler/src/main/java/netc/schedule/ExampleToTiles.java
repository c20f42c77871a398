package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Index;
import netc.ir.Step;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * A contraction of one example with a parameter, as tiles with outputs in the lanes: along the last axis
 * of the result where that is an axis of the other factor too (the columns of an image); else along an
 * axes of the parameter (units, filters, gates), of which a copy is made once.
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

  /**
   * The kernels; empty where no axis suits the lanes.
   *
   * @param following the steps behind the contraction
   */
  static Optional<TilesAndSteps> lower(
      Contraction contraction, List<? extends Step> following, Readers readers, Arrays arrays, Refusals refusals) {
    if (refusals.when(
        arrays.real() != ScalarType.FLOAT, "one example in double precision has plain loops")) {
      return Optional.empty();
    }
    var example = new ExampleToTiles(contraction, arrays);
    Optional<TilesAndSteps> tiles = LaneTiles.lower(contraction, following, readers, arrays);
    boolean isWeight = arrays.weight(contraction.left().tensor()).isPresent();
    if (tiles.isPresent() || refusals.when(!isWeight, "no factor is a parameter")) {
      return tiles;
    }
    Optional<List<KernelCall>> found = example.columns().or(example::packed);
    refusals.when(found.isEmpty(), "no axis of the result suits vectors");
    return found.map(calls -> new TilesAndSteps(calls, 0));
  }

  private Strides result() {
    return contraction.result();
  }

  private ExampleOperand right(List<KernelCall> calls) {
    return ExampleOperand.of(contraction.right(), contraction, arrays, true, calls);
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
    ExampleOperand right = right(calls);
    int length = last.extent().size();
    int width = length >= 2 * LaneRuns.LINE ? 2 : 1;
    var kernel = contraction.kernel(arrays);
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
                          contraction.tapCount(),
                          new Tile.Target(false, result().stride(rows.get()), 0));
                  return LaneRuns.along(
                      kernel,
                      length,
                      width,
                      element,
                      lane ->
                          List.of(
                              invoke(
                                  kernel,
                                  tile,
                                  operands,
                                  List.of(
                                      position.of(inLeft),
                                      position.of(right.strides()),
                                      position.of(result()),
                                      lane))));
                })
            .loops();
    calls.add(kernel.tiles(loops, contraction.equation().place(), Role.Lane.RESULTS));
    return Optional.of(calls);
  }

  // ---------- lanes along an axis of the parameter ----------

  private Optional<List<KernelCall>> packed() {
    Access parameter = contraction.left();
    Access example = contraction.right();
    List<Index> ofParameter =
        contraction.outputs().stream()
            .filter(i -> i.extent().size() > 1 && parameter.dependsOn(i))
            .toList();
    if (ofParameter.isEmpty()
        || ofParameter.stream().anyMatch(example::dependsOn)
        || contraction.time().filter(parameter::dependsOn).isPresent()) {
      return Optional.empty();
    }
    Optional<Index> rows = contraction.onlyIn(example, parameter).stream().findFirst();
    PackedWeight packed =
        rows.isPresent()
            ? PackedWeight.of(contraction, ofParameter, MOST_VECTORS / 2)
            : PackedWeight.of(contraction, ofParameter, MOST_VECTORS).ofOneRow();
    int most =
        rows.map(i -> Math.clamp(ACCUMULATORS / packed.width(), 1, Math.min(MOST_ROWS, i.extent().size())))
            .orElse(1);
    var calls = new ArrayList<KernelCall>();
    ExampleOperand right = right(calls);
    calls.add(tiles(right, packed, rows.filter(_ -> most > 1), most));
    return Optional.of(calls);
  }

  private KernelCall tiles(ExampleOperand example, PackedWeight packed, Optional<Index> rows, int most) {
    var kernel = contraction.kernel(arrays);
    var flat = new ArrayType(element, 1);
    String target = kernel.array(contraction.equation().target());
    boolean direct = packed.isWhole() && isDense(packed.outputs());
    String stored =
        direct ? target : kernel.array(arrays.scratch(flat, most * packed.padded()), flat);
    List<String> operands =
        List.of(
            kernel.array(example.array(), flat), kernel.array(packed.array(arrays), flat), stored);
    List<Index> others =
        contraction.outputs().stream().filter(i -> !packed.outputs().contains(i)).toList();
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
                          new Tile.Side(
                              packed.columns(), packed.panelSize(), new Tile.Taps.Even(packed.panel())),
                          false,
                          packed.width(),
                          contraction.tapCount(),
                          new Tile.Target(
                              false, direct ? resultStride : packed.padded(), packed.panel()));
                  var statements =
                      new ArrayList<>(
                          panels(
                              kernel,
                              packed,
                              tile,
                              operands,
                              position.of(example.strides()),
                              direct ? position.of(result()) : Ints.of(0)));
                  if (!direct) {
                    Scalar first = position.of(result());
                    for (int row = 0; row < f; row++) {
                      Scalar to = Ints.plus(first, Ints.of(row * resultStride));
                      statements.addAll(
                          unpack(
                              kernel, stored, row * packed.padded(), target, to, packed.outputs()));
                    }
                  }
                  return statements;
                })
            .loops();
    return kernel.tiles(loops, contraction.equation().place(), Role.Lane.RESULTS);
  }

  /** Whether the results lie side by side, in the order of the indices. */
  private boolean isDense(List<Index> indices) {
    Strides dense = Strides.rowMajor(indices);
    return indices.stream().allMatch(i -> result().stride(i) == dense.stride(i));
  }

  /** Tiles at every vector of every panel. */
  private List<Statement> panels(
      KernelBuilder kernel,
      PackedWeight packed,
      Tile tile,
      List<String> operands,
      Scalar example,
      Scalar result) {
    String panel = kernel.fresh("panel");
    String lane = kernel.fresh("lane");
    boolean areSeveral = packed.panels() > packed.columns();
    Scalar at =
        contraction.time().isPresent() && areSeveral ? inTurn(panel, packed) : Ints.local(panel);
    return List.of(
        new Statement.For(
            panel,
            Ints.of(0),
            Ints.of(packed.panels()),
            packed.columns(),
            List.of(
                new Statement.ForVectors(
                    lane,
                    Ints.of(0),
                    Ints.of(packed.panel()),
                    packed.width(),
                    element,
                    List.of(
                        invoke(
                            kernel,
                            tile,
                            operands,
                            List.of(
                                example,
                                Ints.times(at, packed.panelSize()),
                                Ints.plus(Ints.times(at, packed.panel()), result),
                                Ints.local(lane))))))));
  }

  /**
   * At every other time of a scan the last panel comes first: what the time before read last is still in the
   * first-level cache (docs/decisions/010).
   */
  private static Scalar inTurn(String panel, PackedWeight packed) {
    Scalar time = Ints.local(Kernel.TIME);
    Scalar half = new Scalar.Arithmetic(Scalar.Operator.DIVIDE, time, Ints.of(2));
    Scalar odd = Ints.plus(time, Ints.times(half, -2));
    int last = packed.panels() - packed.columns();
    Scalar back = Ints.plus(Ints.times(Ints.local(panel), -1), Ints.of(last));
    return new Scalar.Choose(
        new Scalar.Compare(Scalar.Comparison.EQUAL, odd, Ints.of(0)), Ints.local(panel), back);
  }

  /** The results of one row from the scratch array to where they belong. */
  private List<Statement> unpack(
      KernelBuilder kernel, String stored, int first, String target, Scalar to, List<Index> outputs) {
    return new IndexLoops(outputs, result(), _ -> kernel.fresh("j"))
        .from(
            to,
            (from, at) ->
                List.of(
                    new Statement.Store(
                        target, at, new Scalar.Load(stored, Ints.plus(from, Ints.of(first)), element))));
  }

  /** The call of the tile; {@code ints} lack the number of taps. */
  private Statement invoke(
      KernelBuilder kernel, Tile tile, List<String> operands, List<Scalar> ints) {
    var all = new ArrayList<>(ints);
    all.add(contraction.inside(contraction.tapCount()));
    return tile.call(kernel, operands, all);
  }
}
