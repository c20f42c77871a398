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
 * A parameter's copy {@code [tap][output]}, each row an array of its own.
 *
 * @param outputs on which the parameter depends, row-major
 */
record PackedRows(Contraction contraction, List<Index> outputs) {

  ArrayReference.InPacked array(Arrays arrays) {
    Access parameter = contraction.left();
    List<Kernel.Argument> arguments =
        List.of(
            new Kernel.Argument("packed", new ArrayType(ScalarType.FLOAT, 2)),
            new Kernel.Argument("weight", new ArrayType(ScalarType.FLOAT, 1)));
    Scalar first = Ints.of(parameter.inTensor().constant());
    return new ArrayReference.InPacked(
        arrays.weight(parameter.tensor()).orElseThrow(),
        new Kernel(arguments, false, List.of(overTaps(0, Ints.of(0), first))),
        contraction.tapCount(),
        PackedWeight.size(outputs));
  }

  private Statement overTaps(int depth, Scalar tap, Scalar source) {
    Index index = contraction.taps().get(depth);
    Scalar position = Ints.local("i" + depth);
    Scalar next = Ints.plus(Ints.times(tap, index.extent().size()), position);
    Scalar at = along(source, index, position);
    return loop(
        "i" + depth,
        index,
        depth + 1 == contraction.taps().size()
            ? List.of(
                new Statement.LetRow("row", "packed", ScalarType.FLOAT, next),
                overOutputs(0, Ints.of(0), at))
            : List.of(overTaps(depth + 1, next, at)));
  }

  private Statement overOutputs(int depth, Scalar output, Scalar source) {
    if (depth == outputs.size()) {
      return new Statement.Store(
          "row", output, new Scalar.Load("weight", source, ScalarType.FLOAT));
    }
    Index index = outputs.get(depth);
    Scalar position = Ints.local("j" + depth);
    return loop(
        "j" + depth,
        index,
        List.of(
            overOutputs(
                depth + 1,
                Ints.plus(Ints.times(output, index.extent().size()), position),
                along(source, index, position))));
  }

  private Scalar along(Scalar source, Index index, Scalar position) {
    return Ints.plus(source, Ints.times(position, contraction.left().inTensor().stride(index)));
  }

  private static Statement loop(String variable, Index index, List<Statement> body) {
    return new Statement.For(variable, Ints.of(0), Ints.of(index.extent().size()), 1, body);
  }
}
