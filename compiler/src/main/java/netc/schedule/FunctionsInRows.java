package netc.schedule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
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

  private static final ArrayType ROW = new ArrayType(ScalarType.FLOAT, 1);

  private final KernelCall call;
  private final String row;
  private int longest;

  private FunctionsInRows(KernelCall call) {
    this.call = call;
    this.row = "a" + call.arrays().size();
  }

  /** The phases with such loops apart. */
  static List<Phase> apart(List<Phase> phases, Arrays arrays) {
    return arrays.hasLanes()
        ? phases
        : phases.stream()
            .map(
                phase ->
                    new Phase(
                        phase.calls().stream()
                            .map(c -> c.mapped(vector -> vector, plain -> new FunctionsInRows(plain).apart(arrays)))
                            .toList(),
                        phase.combined()))
            .toList();
  }

  private KernelCall apart(Arrays arrays) {
    Kernel kernel = call.kernel();
    List<Statement> body = block(kernel.body());
    if (longest == 0) {
      return call;
    }
    var arguments = new ArrayList<>(kernel.arrays());
    arguments.add(new Kernel.Argument(row, ROW));
    var references = new ArrayList<>(call.arrays());
    references.add(arrays.scratch(ROW, longest));
    return call.with(new Kernel(arguments, kernel.ints(), kernel.usesRows(), kernel.usesTime(), body))
        .with(references);
  }

  private List<Statement> block(List<Statement> statements) {
    return statements.stream().flatMap(statement -> statement(statement).stream()).toList();
  }

  private List<Statement> statement(Statement statement) {
    return switch (statement) {
      case Statement.For loop -> alongRow(loop).orElseGet(() -> List.of(with(loop, block(loop.body()))));
      case Statement.If(var condition, var then, var otherwise) ->
          List.of(new Statement.If(condition, block(then), block(otherwise)));
      case Statement.ForVectors _,
          Statement.Invoke _,
          Statement.Let _,
          Statement.LetRow _,
          Statement.Assign _,
          Statement.Store _,
          Statement.StoreLane _,
          Statement.StoreVector _ ->
          List.of(statement);
    };
  }

  private Optional<List<Statement>> alongRow(Statement.For loop) {
    boolean isRow =
        loop.from().equals(Ints.of(0))
            && loop.step() == 1
            && loop.to() instanceof Scalar.IntLiteral(int length)
            && length >= LaneRuns.LINE
            && loop.body().size() == 1
            && loop.body().getFirst() instanceof Statement.Store;
    if (!isRow) {
      return Optional.empty();
    }
    var store = (Statement.Store) loop.body().getFirst();
    Scalar at = Ints.local(loop.variable());
    Scalar value = new Scalar.Load(row, at, ScalarType.FLOAT);
    return apart(store.value(), value)
        .map(
            parts -> {
              longest = Math.max(longest, ((Scalar.IntLiteral) loop.to()).value());
              Function function = parts.function().function();
              Scalar argument = parts.function().arguments().getFirst();
              Scalar ofRow = new Scalar.Call(function, List.of(value), ScalarType.FLOAT);
              return List.of(
                  with(loop, List.of(new Statement.Store(row, at, argument))),
                  with(loop, List.of(new Statement.Store(row, at, ofRow))),
                  with(loop, List.of(new Statement.Store(store.array(), store.index(), parts.rest()))));
            });
  }

  private static Statement with(Statement.For loop, List<Statement> body) {
    return new Statement.For(loop.variable(), loop.from(), loop.to(), loop.step(), body);
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
