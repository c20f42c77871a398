package netc.schedule;

import java.util.List;
import netc.ir.Index;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/** A parameter's copy {@code [tap][output]}, its rows padded with zeros. */
final class PackedWeight {
  private PackedWeight() {}

  /**
   * @param lane the output in the lanes, the only one on which the parameter depends
   * @param padded the length of a row
   */
  static ArrayReference.InPacked of(Contraction contraction, Index lane, int padded, Arrays arrays) {
    Access parameter = contraction.left();
    Access.Strides strides = parameter.inTensor();
    var flat = new ArrayType(ScalarType.FLOAT, 1);
    List<Kernel.Argument> arguments =
        List.of(new Kernel.Argument("packed", flat), new Kernel.Argument("weight", flat));
    Scalar first = Ints.of(strides.constant());
    List<Statement> body = loops(contraction.taps(), 0, strides, Ints.of(0), first, lane, padded);
    return new ArrayReference.InPacked(
        arrays.weight(parameter.tensor()).orElseThrow(),
        new Kernel(arguments, false, body),
        Math.multiplyExact(contraction.tapCount(), padded));
  }

  private static List<Statement> loops(
      List<Index> taps,
      int depth,
      Access.Strides strides,
      Scalar tap,
      Scalar at,
      Index lane,
      int padded) {
    boolean isTap = depth < taps.size();
    Index index = isTap ? taps.get(depth) : lane;
    String variable = "i" + depth;
    Scalar position = Ints.local(variable);
    Scalar source = Ints.plus(at, Ints.times(position, strides.stride(index)));
    List<Statement> body =
        isTap
            ? loops(
                taps,
                depth + 1,
                strides,
                Ints.plus(Ints.times(tap, index.extent().size()), position),
                source,
                lane,
                padded)
            : List.of(
                new Statement.Store(
                    "packed",
                    Ints.plus(Ints.times(tap, padded), position),
                    new Scalar.Load("weight", source, ScalarType.FLOAT)));
    return List.of(
        new Statement.For(variable, Ints.of(0), Ints.of(index.extent().size()), 1, body));
  }
}
