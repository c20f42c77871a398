package netc.schedule;

import java.util.List;
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
 * @param width vectors of a tile, so many lines of a panel
 */
record PackedWeight(Contraction contraction, List<Index> outputs, int width) {

  /** In panels of nearly equal width. */
  static PackedWeight of(Contraction contraction, List<Index> outputs, int mostVectors) {
    int vectors = Math.ceilDiv(size(outputs), LaneRuns.LINE);
    return new PackedWeight(
        contraction, outputs, Math.ceilDiv(vectors, Math.ceilDiv(vectors, mostVectors)));
  }

  static int size(List<Index> indices) {
    return indices.stream().mapToInt(i -> i.extent().size()).reduce(1, Math::multiplyExact);
  }

  /** The outputs of a panel. */
  int panel() {
    return width * LaneRuns.LINE;
  }

  int panels() {
    return Math.ceilDiv(size(outputs), panel());
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
    Scalar first = Ints.of(parameter.inTensor().constant());
    return new ArrayReference.InPacked(
        arrays.weight(parameter.tensor()).orElseThrow(),
        new Kernel(arguments, false, overOutputs(0, Ints.of(0), first)),
        Math.multiplyExact(contraction.tapCount(), padded()));
  }

  private List<Statement> overOutputs(int depth, Scalar output, Scalar source) {
    if (depth == outputs.size()) {
      Scalar panel = call(Scalar.Function.FLOOR_DIVIDE, output);
      Scalar inPanel = call(Scalar.Function.FLOOR_REMAINDER, output);
      return List.of(
          new Statement.Let(
              "first", Ints.plus(Ints.times(panel, panel() * contraction.tapCount()), inPanel)),
          overTaps(0, Ints.of(0), source));
    }
    Scalar position = Ints.local("j" + depth);
    Index index = outputs.get(depth);
    return List.of(
        loop(
            "j" + depth,
            index,
            overOutputs(
                depth + 1,
                Ints.plus(Ints.times(output, index.extent().size()), position),
                along(source, index, position))));
  }

  private Scalar call(Scalar.Function function, Scalar output) {
    return new Scalar.Call(function, List.of(output, Ints.of(panel())), ScalarType.INT);
  }

  private Statement overTaps(int depth, Scalar tap, Scalar source) {
    if (depth == contraction.taps().size()) {
      return new Statement.Store(
          "packed",
          Ints.plus(Ints.times(tap, panel()), Ints.local("first")),
          new Scalar.Load("weight", source, ScalarType.FLOAT));
    }
    Scalar position = Ints.local("i" + depth);
    Index index = contraction.taps().get(depth);
    return loop(
        "i" + depth,
        index,
        List.of(
            overTaps(
                depth + 1,
                Ints.plus(Ints.times(tap, index.extent().size()), position),
                along(source, index, position))));
  }

  private Scalar along(Scalar source, Index index, Scalar position) {
    return Ints.plus(
        source, Ints.times(position, contraction.left().inTensor().stride(index)));
  }

  private static Statement loop(String variable, Index index, List<Statement> body) {
    return new Statement.For(variable, Ints.of(0), Ints.of(index.extent().size()), 1, body);
  }
}
