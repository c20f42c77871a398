package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import netc.ir.Index;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * A contraction of one example, as tiles of several rows with the result's last axis in the lanes:
 * filters beside pixels, units beside times, one sequence's times beside another's; or the channels of
 * both factors, where each has an image of its own.
 */
final class LaneTiles {
  /** Of so many bytes a factor stays in the cache while all rows pass by; of more, each panel does. */
  private static final int CACHED = 1 << 18;

  /** From so many multiplications on it pays to call other threads. */
  private static final long FEWEST_SHARED = 1 << 20;

  private static final ScalarType ELEMENT = ScalarType.FLOAT;
  private static final ArrayType FLAT = new ArrayType(ELEMENT, 1);

  private final LaneFactors factors;
  private final Contraction contraction;
  private final Arrays arrays;
  private final Access across;
  private final Index lane;
  private final List<Index> blocks;
  private final boolean isDepthwise;

  private LaneTiles(LaneFactors factors) {
    this.factors = factors;
    this.contraction = factors.contraction();
    this.arrays = factors.arrays();
    this.across = factors.across();
    this.lane = factors.lane();
    this.blocks = factors.blocks();
    this.isDepthwise = factors.isDepthwise();
  }

  /**
   * The kernels; empty where neither factor suits the lanes.
   *
   * @param following the steps behind the contraction
   */
  static Optional<TilesAndSteps> lower(
      Contraction contraction, List<? extends Step> following, Readers readers, Arrays arrays) {
    return LaneFactors.of(contraction, arrays)
        .map(factors -> new LaneTiles(factors).lower(following, readers));
  }

  private TilesAndSteps lower(List<? extends Step> following, Readers readers) {
    var calls = new ArrayList<KernelCall>();
    var read = ExampleOperand.of(factors.beside(), contraction, arrays, true, calls);
    Tiles tiles = tiles(read, contraction.result());
    Optional<Epilogue> epilogue = tiles.epilogue(following, readers);
    int steps = epilogue.map(e -> e.members().size()).orElse(0);
    Optional<ResultInBox> box = box(epilogue, following.subList(steps, following.size()), readers);
    if (box.isPresent()) {
      Tiles inBox = tiles(read, box.get().strides(contraction.outputs()));
      if (inBox.epilogue(following, readers).equals(epilogue)) {
        var packing = new Packing(arrays, box.get().access());
        ArrayReference scratch = packing.scratch();
        arrays.writtenInto(scratch, box.get().access().tensor());
        calls.add(packing.margin(scratch, contraction.equation().place()));
        tiles = inBox;
      }
    }
    calls.add(tiles.call(epilogue, calls));
    return new TilesAndSteps(calls, steps);
  }

  private Optional<ResultInBox> box(
      Optional<Epilogue> epilogue, List<? extends Step> following, Readers readers) {
    var defining = new ArrayList<Step>(List.of(contraction.equation()));
    epilogue.ifPresent(e -> defining.addAll(e.members()));
    return epilogue.filter(e -> e.stored().size() > 1).isPresent()
        ? Optional.empty()
        : ResultInBox.of(stored(epilogue), defining, following, readers, arrays);
  }

  /** What the tiles leave in memory, besides what else an epilogue stores. */
  private Tensor stored(Optional<Epilogue> epilogue) {
    return epilogue.map(Epilogue::sums).orElse(contraction.equation().target());
  }

  private Tiles tiles(ExampleOperand read, Strides results) {
    MergedAxes axes =
        MergedAxes.of(
            contraction.outputs().stream()
                .filter(i -> !i.equals(lane) && !blocks.contains(i))
                .toList(),
            List.of(read.strides(), results));
    Strides reading = axes.strides().get(0);
    Index rows = factors.rows(axes.outputs().reversed().stream(), reading);
    return new Tiles(read.array(), axes, factors.shape(rows, reading), rows);
  }

  // ---------- loops ----------

  /** The tiles, once it is known where the factors lie. */
  private final class Tiles {
    private final KernelBuilder kernel = contraction.kernel(arrays);
    private final ArrayReference read;
    private final MergedAxes axes;
    private final Strides reading;
    private final Strides result;
    private final TileShape shape;
    private final Index rows;
    private final Panels panels;
    private final Optional<PackedFactor> packed;

    Tiles(ArrayReference read, MergedAxes axes, TileShape shape, Index rows) {
      this.read = read;
      this.axes = axes;
      this.reading = axes.strides().get(0);
      this.result = axes.strides().get(1);
      this.shape = shape;
      this.rows = rows;
      this.panels =
          isDepthwise ? new Panels(lane, lane.extent().size()) : Panels.of(lane, shape.width());
      this.packed =
          factors.isInPlace()
              ? Optional.empty()
              : Optional.of(new PackedFactor(contraction, across, blocks, panels));
    }

    /** What the tiles can compute of the steps behind them. */
    Optional<Epilogue> epilogue(List<? extends Step> following, Readers readers) {
      return contraction.equation().target().isPerExample()
          ? Epilogue.of(
              contraction.equation(), following, readers, arrays, footprint(), tile(shape.rows()))
          : Optional.empty();
    }

    private Footprint footprint() {
      Optional<Index> row = Optional.of(axes.parts().get(rows).getLast());
      Optional<Index> none = Optional.empty();
      return new Footprint(
          isDepthwise ? none : row, isDepthwise ? row : none, Optional.of(lane), axes.parts().values());
    }

    /** The values of an epilogue's positions, one for each output of the contraction. */
    private List<Scalar> positions(Scalar first, TileLoops.Position position) {
      var values = new HashMap<Index, Scalar>();
      blocks.forEach(block -> values.put(block, position.of(Strides.of(block))));
      axes.parts()
          .forEach((axis, parts) -> values.put(parts.getLast(), position.of(Strides.of(axis))));
      values.put(lane, first);
      return contraction.outputs().stream().map(i -> values.getOrDefault(i, Ints.of(0))).toList();
    }

    KernelCall call(Optional<Epilogue> epilogue, List<KernelCall> before) {
      String example = kernel.array(read, FLAT);
      ArrayReference reference =
          packed.map(p -> p.array(arrays, before)).orElseGet(() -> arrays.of(across.tensor()));
      String factor = kernel.array(reference, FLAT);
      String target = kernel.array(written(arrays.of(stored(epilogue)), stored(epilogue)), FLAT);
      List<String> operands =
          isDepthwise ? List.of(factor, example, target) : List.of(example, factor, target);
      boolean isCached =
          contraction.tapCount() * (long) lane.extent().size() * Float.BYTES <= CACHED;
      List<Statement> loops =
          Registers.choose(
              areAlike(epilogue), registers -> loops(epilogue, operands, registers, isCached));
      return kernel.tiles(loops, contraction.equation().place(), Role.Lane.RESULTS);
    }

    private boolean areAlike(Optional<Epilogue> epilogue) {
      return rows(Registers.FEW) == rows(Registers.MANY)
          && isInTile(epilogue, Registers.FEW) == isInTile(epilogue, Registers.MANY);
    }

    /** Whether a tile of so many rows keeps its sums in registers while they are finished. */
    private boolean isInTile(Optional<Epilogue> epilogue, int registers) {
      return epilogue
          .filter(e -> e.fitsIn(registers, tile(rows(registers)), footprint(), arrays))
          .isPresent();
    }

    private List<Statement> loops(
        Optional<Epilogue> epilogue, List<String> operands, int registers, boolean isCached) {
      String panel = kernel.fresh("panel");
      Optional<Epilogue> inTile = epilogue.filter(e -> isInTile(epilogue, registers));
      Optional<Epilogue> behind = epilogue.filter(_ -> inTile.isEmpty());
      boolean isWhole = (isCached || panels.count() == 1) && lane.extent().size() % LaneRuns.LINE == 0;
      TileLoops.Leaf tile =
          (height, _, position) ->
              tiles(inTile, behind.filter(_ -> !isWhole), operands, height, panel, position);
      TileLoops.Leaf inside =
          isCached ? (f, g, at) -> overPanels(panel, tile.tile(f, g, at)) : tile;
      TileLoops.Leaf finished =
          (f, g, at) -> {
            var statements = new ArrayList<>(inside.tile(f, g, at));
            behind
                .filter(_ -> isWhole)
                .ifPresent(
                    e -> statements.add(behind(e, f, Ints.of(0), Ints.of(lane.extent().size()), at)));
            return statements;
          };
      var rowsOfTiles = Optional.of(new TileLoops.Rows(rows, rows(registers)));
      List<Index> outputs = Stream.concat(blocks.stream(), axes.outputs().stream()).toList();
      return shared(
          new TileLoops(kernel, outputs, rowsOfTiles, Optional.empty(), finished), panel, isCached);
    }

    /** The most rows of a tile. */
    private int rows(int registers) {
      return isDepthwise || registers == Registers.MANY
          ? shape.rows()
          : shape.rowsInFewRegisters(contraction.taps(reading) instanceof Tile.Taps.Listed);
    }

    /** The array, or the box that the tensor is written into in its place. */
    private ArrayReference written(ArrayReference array, Tensor tensor) {
      return arrays.box(tensor).filter(_ -> array.equals(arrays.of(tensor))).orElse(array);
    }

    /** Several threads share panels where each has lanes of its own, else what is outermost in them. */
    private List<Statement> shared(TileLoops loops, String panel, boolean isCached) {
      boolean isLarge = arrays.areShared() && contraction.multiplications() >= FEWEST_SHARED;
      if (isLarge) {
        kernel.allowShares();
      }
      boolean byPanel = !isCached && panels.count() > 1;
      if (isLarge && byPanel && lane.extent().size() % panels.length() == 0) {
        return List.of(kernel.share(panel, 0, panels.count(), 1, loops.loops()));
      }
      List<Statement> inside = isLarge ? loops.shared() : loops.loops();
      return byPanel ? overPanels(panel, inside) : inside;
    }

    private List<Statement> overPanels(String panel, List<Statement> body) {
      return panels.count() == 1
          ? body
          : List.of(
              new Statement.For(panel, Ints.of(0), Ints.of(panels.count()), 1, body));
    }

    /** A tile at every vector of a panel. */
    private List<Statement> tiles(
        Optional<Epilogue> inTile,
        Optional<Epilogue> behind,
        List<String> operands,
        int height,
        String panel,
        TileLoops.Position position) {
      Scalar at = panels.count() == 1 ? Ints.of(0) : Ints.local(panel);
      Scalar first = panels.first(at);
      Scalar acrossAt =
          packed
              .map(p -> Ints.plus(Ints.times(at, p.panelSize()), position.of(p.strides())))
              .orElseGet(() -> Ints.plus(first, position.of(across.inTensor())));
      Scalar besideAt = position.of(reading);
      Scalar resultAt = Ints.plus(first, position.of(result));
      Tile tile = inTile.map(e -> finished(e, height)).orElseGet(() -> tile(height));
      List<String> passed = inTile.isPresent() ? operands.subList(0, 2) : operands;
      List<Scalar> positions = inTile.map(_ -> positions(first, position)).orElse(List.of());
      LaneRuns.Tiles call =
          lanes -> {
            var ints =
                new ArrayList<>(
                    List.of(
                        isDepthwise ? acrossAt : besideAt,
                        isDepthwise ? besideAt : acrossAt,
                        resultAt,
                        lanes,
                        contraction.inside(contraction.tapCount() / tile.right().run().length())));
            ints.addAll(positions);
            var statements = new ArrayList<>(List.of(tile.call(kernel, passed, ints)));
            Scalar width = Ints.times(new Scalar.LaneCount(ELEMENT), shape.width());
            behind.ifPresent(
                e -> statements.add(behind(e, height, Ints.plus(first, lanes), width, position)));
            return statements;
          };
      if (isDepthwise) {
        return LaneRuns.along(kernel, lane.extent().size(), shape.width(), ELEMENT, call);
      }
      String lanes = kernel.fresh("lane");
      return List.of(
          new Statement.ForVectors(
              lanes,
              Ints.of(0),
              Ints.of(panels.length()),
              shape.width(),
              ELEMENT,
              call.at(Ints.local(lanes))));
    }

    /** What follows the sums of so many rows, from a value of the lanes' output on. */
    private Statement behind(
        Epilogue epilogue, int height, Scalar first, Scalar lanes, TileLoops.Position position) {
      Epilogue.Behind behind =
          epilogue.behind(tile(height), footprint(), arrays).orElseThrow();
      var passed = new ArrayList<String>();
      for (int i = 0; i < behind.references().size(); i++) {
        passed.add(
            kernel.array(
                written(behind.references().get(i), epilogue.sums()),
                behind.kernel().arrays().get(i).type()));
      }
      var ints = new ArrayList<>(List.of(Ints.plus(first, position.of(result)), lanes));
      ints.addAll(positions(first, position));
      return new Statement.Invoke(behind.kernel(), passed, ints);
    }

    /** A tile that stores what the epilogue makes of its sums. */
    private Tile finished(Epilogue epilogue, int height) {
      Tile tile = epilogue.inTile(tile(height), footprint(), arrays).orElseThrow();
      return tile.with(
          tile.epilogue().orElseThrow().at(array -> written(array, epilogue.sums())));
    }

    private Tile tile(int height) {
      return isDepthwise ? depthwise(height) : product(height);
    }

    private Tile product(int height) {
      return new Tile(
          ELEMENT,
          new Tile.Side(height, reading.stride(rows), contraction.taps(reading)),
          new Tile.Side(1, 0, acrossTaps()),
          false,
          shape.width(),
          contraction.tapCount(),
          new Tile.Target(false, result.stride(rows), 0));
    }

    private Tile depthwise(int height) {
      boolean isWindow = factors.isWindow(reading, rows);
      return new Tile(
          ELEMENT,
          isWindow ? weightsOfWindow() : new Tile.Side(1, 0, acrossTaps()),
          isWindow
              ? window(height)
              : new Tile.Side(height, reading.stride(rows), contraction.taps(reading)),
          true,
          shape.width(),
          contraction.tapCount(),
          new Tile.Target(false, 0, result.stride(rows)));
    }

    private Tile.Side weightsOfWindow() {
      int taps = contraction.taps().getLast().extent().size();
      return new Tile.Side(
          1, 0, new Tile.Taps.Even(taps * panels.length()), new Tile.Run(taps, panels.length()));
    }

    private Tile.Side window(int height) {
      Index tap = contraction.taps().getLast();
      return new Tile.Side(
          height,
          reading.stride(rows),
          contraction.tapsBeforeLast(reading),
          new Tile.Run(tap.extent().size(), reading.stride(tap)));
    }

    private Tile.Taps acrossTaps() {
      return packed
          .<Tile.Taps>map(p -> new Tile.Taps.Even(panels.length()))
          .orElseGet(() -> contraction.taps(across.inTensor()));
    }
  }
}
