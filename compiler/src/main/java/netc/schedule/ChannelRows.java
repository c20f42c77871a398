package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import netc.ir.Index;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * A contraction of one example whose channels stand apart, such as a depthwise convolution, {@code y[h,w,c] =
 * sum[u,v] k[c,u,v] * x[h+u,w+v,c]}, as plain loops along the channels: a row of the weight's copy {@code
 * [tap][channel]} times one of the image's, {@code [pixel][channel]}, some taps at a time. Every row is an
 * array of its own, else the loops stay scalar.
 */
final class ChannelRows {
  /** In shorter rows the loop takes longer to begin than to run. */
  private static final int SHORTEST_ROW = 16;

  /** Elements of an image's copy. */
  private static final int LARGEST_COPY = 1 << 22;

  private static final ScalarType ELEMENT = ScalarType.FLOAT;
  private static final ArrayType FLAT = new ArrayType(ELEMENT, 1);
  private static final ArrayType MATRIX = new ArrayType(ELEMENT, 2);

  private final Contraction contraction;
  private final Arrays arrays;
  private final Access image;
  private final Index channel;
  private final int length;

  private ChannelRows(Contraction contraction, Arrays arrays) {
    this.image = contraction.right();
    this.contraction = contraction.withTapsAlong(image);
    this.arrays = arrays;
    this.channel = contraction.outputs().getLast();
    this.length = channel.extent().size();
  }

  /** The kernels; empty where the channels are not the last axis of all, or too few. */
  static Optional<List<KernelCall>> lower(Contraction contraction, Arrays arrays) {
    boolean isOfWeight =
        arrays.real() == ELEMENT
            && contraction.time().isEmpty()
            && !contraction.outputs().isEmpty()
            && arrays.weight(contraction.left().tensor()).isPresent()
            && arrays.weight(contraction.right().tensor()).isEmpty();
    return isOfWeight
        ? Optional.of(new ChannelRows(contraction, arrays))
            .filter(ChannelRows::suits)
            .map(ChannelRows::kernels)
        : Optional.empty();
  }

  private boolean suits() {
    return length >= SHORTEST_ROW
        && contraction.outputs().stream()
            .allMatch(i -> i.equals(channel) == contraction.left().dependsOn(i) || i.extent().size() == 1)
        && areRows(image.inTensor())
        && areRows(image.inBox())
        && elements() <= LARGEST_COPY
        && elements() % length == 0;
  }

  /** Whether everything but the channel steps from row to row. */
  private boolean areRows(Strides strides) {
    return strides.stride(channel) == 1
        && strides.constant() % length == 0
        && strides.of().entrySet().stream()
            .allMatch(s -> s.getKey().equals(channel) || s.getValue() % length == 0);
  }

  /** Of the image, with its margin if it has one. */
  private long elements() {
    return image.hasMargin() ? image.boxSize() : image.tensor().elements();
  }

  private List<KernelCall> kernels() {
    var calls = new ArrayList<KernelCall>();
    var operand = ExampleOperand.atAllTimes(image, contraction, arrays, false, calls);
    var kernel = contraction.kernel(arrays);
    int pixels = Math.toIntExact(elements() / length);
    String source = kernel.array(operand.array(), FLAT);
    String rows = kernel.array(arrays.scratchRows(MATRIX, pixels, length), MATRIX);
    var statements = new ArrayList<>(copy(kernel, source, rows, pixels));
    statements.addAll(new Sums(kernel, inRows(operand.strides()), rows).loops());
    calls.add(
        kernel.call(statements, contraction.equation().place()).as(new Role.Rows(length, true)));
    return calls;
  }

  /** Where a pixel's row is. */
  private Strides inRows(Strides strides) {
    var inRows = new LinkedHashMap<Index, Integer>();
    strides.of().forEach((index, stride) -> inRows.put(index, stride / length));
    return new Strides(strides.constant() / length, inRows);
  }

  private List<Statement> copy(KernelBuilder kernel, String source, String rows, int pixels) {
    String pixel = kernel.fresh("p");
    String row = kernel.fresh("x");
    String start = kernel.fresh("start");
    List<Statement> each =
        List.of(
            new Statement.LetRow(row, rows, ELEMENT, Ints.local(pixel)),
            new Statement.Let(start, Ints.times(Ints.local(pixel), length)),
            along(
                kernel,
                c -> {
                  Scalar element = new Scalar.Load(source, Ints.plus(Ints.local(start), c), ELEMENT);
                  return new Statement.Store(row, c, element);
                }));
    return List.of(new Statement.For(pixel, Ints.of(0), Ints.of(pixels), 1, each));
  }

  /** Something for every channel. */
  private Statement along(KernelBuilder kernel, Function<Scalar, Statement> body) {
    String variable = kernel.fresh("c");
    return new Statement.For(
        variable, Ints.of(0), Ints.of(length), 1, List.of(body.apply(Ints.local(variable))));
  }

  // ---------- the sums ----------

  /** A row of results after the other. */
  private final class Sums {
    private final KernelBuilder kernel;
    private final Strides image;
    private final String rows;
    private final String weights;
    private final String scratch;
    private final String target;
    private final EvenTaps even;

    Sums(KernelBuilder kernel, Strides image, String rows) {
      this.kernel = kernel;
      this.image = image;
      this.rows = rows;
      this.weights = kernel.array(new PackedRows(contraction, List.of(channel)).array(arrays), MATRIX);
      this.scratch = kernel.array(arrays.scratchRows(MATRIX, 1, length), MATRIX);
      this.target = kernel.array(contraction.equation().target());
      this.even = EvenTaps.of(contraction.taps(), image);
    }

    List<Statement> loops() {
      List<Index> pixels = contraction.outputs().subList(0, contraction.outputs().size() - 1);
      return new TileLoops(
              kernel, pixels, Optional.empty(), Optional.empty(), (_, _, at) -> pixel(at))
          .loops();
    }

    private List<Statement> pixel(TileLoops.Position position) {
      String sum = kernel.fresh("y");
      String first = kernel.fresh("first");
      String start = kernel.fresh("start");
      var statements = new ArrayList<Statement>();
      statements.add(new Statement.LetRow(sum, scratch, ELEMENT, Ints.of(0)));
      statements.add(new Statement.Let(first, position.of(image)));
      statements.add(
          along(kernel, c -> new Statement.Store(sum, c, new Scalar.RealLiteral(0, ELEMENT))));
      statements.addAll(
          new IndexLoops(even.around(), image, _ -> kernel.fresh("j"))
              .from(
                  Ints.local(first),
                  (run, at) -> taps(sum, Ints.times(run, even.length()), at)));
      statements.add(new Statement.Let(start, position.of(contraction.result())));
      statements.add(
          along(
              kernel,
              c ->
                  new Statement.Store(
                      target, Ints.plus(Ints.local(start), c), new Scalar.Load(sum, c, ELEMENT))));
      return statements;
    }

    /** The taps of a run, some at a time. */
    private List<Statement> taps(String sum, Scalar run, Scalar at) {
      int most = even.length() / PlainTile.TAPS * PlainTile.TAPS;
      var statements = new ArrayList<Statement>();
      if (most > 0) {
        String tap = kernel.fresh("t");
        List<Statement> some = taps(sum, run, at, Ints.local(tap), PlainTile.TAPS);
        statements.add(new Statement.For(tap, Ints.of(0), Ints.of(most), PlainTile.TAPS, some));
      }
      statements.addAll(taps(sum, run, at, Ints.of(most), even.length() - most));
      return statements;
    }

    private List<Statement> taps(String sum, Scalar run, Scalar at, Scalar first, int count) {
      var statements = new ArrayList<Statement>();
      var factors = new ArrayList<String>();
      var pixels = new ArrayList<String>();
      for (int i = 0; i < count; i++) {
        Scalar tap = Ints.plus(first, Ints.of(i));
        String factor = kernel.fresh("w");
        String pixel = kernel.fresh("x");
        statements.add(new Statement.LetRow(factor, weights, ELEMENT, Ints.plus(run, tap)));
        statements.add(
            new Statement.LetRow(pixel, rows, ELEMENT, Ints.plus(at, Ints.times(tap, even.stride()))));
        factors.add(factor);
        pixels.add(pixel);
      }
      if (count > 0) {
        statements.add(along(kernel, c -> added(sum, c, factors, pixels)));
      }
      return statements;
    }

    private Statement added(String row, Scalar c, List<String> factors, List<String> pixels) {
      Scalar sum = new Scalar.Load(row, c, ELEMENT);
      for (int i = 0; i < factors.size(); i++) {
        Scalar factor = new Scalar.Load(factors.get(i), c, ELEMENT);
        Scalar pixel = new Scalar.Load(pixels.get(i), c, ELEMENT);
        sum = new Scalar.Call(Scalar.Function.FMA, List.of(factor, pixel, sum), ELEMENT);
      }
      return new Statement.Store(row, c, sum);
    }
  }
}
