package netc.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * The stores of a loop as stores of vectors: of as many turns at once as a vector has lanes, where each
 * turn reads and writes what lies beside that of the turn before, and nothing else depends on it.
 */
final class VectorValues {
  private final ScalarType real;
  private final String lane;

  /** Names that stand for vectors already, not for arrays. */
  private final Collection<String> registers;

  /** Locals of the loop, which are vectors or masks now. */
  private final Set<String> locals = new HashSet<>();

  private int functions;
  private String obstacle = "";

  /** What the loop being translated defines before it stores. */
  private final List<Statement> parts = new ArrayList<>();

  /**
   * @param lane the variable of the loop
   * @param functions how many functions the kernel has before this loop
   */
  VectorValues(ScalarType real, String lane, int functions) {
    this(real, lane, functions, List.of());
  }

  private VectorValues(
      ScalarType real, String lane, int functions, Collection<String> registers) {
    this.real = real;
    this.lane = lane;
    this.functions = functions;
    this.registers = registers;
  }

  /**
   * A value of one lane as the vector of all; empty when it has none, or needs more than an expression.
   *
   * @param registers names whose element at {@code lane} is a vector's
   */
  static Optional<Scalar> lifted(
      Scalar value, String lane, ScalarType real, Collection<String> registers) {
    var vectors = new VectorValues(real, lane, 0, registers);
    return vectors.vector(value).filter(_ -> vectors.parts.isEmpty());
  }

  /** Why there are no vectors. */
  String obstacle() {
    return obstacle;
  }

  /** How many functions the kernel has with this loop. */
  int functions() {
    return functions;
  }

  /** The body for vectors; empty where a statement has none. */
  Optional<List<Statement>> of(List<Statement> body) {
    var vectors = new ArrayList<Statement>();
    for (Statement statement : body) {
      Optional<Statement> lifted =
          switch (statement) {
            case Statement.Store store -> store(store);
            case Statement.Let let -> let(let);
            default -> none("a branch or a sum over examples");
          };
      if (lifted.isEmpty()) {
        return Optional.empty();
      }
      vectors.addAll(parts);
      parts.clear();
      vectors.add(lifted.get());
    }
    return Optional.of(vectors);
  }

  private Optional<Statement> store(Statement.Store store) {
    return isBeside(store.index())
        ? vector(store.value())
            .map(value -> new Statement.StoreVector(store.array(), store.index(), value))
        : none("results are stored for other examples");
  }

  private Optional<Statement> let(Statement.Let let) {
    Optional<Scalar> value =
        let.value().type() == ScalarType.BOOLEAN ? mask(let.value()) : vector(let.value());
    locals.add(let.name());
    return value.map(vector -> new Statement.Let(let.name(), vector));
  }

  /**
   * Whether the next turn of the loop is at the next position. An example's own row among those of the
   * batch is not taken: the array ends with the last example, vectors go on.
   */
  private boolean isBeside(Scalar index) {
    return switch (index) {
      case Scalar.Local(var name, _) -> name.equals(lane);
      case Scalar.Arithmetic(var operator, var left, var right) ->
          operator == Scalar.Operator.ADD
                  && (isBeside(left) && !mentions(right) || !mentions(left) && isBeside(right))
              || operator == Scalar.Operator.SUBTRACT && isBeside(left) && !mentions(right);
      default -> false;
    };
  }

  /** Nothing, for this reason. */
  private <T> Optional<T> none(String reason) {
    if (obstacle.isEmpty()) {
      obstacle = reason;
    }
    return Optional.empty();
  }

  /** The values of all lanes, when each is computed from its own lane alone. */
  private Optional<Scalar> vector(Scalar scalar) {
    if (!hasVectors(scalar.type())) {
      return none("truth values, or whole numbers beside double precision");
    }
    if (!mentions(scalar)) {
      return Optional.of(new Scalar.Broadcast(scalar));
    }
    return switch (scalar) {
      case Scalar.Load(var array, var index, var type) ->
          !isBeside(index)
              ? none("a position depends on data")
              : registers.contains(array)
                  ? Optional.of(new Scalar.Local(array, type.counterpart()))
                  : Optional.of(new Scalar.LoadVector(array, index, type.counterpart()));
      case Scalar.Arithmetic(var operator, var left, var right) ->
          both(left, right, (a, b) -> new Scalar.Arithmetic(operator, a, b))
              .filter(_ -> operator != Scalar.Operator.DIVIDE || left.type().isReal());
      case Scalar.Negate(var value) -> vector(value).map(Scalar.Negate::new);
      case Scalar.Choose(var condition, var then, var otherwise) ->
          mask(condition)
              .flatMap(
                  chosen -> both(then, otherwise, (a, b) -> new Scalar.Choose(chosen, a, b)));
      case Scalar.Call call -> call(call);
      case Scalar.LoadLane _ -> none("read in one branch only, or where data say");
      case Scalar.Convert _ -> none("numbers are converted");
      case Scalar.Local(var name, var type) ->
          locals.contains(name)
              ? Optional.of(new Scalar.Local(name, type.counterpart()))
              : none("an example's number in the batch");
      case Scalar.RealLiteral _,
          Scalar.IntLiteral _,
          Scalar.JavaRelease _,
          Scalar.BooleanLiteral _,
          Scalar.LoadVector _,
          Scalar.Broadcast _,
          Scalar.LaneCount _,
          Scalar.Reinterpret _,
          Scalar.Shift _,
          Scalar.LaneByLane _,
          Scalar.Compare _,
          Scalar.Not _,
          Scalar.And _,
          Scalar.Or _ ->
          none("a condition as a value");
    };
  }

  private boolean hasVectors(ScalarType type) {
    return type == real || type == ScalarType.INT && real == ScalarType.FLOAT;
  }

  private interface Binary {
    Scalar of(Scalar left, Scalar right);
  }

  private Optional<Scalar> both(Scalar left, Scalar right, Binary binary) {
    return vector(left).flatMap(a -> vector(right).map(b -> binary.of(a, b)));
  }

  private Optional<Scalar> call(Scalar.Call call) {
    boolean isOneOperation =
        switch (call.function()) {
          case ABS, MIN, MAX -> true;
          case SQRT, FMA -> call.type().isReal();
          case EXP, EXPM1, LOG, LOG1P, SIGN, SIN, COS, TAN, TANH, ATAN, ERF, FLOOR, CEIL, ROUND,
              POWER, POWER_WHOLE, FLOOR_DIVIDE, FLOOR_REMAINDER ->
              false;
        };
    if (!isOneOperation) {
      return VectorFunctions.has(call)
          ? vector(call.arguments().getFirst()).map(argument -> function(call, argument))
          : none("no vectors for `" + call.function().name().toLowerCase(Locale.ROOT) + "`");
    }
    var arguments = new ArrayList<Scalar>();
    for (Scalar argument : call.arguments()) {
      vector(argument).ifPresent(arguments::add);
    }
    return arguments.size() == call.arguments().size()
        ? Optional.of(
            new Scalar.Call(call.function(), arguments, call.type().counterpart()))
        : Optional.empty();
  }

  private Scalar function(Scalar.Call call, Scalar argument) {
    var functions = new VectorFunctions("f" + this.functions++ + "_");
    Scalar value =
        call.arguments().size() == 2 && call.arguments().get(1) instanceof Scalar.IntLiteral(int n)
            ? functions.power(argument, n)
            : functions.value(call.function(), argument);
    parts.addAll(functions.statements());
    return value;
  }

  private Optional<Scalar> mask(Scalar condition) {
    if (!mentions(condition)) {
      return Optional.empty();
    }
    return switch (condition) {
      case Scalar.Compare(var comparison, var left, var right) ->
          both(left, right, (a, b) -> new Scalar.Compare(comparison, a, b));
      case Scalar.Local(var name, _) -> Optional.of(new Scalar.Local(name, ScalarType.MASK));
      case Scalar.Not(var value) -> mask(value).map(Scalar.Not::new);
      case Scalar.And(var left, var right) ->
          mask(left).flatMap(a -> mask(right).map(b -> new Scalar.And(a, b)));
      case Scalar.Or(var left, var right) ->
          mask(left).flatMap(a -> mask(right).map(b -> new Scalar.Or(a, b)));
      case Scalar.Convert(var value, var type) when value.type() == ScalarType.INT ->
          vector(value)
              .map(
                  v ->
                      new Scalar.Compare(
                          Scalar.Comparison.DIFFERENT, v, new Scalar.Broadcast(Ints.of(0))));
      default -> none("a truth value of each example");
    };
  }

  private boolean mentions(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Local(var name, _) ->
          name.equals(lane) || locals.contains(name) || name.equals(Kernel.FIRST_ROW);
      case Scalar.Load(_, var index, _) -> mentions(index);
      case Scalar.LoadLane(_, var row, var at, _) -> mentions(row) || mentions(at);
      case Scalar.LoadVector(_, var index, _) -> mentions(index);
      case Scalar.Broadcast(var value) -> mentions(value);
      case Scalar.Reinterpret(var value) -> mentions(value);
      case Scalar.Shift(var value, _) -> mentions(value);
      case Scalar.LaneByLane(_, var argument, _, var value) -> mentions(argument) || mentions(value);
      case Scalar.Arithmetic(_, var left, var right) -> mentions(left) || mentions(right);
      case Scalar.Negate(var value) -> mentions(value);
      case Scalar.Compare(_, var left, var right) -> mentions(left) || mentions(right);
      case Scalar.Not(var value) -> mentions(value);
      case Scalar.And(var left, var right) -> mentions(left) || mentions(right);
      case Scalar.Or(var left, var right) -> mentions(left) || mentions(right);
      case Scalar.Choose(var condition, var then, var otherwise) ->
          mentions(condition) || mentions(then) || mentions(otherwise);
      case Scalar.Convert(var value, _) -> mentions(value);
      case Scalar.Call(_, var arguments, _) -> arguments.stream().anyMatch(a -> mentions(a));
      case Scalar.RealLiteral _, Scalar.IntLiteral _, Scalar.BooleanLiteral _, Scalar.LaneCount _,
          Scalar.JavaRelease _ ->
          false;
    };
  }
}
