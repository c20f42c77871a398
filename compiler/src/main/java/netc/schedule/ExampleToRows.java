package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import netc.ir.Index;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * A contraction of one example as plain loops that the JIT compiler turns into vectors: results side by
 * side in a row, to which rows of one factor are added, four at a time, each times an element of the
 * other. The rows are a copy, {@code [tap][result]}: of a weight made once, of anything else at every call.
 */
final class ExampleToRows {
  /** In shorter rows the loop takes longer to begin than to run. */
  private static final int SHORTEST_ROW = 16;

  /** Longer ones are no faster than a copy costs. */
  private static final int LONG_ROW = 64;

  /** Of the results that share a copy; with fewer it does not pay. */
  private static final int FEWEST_USES = 4;

  /** Elements of a copy that stays in the second cache. */
  private static final int LARGEST_COPY = 1 << 18;

  private final Contraction contraction;
  private final Arrays arrays;
  private final Access rows;
  private final Access scalars;

  /** The outputs along a row, on which the scalars do not depend. */
  private final List<Index> row;

  private final boolean isWeight;
  private final ArrayType flat;
  private final ArrayType matrix;

  private ExampleToRows(
      Contraction contraction, Arrays arrays, Access rows, Access scalars, List<Index> row, boolean isWeight) {
    this.contraction = contraction;
    this.arrays = arrays;
    this.rows = rows;
    this.scalars = scalars;
    this.row = row;
    this.isWeight = isWeight;
    flat = new ArrayType(arrays.real(), 1);
    matrix = new ArrayType(arrays.real(), 2);
  }

  /** The kernels; empty where no rows are long enough. */
  static Optional<List<KernelCall>> lower(Contraction contraction, Arrays arrays) {
    Optional<ExampleToRows> packed = ofWeight(contraction, arrays);
    Optional<ExampleToRows> copied =
        copied(contraction, arrays, contraction.right(), contraction.left())
            .or(() -> copied(contraction, arrays, contraction.left(), contraction.right()));
    int most = Math.min(LONG_ROW, copied.map(ExampleToRows::length).orElse(0));
    return packed
        .filter(rows -> rows.length() >= most)
        .or(() -> copied)
        .map(ExampleToRows::kernels);
  }

  /** Rows along the outputs of a weight, with the taps as they lie in the other factor. */
  private static Optional<ExampleToRows> ofWeight(Contraction contraction, Arrays arrays) {
    Access weight = contraction.left();
    Access example = contraction.right();
    Contraction ordered = contraction.withTapsAlong(example);
    boolean isWeight =
        arrays.real() == ScalarType.FLOAT
            && arrays.weight(weight.tensor()).isPresent()
            && contraction.time().filter(weight::dependsOn).isEmpty()
            && contraction.outputs().stream()
                .noneMatch(i -> weight.dependsOn(i) && example.dependsOn(i));
    List<Index> row = onlyIn(contraction, weight, example);
    return isWeight
            && (isEven(contraction, example) || contraction.time().isEmpty())
            && PackedWeight.size(row) >= SHORTEST_ROW
        ? Optional.of(new ExampleToRows(ordered, arrays, weight, example, row, true))
        : Optional.empty();
  }

  /** As many of the last outputs along a row as the copy of the rows stays small with. */
  private static Optional<ExampleToRows> copied(
      Contraction contraction, Arrays arrays, Access rows, Access scalars) {
    List<Index> row = onlyIn(contraction, rows, scalars);
    while (!row.isEmpty() && (long) PackedWeight.size(row) * contraction.tapCount() > LARGEST_COPY) {
      row = row.subList(1, row.size());
    }
    return isEven(contraction, scalars)
            && PackedWeight.size(row) >= SHORTEST_ROW
            && PackedWeight.size(onlyIn(contraction, scalars, rows)) >= FEWEST_USES
        ? Optional.of(new ExampleToRows(contraction, arrays, rows, scalars, row, false))
        : Optional.empty();
  }

  /** The outputs on which one factor alone depends, in their order. */
  private static List<Index> onlyIn(Contraction contraction, Access one, Access other) {
    return longOnes(contraction.outputs()).stream()
        .filter(i -> one.dependsOn(i) && !other.dependsOn(i))
        .toList();
  }

  private static List<Index> longOnes(List<Index> indices) {
    return indices.stream().filter(i -> i.extent().size() > 1).toList();
  }

  /** Whether the taps lie evenly, be it in a copy with a margin. */
  private static boolean isEven(Contraction contraction, Access scalars) {
    return contraction.taps(scalars.inTensor()) instanceof Tile.Taps.Even
        && contraction.taps(scalars.inBox()) instanceof Tile.Taps.Even;
  }

  private int length() {
    return PackedWeight.size(row);
  }

  private List<KernelCall> kernels() {
    var calls = new ArrayList<KernelCall>();
    var operand = ExampleOperand.of(scalars, contraction, arrays, false, calls);
    var kernel = contraction.kernel(arrays);
    String elements = kernel.array(operand.array(), flat);
    String sums = kernel.array(arrays.scratchRows(matrix, PlainTile.mostResults(length()), length()), matrix);
    String target = kernel.array(contraction.equation().target());
    List<Index> outputs =
        contraction.outputs().stream().filter(i -> !row.contains(i)).toList();
    List<Statement> loops;
    if (isWeight) {
      var packed = new PackedRows(contraction, row).array(arrays);
      String copy = kernel.array(packed, matrix);
      loops =
          tiles(
              outputs,
              tile ->
                  new Sums(kernel, tile, elements, operand, copy, sums, target)
                      .over(outputs)
                      .loops());
    } else {
      var source = ExampleOperand.atAllTimes(rows, contraction, arrays, false, calls);
      String from = kernel.array(source.array(), flat);
      ArrayReference scratch = arrays.scratchRows(matrix, contraction.tapCount(), length());
      String copy = kernel.array(scratch, matrix);
      List<Index> around = outputs.stream().filter(rows::dependsOn).toList();
      List<Index> sharing = outputs.stream().filter(i -> !rows.dependsOn(i)).toList();
      TileLoops.Leaf sumsOfCopy =
          (_, _, position) -> {
            var block = new ArrayList<>(copy(kernel, from, source, copy, position));
            block.addAll(
                tiles(
                    sharing,
                    tile ->
                        new Sums(kernel, tile, elements, operand, copy, sums, target)
                            .over(sharing)
                            .loops(position)));
            return block;
          };
      loops = new TileLoops(kernel, around, Optional.empty(), Optional.empty(), sumsOfCopy).loops();
    }
    calls.add(
        kernel.call(loops, contraction.equation().place()).as(new Role.Rows(length(), isWeight)));
    return calls;
  }

  /** Loops over tiles of rows, where several read the same taps. */
  private List<Statement> tiles(List<Index> outputs, Function<PlainTile, List<Statement>> loops) {
    return several(outputs).isPresent()
        ? PlainTile.choose(length(), loops)
        : loops.apply(PlainTile.PAIR);
  }

  /** The last output on which only the numbers depend. */
  private Optional<Index> several(List<Index> outputs) {
    return longOnes(outputs).stream().filter(scalars::dependsOn).reduce((_, last) -> last);
  }

  // ---------- the copy ----------

  private List<Statement> copy(
      KernelBuilder kernel, String from, ExampleOperand source, String copy, TileLoops.Position position) {
    String start = kernel.fresh("start");
    var statements = new ArrayList<Statement>();
    statements.add(new Statement.Let(start, position.of(source.strides())));
    statements.addAll(
        loops(kernel, contraction.taps(), source.strides())
            .from(
                Ints.local(start),
                (tap, at) -> {
                  String name = kernel.fresh("x");
                  var each = new ArrayList<Statement>();
                  each.add(new Statement.LetRow(name, copy, arrays.real(), tap));
                  each.addAll(
                      loops(kernel, row, source.strides())
                          .from(
                              at,
                              (lane, element) ->
                                  List.of(
                                      new Statement.Store(
                                          name, lane, new Scalar.Load(from, element, arrays.real())))));
                  return each;
                }));
    return statements;
  }

  private static IndexLoops loops(KernelBuilder kernel, List<Index> indices, Access.Strides strides) {
    return new IndexLoops(indices, strides, _ -> kernel.fresh("j"));
  }

  // ---------- the sums ----------

  /** Rows of results, some at a time. */
  private final class Sums {
    private final KernelBuilder kernel;
    private final PlainTile tile;
    private final String elements;
    private final ExampleOperand operand;
    private final String copy;
    private final String sums;
    private final String target;
    private final EvenTaps even;

    Sums(
        KernelBuilder kernel,
        PlainTile tile,
        String elements,
        ExampleOperand operand,
        String copy,
        String sums,
        String target) {
      this.kernel = kernel;
      this.tile = tile;
      this.elements = elements;
      this.operand = operand;
      this.copy = copy;
      this.sums = sums;
      this.target = target;
      even = EvenTaps.of(contraction.taps(), operand.strides());
    }

    TileLoops over(List<Index> outputs) {
      Optional<TileLoops.Rows> rows =
          several(outputs).map(last -> new TileLoops.Rows(last, tile.results()));
      return new TileLoops(
          kernel,
          outputs,
          rows,
          Optional.empty(),
          (count, _, position) -> rows(rows.map(TileLoops.Rows::index), count, position));
    }

    private List<Statement> rows(Optional<Index> pair, int count, TileLoops.Position position) {
      var results = new RowSums(kernel, sums, Ints.of(0), count, length(), tile);
      var statements = new ArrayList<Statement>();
      var firsts = new ArrayList<Scalar>();
      for (int result = 0; result < count; result++) {
        String first = kernel.fresh("first");
        int apart = result * pair.map(i -> operand.strides().stride(i)).orElse(0);
        statements.add(
            new Statement.Let(
                first, Ints.plus(position.of(operand.strides()), Ints.of(apart))));
        firsts.add(Ints.local(first));
      }
      statements.addAll(results.begun());
      statements.addAll(results.zeros());
      statements.addAll(
          loops(kernel, even.around(), operand.strides())
              .from(Ints.of(0), (run, at) -> run(Ints.times(run, even.length()), at, results, firsts)));
      for (int result = 0; result < count; result++) {
        statements.addAll(stored(results.row(result), result, pair, position));
      }
      return statements;
    }

    /** Taps that lie evenly, some at a time. */
    private List<Statement> run(Scalar row, Scalar at, RowSums results, List<Scalar> firsts) {
      int most = even.length() / PlainTile.TAPS * PlainTile.TAPS;
      var statements = new ArrayList<>(taps(0, most, PlainTile.TAPS, row, at, results, firsts));
      statements.addAll(taps(most, even.length(), 1, row, at, results, firsts));
      return statements;
    }

    private List<Statement> taps(
        int from, int to, int taps, Scalar row, Scalar start, RowSums results, List<Scalar> firsts) {
      if (from == to) {
        return List.of();
      }
      String tap = kernel.fresh("t");
      RowSums.Factor factor =
          (result, i) -> {
            Scalar number = Ints.plus(Ints.local(tap), Ints.of(i));
            Scalar inRun = Ints.plus(Ints.times(number, even.stride()), firsts.get(result));
            return new Scalar.Load(elements, Ints.plus(start, inRun), arrays.real());
          };
      return List.of(
          new Statement.For(
              tap,
              Ints.of(from),
              contraction.inside(to),
              taps,
              results.add(copy, Ints.plus(row, Ints.local(tap)), taps, factor)));
    }

    /** The results to where they belong. */
    private List<Statement> stored(
        String name, int result, Optional<Index> pair, TileLoops.Position position) {
      Access.Strides to = contraction.result();
      int apart = result * pair.map(to::stride).orElse(0);
      return loops(kernel, row, to)
          .from(
              Ints.plus(position.of(to), Ints.of(apart)),
              (lane, element) ->
                  List.of(
                      new Statement.Store(
                          target, element, new Scalar.Load(name, lane, arrays.real()))));
    }
  }
}
