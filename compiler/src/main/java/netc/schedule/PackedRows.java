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
    Access.Strides from = parameter.inTensor();
    List<Statement> body =
        new IndexLoops(contraction.taps(), from, depth -> "i" + depth)
            .from(
                Ints.of(from.constant()),
                (tap, source) ->
                    Stream.concat(
                            Stream.of(new Statement.LetRow("row", "packed", ScalarType.FLOAT, tap)),
                            row(from, source).stream())
                        .toList());
    return new ArrayReference.InPacked(
        arrays.weight(parameter.tensor()).orElseThrow(),
        new Kernel(arguments, false, body),
        contraction.tapCount(),
        PackedWeight.size(outputs));
  }

  private List<Statement> row(Access.Strides from, Scalar source) {
    return new IndexLoops(outputs, from, depth -> "j" + depth)
        .from(
            source,
            (output, at) ->
                List.of(
                    new Statement.Store(
                        "row", output, new Scalar.Load("weight", at, ScalarType.FLOAT))));
  }
}
