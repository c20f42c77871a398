package netc.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Reads;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * A contraction of a block of examples as tiles with the examples in the lanes. Of a sum over the
 * examples the tiles leave a sum a lane, and the lanes are added up in a fixed tree, so that the result
 * does not depend on how many lanes the machine has. Where both factors are vectors this is done group by
 * group of examples: a tile of one vector then reads all of each cache line, and most of it again and again.
 */
final class ContractionToTiles {
  /** Accumulators of a tile: with the operands beside them they fit 16 registers. */
  private static final int ACCUMULATORS = 12;

  private static final int MOST_ROWS = 6;

  private final Contraction contraction;
  private final Arrays arrays;
  private final ScalarType element;
  private final int lanes;
  private final int width;

  /** The examples that are side by side in the copies. */
  private final int group;

  private final Index groups;

  private final Optional<TileLoops.Rows> leftRows;
  private final Optional<TileLoops.Rows> rightRows;
  private final Optional<TapsInside> inside;
  private final Optional<Epilogue> epilogue;

  private ContractionToTiles(
      Contraction given, List<? extends Step> following, Readers readers, Arrays arrays) {
    this.arrays = arrays;
    this.element = arrays.real();
    this.lanes = arrays.blockRows();
    List<Index> left = given.onlyIn(given.left(), given.right());
    List<Index> right = given.onlyIn(given.right(), given.left());
    boolean both = !left.isEmpty() && !right.isEmpty();
    boolean square = given.isLeftVector() && both;
    this.width = square ? 1 : 2;
    this.group = square && given.isSumOfExamples() ? Math.min(lanes, LaneRuns.LINE) : lanes;
    this.groups = new Index("group", Extent.of(lanes / group));
    Optional<Index> sharing = square ? sharing(given, right) : Optional.empty();
    Optional<Index> columns = sharing.or(() -> right.stream().findFirst());
    int ofLeft;
    int ofRight;
    if (sharing.isPresent()) {
      var shape = WindowShape.of(left.getFirst().extent().size(), sharing.get().extent().size());
      ofLeft = shape.rows();
      ofRight = shape.columns();
    } else {
      ofLeft = left.isEmpty() ? 1 : Math.min(square ? 4 : MOST_ROWS, left.getFirst().extent().size());
      ofRight = right.isEmpty() ? 1 : Math.min(ACCUMULATORS / width / ofLeft, right.getFirst().extent().size());
    }
    this.leftRows = left.stream().findFirst().map(i -> new TileLoops.Rows(i, ofLeft));
    this.rightRows =
        ofRight == 1 ? Optional.empty() : columns.map(i -> new TileLoops.Rows(i, ofRight));
    this.inside = TapsInside.of(given, rightRows.map(TileLoops.Rows::index));
    this.contraction = inside.map(TapsInside::contraction).orElse(given);
    this.epilogue =
        contraction.isSumOfExamples()
            ? Optional.empty()
            : Epilogue.of(
                contraction.equation(),
                contraction.time().isPresent() ? following : ofOwn(following),
                readers,
                arrays,
                footprint(),
                inLanes(ofLeft, ofRight, firstRun()));
  }

  /**
   * The steps that read of the examples what the contraction and they themselves define. Outside of scans
   * others gain nothing in a tile, and make a method more of it: a twentieth of all code of ResNet-18.
   */
  private List<Step> ofOwn(List<? extends Step> following) {
    Set<Tensor> own = new HashSet<>(Set.of(contraction.equation().target()));
    var steps = new ArrayList<Step>();
    for (Step step : following) {
      if (Reads.of(step).stream().anyMatch(t -> t.isPerExample() && !own.contains(t))) {
        break;
      }
      own.addAll(step.targets());
      steps.add(step);
    }
    return steps;
  }

  /**
   * The output along which the right factor is read at the places of the next taps, as along the window
   * of a convolution's weight gradient: its columns share what they read.
   */
  private static Optional<Index> sharing(Contraction contraction, List<Index> right) {
    Strides box = contraction.right().inBox();
    return right.stream()
        .filter(i -> i.extent().size() >= 3)
        .filter(i -> contraction.taps().stream().anyMatch(t -> box.stride(t) == box.stride(i)))
        .min(Comparator.comparingInt(i -> Math.abs(box.stride(i))));
  }

  /**
   * @param following the steps behind the contraction
   */
  static TilesAndSteps lower(
      Contraction contraction, List<? extends Step> following, Readers readers, Arrays arrays) {
    return SumOfExamples.match(contraction, arrays)
        .map(sum -> new TilesAndSteps(sum.lower(), 0))
        .orElseGet(
            () -> {
              var tiles = new ContractionToTiles(contraction, following, readers, arrays);
              return new TilesAndSteps(tiles.lower(), tiles.epilogue.map(Epilogue::steps).orElse(0));
            });
  }

  private List<KernelCall> lower() {
    var calls = new ArrayList<KernelCall>();
    ArrayReference left =
        contraction.isLeftVector()
            ? packed(contraction.left(), calls)
            : arrays.of(contraction.left().tensor());
    boolean same =
        contraction.isLeftVector()
            && contraction.left().tensor().equals(contraction.right().tensor())
            && contraction.left().ranges().equals(contraction.right().ranges());
    ArrayReference right = same ? left : packed(contraction.right(), calls);
    epilogue.flatMap(Epilogue::pool).ifPresent(pool -> calls.add(start(pool)));
    calls.add(tiles(left, right));
    return calls;
  }

  /** The kernel that writes the zeros with which the maxima of a pool begin. */
  private KernelCall start(Pool pool) {
    var kernel = new KernelBuilder(arrays, Optional.empty());
    Tensor target = pool.equation().target();
    String at = kernel.fresh("i");
    String row = kernel.fresh("y");
    String lane = kernel.fresh("b");
    Scalar start = new Scalar.Broadcast(new Scalar.RealLiteral(0, element));
    var store = new Statement.StoreVector(row, Ints.local(lane), start);
    List<Statement> ofRow =
        List.of(
            new Statement.LetRow(row, kernel.array(target), element, Ints.local(at)),
            new Statement.ForVectors(lane, Ints.of(0), end(kernel), 1, element, List.of(store)));
    var overRows = new Statement.For(at, Ints.of(0), Ints.of(target.elements()), 1, ofRow);
    return kernel.call(List.of(overRows), pool.equation().place()).as(new Role.LaneVectors());
  }

  private ArrayReference packed(Access access, List<KernelCall> calls) {
    var packing = new Packing(arrays, access, group);
    ArrayReference scratch = packing.scratch();
    calls.add(
        packing.copy(scratch, contraction.isSumOfExamples(), contraction.equation().place()));
    return scratch;
  }

  private KernelCall tiles(ArrayReference left, ArrayReference right) {
    var kernel = contraction.kernel(arrays);
    var flat = new ArrayType(element, 1);
    var operands = new Operands(kernel.array(left, flat), kernel.array(right, flat));
    return kernel.tiles(
        loops(kernel, operands),
        contraction.equation().place(),
        contraction.isSumOfExamples() ? Role.Lane.SUMS_OF_EXAMPLES : Role.Lane.EXAMPLES);
  }

  private List<Statement> loops(KernelBuilder kernel, Operands operands) {
    if (contraction.isSumOfExamples()) {
      TileLoops loops =
          loops(kernel, contraction.outputs(), (f, g, at) -> sumOfLanes(kernel, operands, f, g, at));
      return group == lanes ? loops.loops() : overGroups(kernel, loops);
    }
    if (inside.flatMap(TapsInside::inner).isEmpty()) {
      TileLoops.Leaf tile = (f, g, at) -> inLanes(kernel, operands, f, g, at, firstRun());
      return loops(kernel, contraction.outputs(), tile).loops();
    }
    Index place = inside.get().inner().get().place();
    List<Index> others = contraction.outputs().stream().filter(i -> !i.equals(place)).toList();
    var statements = new ArrayList<Statement>();
    for (TapsInside.Run run : inside.get().runs()) {
      TileLoops.Leaf tile = (f, g, at) -> inLanes(kernel, operands, f, g, at, Optional.of(run));
      String variable = kernel.fresh("i");
      var around = new TileLoops.Position(Map.of(place, Ints.local(variable)));
      statements.add(
          new Statement.For(
              variable,
              Ints.of(run.from()),
              Ints.of(run.to()),
              1,
              loops(kernel, others, tile).loops(around)));
    }
    return statements;
  }

  /** The sums of each group are added to those before, the first ones to zeros. */
  private List<Statement> overGroups(KernelBuilder kernel, TileLoops loops) {
    Tensor target = contraction.equation().target();
    String element = kernel.fresh("i");
    Scalar zero = new Scalar.RealLiteral(0, this.element);
    var store = new Statement.Store(kernel.array(target), Ints.local(element), zero);
    String number = kernel.fresh("group");
    var around = new TileLoops.Position(Map.of(groups, Ints.local(number)));
    return List.of(
        new Statement.For(element, Ints.of(0), Ints.of(target.elements()), 1, List.of(store)),
        new Statement.For(
            number, Ints.of(0), Ints.of(groups.extent().size()), 1, loops.loopsByLeftRows(around)));
  }

  private TileLoops loops(KernelBuilder kernel, List<Index> outputs, TileLoops.Leaf leaf) {
    return new TileLoops(kernel, outputs, leftRows, rightRows, leaf);
  }

  private Optional<TapsInside.Run> firstRun() {
    return inside.map(i -> i.runs().getFirst());
  }

  private record Operands(String left, String right) {}

  private Strides left() {
    return contraction.isLeftVector()
        ? inCopy(contraction.left())
        : contraction.left().inTensor();
  }

  private Strides right() {
    return inCopy(contraction.right());
  }

  private Strides inCopy(Access access) {
    return access.inBox().times(group).with(groups, Math.toIntExact(Packing.size(access, group)));
  }

  private Strides result() {
    return contraction.result();
  }

  private Tile tile(int f, int g, Optional<TapsInside.Run> run, Tile.Target target) {
    return new Tile(
        element,
        new Tile.Side(f, stride(left(), leftRows), taps(left(), run)),
        new Tile.Side(g, stride(right(), rightRows), taps(right(), run)),
        contraction.isLeftVector(),
        width,
        contraction.tapCount(),
        target);
  }

  private Tile.Taps taps(Strides strides, Optional<TapsInside.Run> run) {
    return run.map(r -> inside.get().taps(strides, r)).orElseGet(() -> contraction.taps(strides));
  }

  private static int stride(Strides strides, Optional<TileLoops.Rows> rows) {
    return rows.map(r -> strides.stride(r.index())).orElse(0);
  }

  private static int most(Optional<TileLoops.Rows> rows) {
    return rows.map(TileLoops.Rows::most).orElse(1);
  }

  private Footprint footprint() {
    return Footprint.ofBlock(
        leftRows.map(TileLoops.Rows::index), rightRows.map(TileLoops.Rows::index));
  }

  /** The tile of so many rows whose results are rows of lanes. */
  private Tile inLanes(int f, int g, Optional<TapsInside.Run> run) {
    return tile(f, g, run, new Tile.Target(true, stride(result(), leftRows), stride(result(), rightRows)));
  }

  private List<Statement> inLanes(
      KernelBuilder kernel,
      Operands operands,
      int f,
      int g,
      TileLoops.Position position,
      Optional<TapsInside.Run> run) {
    Tile plain = inLanes(f, g, run);
    Optional<Tile> finished = epilogue.map(e -> e.inTile(plain, footprint(), arrays).orElseThrow());
    var passed = new ArrayList<>(List.of(operands.left(), operands.right()));
    if (finished.isEmpty()) {
      passed.add(kernel.array(contraction.equation().target()));
    }
    String lane = kernel.fresh("lane");
    List<Scalar> ints = ints(position, position.of(result()), Ints.local(lane), run);
    if (finished.isPresent()) {
      contraction.equation().outputs().stream()
          .filter(i -> !Lanes.isBatch(i))
          .forEach(i -> ints.add(position.of(Strides.of(i))));
    }
    return List.of(overLanes(lane, end(kernel), finished.orElse(plain).call(kernel, passed, ints)));
  }

  private List<Statement> sumOfLanes(
      KernelBuilder kernel, Operands operands, int f, int g, TileLoops.Position position) {
    String sums = kernel.array(scratchOfSums(), new ArrayType(element, 1));
    String target = kernel.array(contraction.equation().target());
    Tile tile = tile(f, g, Optional.empty(), new Tile.Target(false, g * group, group));
    String lane = kernel.fresh("lane");
    var statements = new ArrayList<Statement>();
    statements.add(
        overLanes(
            lane,
            Ints.of(group),
            tile.call(
                kernel,
                List.of(operands.left(), operands.right(), sums),
                ints(position, Ints.of(0), Ints.local(lane), Optional.empty()))));
    String first = kernel.fresh("first");
    statements.add(new Statement.Let(first, position.of(result())));
    String i = kernel.fresh("i");
    String j = kernel.fresh("j");
    Scalar sum = Ints.plus(Ints.times(Ints.local(i), g), Ints.local(j));
    Scalar inRow = Ints.times(Ints.local(i), stride(result(), leftRows));
    Scalar offset = Ints.plus(inRow, Ints.times(Ints.local(j), stride(result(), rightRows)));
    var addUp =
        new Statement.Invoke(
            LaneSum.kernel(element, group, group < lanes),
            List.of(sums, target),
            List.of(Ints.times(sum, group), Ints.plus(Ints.local(first), offset)));
    var along = new Statement.For(j, Ints.of(0), Ints.of(g), 1, List.of(addUp));
    statements.add(new Statement.For(i, Ints.of(0), Ints.of(f), 1, List.of(along)));
    return statements;
  }

  private ArrayReference sums;

  private ArrayReference scratchOfSums() {
    if (sums == null) {
      int results = most(leftRows) * most(rightRows);
      sums = arrays.scratch(new ArrayType(element, 1), results * group);
    }
    return sums;
  }

  private Statement overLanes(String lane, Scalar end, Statement body) {
    return new Statement.ForVectors(lane, Ints.of(0), end, width, element, List.of(body));
  }

  /** Where the lanes with an example end. */
  private Scalar end(KernelBuilder kernel) {
    return Lanes.end(lanes, () -> kernel.rowArgument(Kernel.ROWS));
  }

  /** The values of {@link Tile#INTS}. */
  private List<Scalar> ints(
      TileLoops.Position position, Scalar result, Scalar lane, Optional<TapsInside.Run> run) {
    Scalar leftAt = position.of(left());
    Scalar rightAt = position.of(right());
    if (run.isEmpty()) {
      return new ArrayList<>(List.of(leftAt, rightAt, result, lane, contraction.inside(contraction.tapCount())));
    }
    Scalar place = position.at().get(inside.get().outer().place());
    return new ArrayList<>(
        List.of(
            Ints.plus(inside.get().start(place, run.get(), left()), leftAt),
            Ints.plus(inside.get().start(place, run.get(), right()), rightAt),
            result,
            lane,
            inside.get().count(place, run.get())));
  }
}
