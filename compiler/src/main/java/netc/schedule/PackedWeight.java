package netc.schedule;

import java.util.List;
import java.util.stream.Stream;
import netc.ir.Index;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * A parameter's copy {@code [panel][tap][output]}, in the order in which tiles read it; behind the last
 * output are zeros.
 *
 * @param outputs on which the parameter depends, row-major
 * @param width vectors of a tile from a panel, which has so many lines
 * @param columns panels that a tile reads at once
 */
record PackedWeight(Contraction contraction, List<Index> outputs, int width, int columns) {
  /** From so many bytes on a weight comes from memory, not from a core's own caches. */
  private static final int FROM_MEMORY = 1 << 20;

  /** In panels of nearly equal width. */
  static PackedWeight of(Contraction contraction, List<Index> outputs, int mostVectors) {
    int vectors = Math.ceilDiv(size(outputs), LaneRuns.LINE);
    return new PackedWeight(
        contraction, outputs, Math.ceilDiv(vectors, Math.ceilDiv(vectors, mostVectors)), 1);
  }

  /** As wide, for one row: a large weight is read at several places at once, since one waits at each page. */
  PackedWeight ofOneRow() {
    long bytes = (long) size(outputs) * contraction.tapCount() * Float.BYTES;
    return width % 2 == 0 && bytes > FROM_MEMORY
        ? new PackedWeight(contraction, outputs, 2, width / 2)
        : this;
  }

  static int size(List<Index> indices) {
    return indices.stream().mapToInt(i -> i.extent().size()).reduce(1, Math::multiplyExact);
  }

  /** The outputs of a panel. */
  int panel() {
    return width * LaneRuns.LINE;
  }

  int panels() {
    return Math.ceilDiv(size(outputs), panel() * columns) * columns;
  }

  /** The elements of a panel with all taps. */
  int panelSize() {
    return panel() * contraction.tapCount();
  }

  int padded() {
    return panels() * panel();
  }

  /** Whether no zeros are needed. */
  boolean isWhole() {
    return padded() == size(outputs);
  }

  ArrayReference.InPacked array(Arrays arrays) {
    Access parameter = contraction.left();
    var flat = new ArrayType(ScalarType.FLOAT, 1);
    List<Kernel.Argument> arguments =
        List.of(new Kernel.Argument("packed", flat), new Kernel.Argument("weight", flat));
    Access.Strides from = parameter.inTensor();
    List<Statement> body =
        new IndexLoops(outputs, from, depth -> "j" + depth)
            .from(Ints.of(from.constant()), (output, source) -> column(from, output, source));
    return new ArrayReference.InPacked(
        arrays.weight(parameter.tensor()).orElseThrow(),
        new Kernel(arguments, false, body),
        Math.multiplyExact(contraction.tapCount(), padded()));
  }

  /** All taps of one output. */
  private List<Statement> column(Access.Strides from, Scalar output, Scalar source) {
    Scalar panel = call(Scalar.Function.FLOOR_DIVIDE, output);
    Scalar inPanel = call(Scalar.Function.FLOOR_REMAINDER, output);
    Scalar first = Ints.plus(Ints.times(panel, panelSize()), inPanel);
    List<Statement> taps =
        new IndexLoops(contraction.taps(), from, depth -> "i" + depth)
            .from(
                source,
                (tap, at) ->
                    List.of(
                        new Statement.Store(
                            "packed",
                            Ints.plus(Ints.times(tap, panel()), Ints.local("first")),
                            new Scalar.Load("weight", at, ScalarType.FLOAT))));
    return Stream.concat(Stream.of(new Statement.Let("first", first)), taps.stream()).toList();
  }

  private Scalar call(Scalar.Function function, Scalar output) {
    return new Scalar.Call(function, List.of(output, Ints.of(panel())), ScalarType.INT);
  }
}
