package netc.schedule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Scalar.Function;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * Plain loops of one example whose value has a function like exp, each as three: the function's arguments go
 * into a row of their own, there they become its values, and the rest is computed with these. Of arrays that
 * are read and written at different places, such as a time's part of all times, the JIT compiler makes no
 * vectors; of the row alone it does.
 */
final class FunctionsInRows {
  /** Those that the runtime computes without a branch. */
  private static final Set<Function> FUNCTIONS =
      EnumSet.of(Function.EXP, Function.EXPM1, Function.TANH, Function.ERF);

  private FunctionsInRows() {}

  /** The phases with such loops apart. */
  static List<Phase> apart(List<Phase> phases, Arrays arrays) {
    return RowLoops.changed(phases, arrays, FunctionsInRows::apart);
  }

  private static Optional<List<Statement>> apart(
      Statement.For loop, Statement.Store store, RowLoops.Rows rows) {
    Scalar at = Ints.local(loop.variable());
    String row = rows.row(0);
    Scalar value = new Scalar.Load(row, at, ScalarType.FLOAT);
    return apart(store.value(), value)
        .map(
            parts -> {
              Function function = parts.function().function();
              Scalar argument = parts.function().arguments().getFirst();
              Scalar ofRow = new Scalar.Call(function, List.of(value), ScalarType.FLOAT);
              return List.of(
                  loop.with(List.of(new Statement.Store(row, at, argument))),
                  loop.with(List.of(new Statement.Store(row, at, ofRow))),
                  loop.with(List.of(new Statement.Store(store.array(), store.index(), parts.rest()))));
            });
  }

  /** The function, and the value around it. */
  private record Parts(Scalar.Call function, Scalar rest) {}

  /**
   * Empty without a function that is always computed: in a branch its arguments may not be there.
   *
   * @param place what stands for the function's value
   */
  private static Optional<Parts> apart(Scalar value, Scalar place) {
    return switch (value) {
      case Scalar.Call call when FUNCTIONS.contains(call.function()) && call.type() == ScalarType.FLOAT ->
          Optional.of(new Parts(call, place));
      case Scalar.Call(var function, var arguments, var type) ->
          ofArguments(arguments, place)
              .map(of -> new Parts(of.function(), new Scalar.Call(function, of.rest(), type)));
      case Scalar.Arithmetic(var operator, var left, var right) ->
          ofArguments(List.of(left, right), place)
              .map(
                  of ->
                      new Parts(
                          of.function(),
                          new Scalar.Arithmetic(operator, of.rest().getFirst(), of.rest().getLast())));
      case Scalar.Negate(var inner) ->
          apart(inner, place).map(of -> new Parts(of.function(), new Scalar.Negate(of.rest())));
      default -> Optional.empty();
    };
  }

  private record PartsOfArguments(Scalar.Call function, List<Scalar> rest) {}

  private static Optional<PartsOfArguments> ofArguments(List<Scalar> arguments, Scalar place) {
    for (int i = 0; i < arguments.size(); i++) {
      Optional<Parts> parts = apart(arguments.get(i), place);
      if (parts.isPresent()) {
        var rest = new ArrayList<>(arguments);
        rest.set(i, parts.get().rest());
        return Optional.of(new PartsOfArguments(parts.get().function(), rest));
      }
    }
    return Optional.empty();
  }
}
