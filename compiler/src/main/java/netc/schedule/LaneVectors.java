package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * A kernel with its loops over the lanes of a block as loops over vectors, which the JIT compiler need
 * not discover. They run over all lanes: those without an example are computed too, and never read.
 * A loop that does more than store values of its own lane stays as it is.
 */
final class LaneVectors {
  /** A polynomial takes up to some 1,000 bytes, and no method may have 8,000. */
  private static final int MOST_FUNCTIONS = 5;

  private final ScalarType real;
  private final int lanes;
  private boolean found;
  private int functions;

  /** What the loop being translated defines before it stores. */
  private List<Statement> parts = new ArrayList<>();

  private LaneVectors(ScalarType real, int lanes) {
    this.real = real;
    this.lanes = lanes;
  }

  /** The kernel with vectors; empty when it has no loop of that kind. */
  static Optional<Kernel> of(Kernel kernel, Arrays arrays) {
    if (!arrays.hasLanes()) {
      return Optional.empty();
    }
    var vectors = new LaneVectors(arrays.real(), arrays.blockRows());
    List<Statement> body = vectors.block(kernel.body());
    return vectors.found && vectors.functions <= MOST_FUNCTIONS
        ? Optional.of(
            new Kernel(
                kernel.arrays(), kernel.ints(), kernel.usesRows(), kernel.usesTime(), body))
        : Optional.empty();
  }

  private List<Statement> block(List<Statement> statements) {
    return statements.stream().map(this::statement).toList();
  }

  private Statement statement(Statement statement) {
    return switch (statement) {
      case Statement.For loop ->
          overLanes(loop)
              .orElseGet(
                  () ->
                      new Statement.For(
                          loop.variable(), loop.from(), loop.to(), loop.step(), block(loop.body())));
      case Statement.If(var condition, var then, var otherwise) ->
          new Statement.If(condition, block(then), block(otherwise));
      case Statement.ForVectors _,
          Statement.Invoke _,
          Statement.Let _,
          Statement.LetRow _,
          Statement.Assign _,
          Statement.Store _,
          Statement.StoreLane _,
          Statement.StoreVector _ ->
          statement;
    };
  }

  private Optional<Statement> overLanes(Statement.For loop) {
    boolean isOverLanes =
        loop.to().equals(Ints.local(Kernel.ROWS)) && loop.from().equals(Ints.of(0)) && loop.step() == 1;
    if (!isOverLanes) {
      return Optional.empty();
    }
    parts = new ArrayList<>();
    var body = new ArrayList<Statement>();
    for (Statement inside : loop.body()) {
      Optional<Statement> stored =
          inside instanceof Statement.Store store ? store(store, loop.variable()) : Optional.empty();
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      body.addAll(parts);
      parts.clear();
      body.add(stored.get());
    }
    found = true;
    return Optional.of(
        new Statement.ForVectors(loop.variable(), Ints.of(0), Ints.of(lanes), 1, real, body));
  }

  private Optional<Statement> store(Statement.Store store, String lane) {
    return store.index().equals(Ints.local(lane))
        ? vector(store.value(), lane)
            .map(value -> new Statement.StoreVector(store.array(), store.index(), value))
        : Optional.empty();
  }

  // ---------- values ----------

  /** The values of all lanes, when each is computed from its own lane alone. */
  private Optional<Scalar> vector(Scalar scalar, String lane) {
    if (!hasVectors(scalar.type())) {
      return Optional.empty();
    }
    if (!mentions(scalar, lane)) {
      return Optional.of(new Scalar.Broadcast(scalar));
    }
    return switch (scalar) {
      case Scalar.Load(var array, var index, var type) ->
          index.equals(Ints.local(lane))
              ? Optional.of(new Scalar.LoadVector(array, index, type.counterpart()))
              : Optional.empty();
      case Scalar.Arithmetic(var operator, var left, var right) ->
          both(left, right, lane, (a, b) -> new Scalar.Arithmetic(operator, a, b))
              .filter(_ -> operator != Scalar.Operator.DIVIDE || left.type().isReal());
      case Scalar.Negate(var value) -> vector(value, lane).map(Scalar.Negate::new);
      case Scalar.Choose(var condition, var then, var otherwise) ->
          mask(condition, lane)
              .flatMap(
                  chosen -> both(then, otherwise, lane, (a, b) -> new Scalar.Choose(chosen, a, b)));
      case Scalar.Call call -> call(call, lane);
      case Scalar.LoadLane _,
          Scalar.Convert _,
          Scalar.RealLiteral _,
          Scalar.IntLiteral _,
          Scalar.BooleanLiteral _,
          Scalar.Local _,
          Scalar.LoadVector _,
          Scalar.Broadcast _,
          Scalar.LaneCount _,
          Scalar.Reinterpret _,
          Scalar.Shift _,
          Scalar.Compare _,
          Scalar.Not _,
          Scalar.And _,
          Scalar.Or _ ->
          Optional.empty();
    };
  }

  private boolean hasVectors(ScalarType type) {
    return type == real || type == ScalarType.INT && real == ScalarType.FLOAT;
  }

  private interface Binary {
    Scalar of(Scalar left, Scalar right);
  }

  private Optional<Scalar> both(Scalar left, Scalar right, String lane, Binary binary) {
    return vector(left, lane).flatMap(a -> vector(right, lane).map(b -> binary.of(a, b)));
  }

  private Optional<Scalar> call(Scalar.Call call, String lane) {
    boolean known =
        switch (call.function()) {
          case ABS, MIN, MAX -> true;
          case SQRT, FMA -> call.type().isReal();
          case EXP, EXPM1, LOG, LOG1P, SIGN, SIN, COS, TAN, TANH, ATAN, ERF, FLOOR, CEIL, ROUND,
              POWER, POWER_WHOLE, FLOOR_DIVIDE, FLOOR_REMAINDER ->
              call.type() == ScalarType.FLOAT && VectorFunctions.has(call.function());
        };
    var arguments = new ArrayList<Scalar>();
    for (Scalar argument : call.arguments()) {
      vector(argument, lane).ifPresent(arguments::add);
    }
    if (!known || arguments.size() != call.arguments().size()) {
      return Optional.empty();
    }
    return Optional.of(
        VectorFunctions.has(call.function())
            ? function(call.function(), arguments.getFirst())
            : new Scalar.Call(call.function(), arguments, call.type().counterpart()));
  }

  private Scalar function(Scalar.Function function, Scalar argument) {
    var functions = new VectorFunctions("f" + this.functions++ + "_");
    Scalar value = functions.value(function, argument);
    parts.addAll(functions.statements());
    return value;
  }

  private Optional<Scalar> mask(Scalar condition, String lane) {
    if (!mentions(condition, lane)) {
      return Optional.empty();
    }
    return switch (condition) {
      case Scalar.Compare(var comparison, var left, var right) ->
          both(left, right, lane, (a, b) -> new Scalar.Compare(comparison, a, b));
      case Scalar.Not(var value) -> mask(value, lane).map(Scalar.Not::new);
      case Scalar.And(var left, var right) ->
          mask(left, lane).flatMap(a -> mask(right, lane).map(b -> new Scalar.And(a, b)));
      case Scalar.Or(var left, var right) ->
          mask(left, lane).flatMap(a -> mask(right, lane).map(b -> new Scalar.Or(a, b)));
      case Scalar.Convert(var value, var type) when value.type() == ScalarType.INT ->
          vector(value, lane)
              .map(
                  v ->
                      new Scalar.Compare(
                          Scalar.Comparison.DIFFERENT, v, new Scalar.Broadcast(Ints.of(0))));
      default -> Optional.empty();
    };
  }

  private static boolean mentions(Scalar scalar, String lane) {
    return switch (scalar) {
      case Scalar.Local(var name, _) -> name.equals(lane);
      case Scalar.Load(_, var index, _) -> mentions(index, lane);
      case Scalar.LoadLane(_, var row, var at, _) -> mentions(row, lane) || mentions(at, lane);
      case Scalar.LoadVector(_, var index, _) -> mentions(index, lane);
      case Scalar.Broadcast(var value) -> mentions(value, lane);
      case Scalar.Reinterpret(var value) -> mentions(value, lane);
      case Scalar.Shift(var value, _) -> mentions(value, lane);
      case Scalar.Arithmetic(_, var left, var right) -> mentions(left, lane) || mentions(right, lane);
      case Scalar.Negate(var value) -> mentions(value, lane);
      case Scalar.Compare(_, var left, var right) -> mentions(left, lane) || mentions(right, lane);
      case Scalar.Not(var value) -> mentions(value, lane);
      case Scalar.And(var left, var right) -> mentions(left, lane) || mentions(right, lane);
      case Scalar.Or(var left, var right) -> mentions(left, lane) || mentions(right, lane);
      case Scalar.Choose(var condition, var then, var otherwise) ->
          mentions(condition, lane) || mentions(then, lane) || mentions(otherwise, lane);
      case Scalar.Convert(var value, _) -> mentions(value, lane);
      case Scalar.Call(_, var arguments, _) -> arguments.stream().anyMatch(a -> mentions(a, lane));
      case Scalar.RealLiteral _, Scalar.IntLiteral _, Scalar.BooleanLiteral _, Scalar.LaneCount _ -> false;
    };
  }
}
