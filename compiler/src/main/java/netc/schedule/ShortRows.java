package netc.schedule;

import java.util.List;
import java.util.Optional;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Statement;

/**
 * A function of rows that are shorter than a vector, such as the exponentials of a softmax of ten classes:
 * its arguments row by row, which is quick, then the function itself of all rows as one.
 *
 * @param arguments the loops without the function
 * @param function the loop over what they have stored
 */
record ShortRows(Statement.For arguments, Statement.For function) {

  /** The two, when the loops are rows side by side and the rows together are so many lines. */
  static Optional<ShortRows> of(Statement.For outer) {
    if (outer.body().size() != 1
        || !(outer.body().getFirst() instanceof Statement.For inner)
        || inner.body().size() != 1
        || !(inner.body().getFirst() instanceof Statement.Store store)
        || !(store.value() instanceof Scalar.Call call)
        || !VectorFunctions.has(call)
        || call.arguments().size() != 1
        || !isWhole(outer)
        || !isWhole(inner)) {
      return Optional.empty();
    }
    int rows = size(outer);
    int length = size(inner);
    Scalar at = Ints.plus(Ints.times(Ints.local(outer.variable()), length), Ints.local(inner.variable()));
    if (length >= LaneRuns.LINE || rows * length % LaneRuns.LINE != 0 || !store.index().equals(at)) {
      return Optional.empty();
    }
    var arguments = new Statement.Store(store.array(), at, call.arguments().getFirst());
    String element = inner.variable() + "_all";
    Scalar stored = new Scalar.Load(store.array(), Ints.local(element), call.type());
    var function =
        new Statement.Store(
            store.array(),
            Ints.local(element),
            new Scalar.Call(call.function(), List.of(stored), call.type()));
    return Optional.of(
        new ShortRows(
            outer.with(List.of(inner.with(List.of(arguments)))),
            new Statement.For(element, Ints.of(0), Ints.of(rows * length), 1, List.of(function))));
  }

  private static boolean isWhole(Statement.For loop) {
    return loop.from().equals(Ints.of(0)) && loop.step() == 1 && loop.to() instanceof Scalar.IntLiteral;
  }

  private static int size(Statement.For loop) {
    return ((Scalar.IntLiteral) loop.to()).value();
  }
}
