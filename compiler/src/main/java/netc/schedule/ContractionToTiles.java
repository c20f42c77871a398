package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Index;
import netc.ir.Step;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * A contraction of a block of examples as tiles with the examples in the lanes. Of a sum over the
 * examples the tiles leave a sum a lane, and the lanes are added up in a fixed tree, so that the result
 * does not depend on how many lanes the machine has.
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
  private final Optional<TileLoops.Rows> leftRows;
  private final Optional<TileLoops.Rows> rightRows;
  private final Optional<Epilogue> epilogue;

  private ContractionToTiles(
      Contraction contraction, List<Step> following, Readers readers, Arrays arrays) {
    this.contraction = contraction;
    this.arrays = arrays;
    this.element = arrays.real();
    this.lanes = arrays.blockRows();
    List<Index> left = contraction.onlyIn(contraction.left(), contraction.right());
    List<Index> right = contraction.onlyIn(contraction.right(), contraction.left());
    boolean both = !left.isEmpty() && !right.isEmpty();
    boolean square = contraction.isLeftVector() && both;
    this.width = square ? 1 : 2;
    int room = ACCUMULATORS / width;
    int ofLeft = left.isEmpty() ? 1 : Math.min(square ? 4 : MOST_ROWS, left.getFirst().extent().size());
    int ofRight = right.isEmpty() ? 1 : Math.min(room / ofLeft, right.getFirst().extent().size());
    this.leftRows = left.stream().findFirst().map(i -> new TileLoops.Rows(i, ofLeft));
    this.rightRows =
        ofRight == 1
            ? Optional.empty()
            : right.stream().findFirst().map(i -> new TileLoops.Rows(i, ofRight));
    this.epilogue =
        contraction.isSumOfExamples()
            ? Optional.empty()
            : Epilogue.of(
                contraction.equation(), following, readers, arrays, footprint(), inLanes(ofLeft, ofRight));
  }

  /**
   * @param following the steps behind the contraction
   */
  static TilesAndSteps lower(
      Contraction contraction, List<Step> following, Readers readers, Arrays arrays) {
    return SumOfExamples.match(contraction, arrays)
        .map(sum -> new TilesAndSteps(sum.lower(), 0))
        .orElseGet(
            () -> {
              var tiles = new ContractionToTiles(contraction, following, readers, arrays);
              return new TilesAndSteps(tiles.lower(), tiles.epilogue.map(e -> e.members().size()).orElse(0));
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
    calls.add(tiles(left, right));
    return calls;
  }

  private ArrayReference packed(Access access, List<KernelCall> calls) {
    var packing = new Packing(arrays, access);
    ArrayReference scratch = packing.scratch();
    calls.add(
        packing.copy(scratch, contraction.isSumOfExamples(), contraction.equation().place()));
    return scratch;
  }

  private KernelCall tiles(ArrayReference left, ArrayReference right) {
    var kernel = contraction.kernel(arrays);
    var flat = new ArrayType(element, 1);
    var operands = new Operands(kernel.array(left, flat), kernel.array(right, flat));
    List<Statement> loops =
        new TileLoops(
                kernel,
                contraction.outputs(),
                leftRows,
                rightRows,
                (f, g, position) ->
                    contraction.isSumOfExamples()
                        ? sumOfLanes(kernel, operands, f, g, position)
                        : inLanes(kernel, operands, f, g, position))
            .loops();
    return kernel.tiles(
        loops,
        contraction.equation().place(),
        contraction.isSumOfExamples() ? Role.Lane.SUMS_OF_EXAMPLES : Role.Lane.EXAMPLES);
  }

  private record Operands(String left, String right) {}

  private Strides left() {
    return contraction.isLeftVector()
        ? contraction.left().inBox().times(lanes)
        : contraction.left().inTensor();
  }

  private Strides right() {
    return contraction.right().inBox().times(lanes);
  }

  private Strides result() {
    return contraction.result();
  }

  private Tile tile(int f, int g, Tile.Target target) {
    return new Tile(
        element,
        new Tile.Side(f, stride(left(), leftRows), contraction.taps(left())),
        new Tile.Side(g, stride(right(), rightRows), contraction.taps(right())),
        contraction.isLeftVector(),
        width,
        target);
  }

  private static int stride(Strides strides, Optional<TileLoops.Rows> rows) {
    return rows.map(r -> strides.stride(r.index())).orElse(0);
  }

  private Footprint footprint() {
    return Footprint.ofBlock(
        leftRows.map(TileLoops.Rows::index), rightRows.map(TileLoops.Rows::index));
  }

  /** The tile of so many rows whose results are rows of lanes. */
  private Tile inLanes(int f, int g) {
    return tile(f, g, new Tile.Target(true, stride(result(), leftRows), stride(result(), rightRows)));
  }

  private List<Statement> inLanes(
      KernelBuilder kernel, Operands operands, int f, int g, TileLoops.Position position) {
    Tile plain = inLanes(f, g);
    Optional<Tile> finished = epilogue.map(e -> e.inTile(plain, footprint(), arrays).orElseThrow());
    var passed = new ArrayList<>(List.of(operands.left(), operands.right()));
    if (finished.isEmpty()) {
      passed.add(kernel.array(contraction.equation().target()));
    }
    String lane = kernel.fresh("lane");
    List<Scalar> ints = ints(position, position.of(result()), Ints.local(lane));
    if (finished.isPresent()) {
      contraction.outputs().forEach(i -> ints.add(position.of(Strides.of(i))));
    }
    return List.of(overLanes(lane, finished.orElse(plain).call(kernel, passed, ints)));
  }

  private List<Statement> sumOfLanes(
      KernelBuilder kernel, Operands operands, int f, int g, TileLoops.Position position) {
    String sums = kernel.array(scratchOfSums(), new ArrayType(element, 1));
    String target = kernel.array(contraction.equation().target());
    Tile tile = tile(f, g, new Tile.Target(false, g * lanes, lanes));
    String lane = kernel.fresh("lane");
    var statements = new ArrayList<Statement>();
    statements.add(
        overLanes(
            lane,
            tile.call(
                kernel,
                List.of(operands.left(), operands.right(), sums),
                ints(position, Ints.of(0), Ints.local(lane)))));
    String first = kernel.fresh("first");
    statements.add(new Statement.Let(first, position.of(result())));
    for (int i = 0; i < f; i++) {
      for (int j = 0; j < g; j++) {
        int offset = i * stride(result(), leftRows) + j * stride(result(), rightRows);
        statements.add(
            new Statement.Invoke(
                LaneSum.kernel(element, lanes),
                List.of(sums, target),
                List.of(
                    Ints.of((i * g + j) * lanes), Ints.plus(Ints.local(first), Ints.of(offset)))));
      }
    }
    return statements;
  }

  private ArrayReference sums;

  private ArrayReference scratchOfSums() {
    if (sums == null) {
      sums = arrays.scratch(new ArrayType(element, 1), ACCUMULATORS * lanes);
    }
    return sums;
  }

  private Statement overLanes(String lane, Statement body) {
    return new Statement.ForVectors(
        lane, Ints.of(0), Ints.of(lanes), width, element, List.of(body));
  }

  /** The values of {@link Tile#INTS}. */
  private List<Scalar> ints(TileLoops.Position position, Scalar result, Scalar lane) {
    return new ArrayList<>(
        List.of(
            position.of(left()),
            position.of(right()),
            result,
            lane,
            Ints.of(contraction.tapCount())));
  }
}
