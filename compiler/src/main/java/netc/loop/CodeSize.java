package netc.loop;

import java.util.List;

/**
 * How many bytes of bytecode a kernel's method has: never less than what {@code netc.emit} writes, and
 * little more. The JIT compiler leaves longer methods than {@link #LARGEST} to the interpreter.
 */
public final class CodeSize {
  /** The longest method that HotSpot compiles has fewer than 8,000 bytes. */
  public static final int LARGEST = 7900;

  /** From this slot on an instruction on a local needs twice the bytes. */
  private static final int WIDE = 256;

  private static final int INSTRUCTION = 1;
  private static final int CONSTANT = 3;
  private static final int JUMP = 3;
  private static final int CALL = 3;
  private static final int FIELD = 3;

  /** A comparison and a choice for an extremum with a number, in front of that itself, and what decides. */
  private static final int BOUND = 2 * FIELD + 3 * CONSTANT + 2 * JUMP + 3 * INSTRUCTION + 2 * CALL;

  private final int local;

  private CodeSize(int local) {
    this.local = local;
  }

  public static int of(Kernel kernel) {
    int arguments = kernel.arrays().size() + kernel.intArguments().size();
    boolean isWide = arguments + slots(kernel.body()) >= WIDE;
    return new CodeSize(isWide ? 4 : 2).block(kernel.body()) + INSTRUCTION;
  }

  /** The slots that the locals of a block take, those of its longest inner block included. */
  private static int slots(List<Statement> block) {
    int own = 0;
    int inner = 0;
    for (Statement statement : block) {
      switch (statement) {
        case Statement.Let _ -> own += 2;
        case Statement.LetRow _ -> own++;
        case Statement.For loop -> inner = Math.max(inner, 2 + slots(loop.body()));
        case Statement.ForVectors loop -> inner = Math.max(inner, 2 + slots(loop.body()));
        case Statement.If(_, var then, var otherwise) ->
            inner = Math.max(inner, Math.max(slots(then), slots(otherwise)));
        case Statement.Assign _, Statement.Store _, Statement.StoreLane _, Statement.StoreVector _,
            Statement.Invoke _ -> {}
      }
    }
    return own + inner;
  }

  private int block(List<Statement> statements) {
    return statements.stream().mapToInt(this::statement).sum();
  }

  private int statement(Statement statement) {
    return switch (statement) {
      case Statement.For loop ->
          CopyLoop.of(loop)
              .map(copy -> local + value(copy.from()) + local + value(copy.to()) + CONSTANT + CALL)
              .orElseGet(() -> loop(loop.from(), loop.to(), loop.body()) + local + local);
      case Statement.ForVectors(_, var from, var to, _, _, var body) ->
          loop(from, to, body) + local + FIELD + CONSTANT + INSTRUCTION + INSTRUCTION + local;
      case Statement.StoreVector(_, var index, var value) -> value(value) + local + value(index) + CALL;
      case Statement.Invoke(_, var arrays, var ints) ->
          arrays.size() * local + ints.stream().mapToInt(this::value).sum() + CALL;
      case Statement.Let(_, var value) -> value(value) + local;
      case Statement.LetRow(_, _, _, var index) -> local + value(index) + INSTRUCTION + local;
      case Statement.Assign(_, var value) -> value(value) + local;
      case Statement.Store(_, var index, var value) ->
          local + value(index) + value(value) + INSTRUCTION;
      case Statement.StoreLane(_, var row, var lane, var value) ->
          local + value(row) + INSTRUCTION + value(lane) + value(value) + INSTRUCTION;
      case Statement.If(var condition, var then, var otherwise) ->
          test(condition) + block(then) + (otherwise.isEmpty() ? 0 : JUMP + block(otherwise));
    };
  }

  /** All but the step of the variable. */
  private int loop(Scalar from, Scalar to, List<Statement> body) {
    boolean isNamed = !(to instanceof Scalar.IntLiteral) && !(to instanceof Scalar.Local);
    int limit = isNamed ? value(to) + local + local : value(to);
    return value(from) + local + limit + local + JUMP + block(body) + JUMP;
  }

  private int value(Scalar scalar) {
    if (scalar.type().isVector() || scalar.type() == ScalarType.MASK) {
      return vector(scalar);
    }
    return switch (scalar) {
      case Scalar.LaneCount _, Scalar.JavaRelease _ -> FIELD;
      case Scalar.LoadVector _, Scalar.Broadcast _, Scalar.Reinterpret _, Scalar.Shift _,
          Scalar.LaneByLane _ ->
          vector(scalar);
      case Scalar.RealLiteral _ -> CONSTANT;
      case Scalar.IntLiteral(int value) -> value >= -1 && value <= 5 ? INSTRUCTION : CONSTANT;
      case Scalar.Local _ -> local;
      case Scalar.Load(_, var index, _) -> local + value(index) + INSTRUCTION;
      case Scalar.LoadLane(_, var row, var lane, _) ->
          local + value(row) + INSTRUCTION + value(lane) + INSTRUCTION;
      case Scalar.Arithmetic(_, var left, var right) -> value(left) + value(right) + INSTRUCTION;
      case Scalar.Negate(var value) -> value(value) + INSTRUCTION;
      case Scalar.Choose(var condition, var then, var otherwise) ->
          choice(condition) + bits(then) + JUMP + bits(otherwise) + (then.type().isReal() ? CALL : 0);
      case Scalar.Convert(var value, var type) ->
          type == ScalarType.BOOLEAN
              ? value(value) + INSTRUCTION + JUMP + truth()
              : value(value) + INSTRUCTION;
      case Scalar.Call(_, var arguments, _) ->
          arguments.stream().mapToInt(a -> value(a) + INSTRUCTION).sum() + CALL + INSTRUCTION;
      case Scalar.And(var left, var right) when WholeTests.isWhole(scalar) ->
          value(left) + value(right) + INSTRUCTION;
      case Scalar.Or(var left, var right) when WholeTests.isWhole(scalar) ->
          value(left) + value(right) + INSTRUCTION;
      case Scalar.BooleanLiteral _, Scalar.Compare _, Scalar.Not _, Scalar.And _, Scalar.Or _ ->
          test(scalar) + truth();
    };
  }

  /** Of vectors everything is a call; some name a species or an operator, or cast a mask. */
  private int vector(Scalar scalar) {
    return switch (scalar) {
      case Scalar.Local _ -> local;
      case Scalar.LoadVector(_, var index, _) -> FIELD + local + value(index) + CALL;
      case Scalar.Broadcast(var value) -> FIELD + value(value) + CALL;
      case Scalar.Arithmetic(_, var left, var right) -> value(left) + value(right) + CALL;
      case Scalar.Reinterpret(var value) -> value(value) + CALL;
      case Scalar.Shift(var value, _) -> value(value) + FIELD + CONSTANT + CALL;
      case Scalar.LaneByLane(_, var argument, _, var value) ->
          value(value) + 3 * value(argument) + 6 * CALL + 3 * FIELD + 3 * CONSTANT + JUMP + 4 * INSTRUCTION;
      case Scalar.Negate(var value) -> value(value) + CALL;
      case Scalar.Compare(_, var left, var right) ->
          value(left) + FIELD + value(right) + CALL + cast(left);
      case Scalar.Not(var value) -> value(value) + CALL;
      case Scalar.And(var left, var right) -> value(left) + value(right) + CALL;
      case Scalar.Or(var left, var right) -> value(left) + value(right) + CALL;
      case Scalar.Choose(var condition, var then, var otherwise) ->
          value(condition) + value(then) + value(otherwise) + CALL + cast(then);
      case Scalar.Call(_, var arguments, _) ->
          arguments.stream().mapToInt(this::value).sum() + CALL + bound(arguments);
      case Scalar.RealLiteral _, Scalar.IntLiteral _, Scalar.BooleanLiteral _, Scalar.Load _,
          Scalar.JavaRelease _, Scalar.LoadLane _, Scalar.LaneCount _, Scalar.Convert _ -> 0; // no vectors
    };
  }

  /** What an extremum with a number needs more than another. */
  private static int bound(List<Scalar> arguments) {
    if (arguments.size() == 2
        && arguments.getLast() instanceof Scalar.Broadcast(var value)
        && value instanceof Scalar.RealLiteral(double number, _)) {
      return number == 0 ? CONSTANT + CALL : BOUND;
    }
    return 0;
  }

  private static int cast(Scalar operand) {
    return operand.type() == ScalarType.INTS ? FIELD + CALL : 0;
  }

  /** 1 or 0 behind a test. */
  private static int truth() {
    return INSTRUCTION + JUMP + INSTRUCTION;
  }

  /** Of one that decides which of two values it is. */
  private int choice(Scalar condition) {
    return WholeTests.isWhole(condition) ? value(condition) + JUMP : test(condition);
  }

  /** One of two values, of a real number as its bits. */
  private int bits(Scalar value) {
    boolean isCalled = value.type().isReal() && !(value instanceof Scalar.RealLiteral);
    return value(value) + (isCalled ? CALL : 0);
  }

  /** A jump where the condition does not hold. */
  private int test(Scalar condition) {
    return switch (condition) {
      case Scalar.BooleanLiteral _ -> JUMP;
      case Scalar.Compare(_, var left, var right) -> value(left) + value(right) + INSTRUCTION + JUMP;
      case Scalar.Not(var value) -> test(value) + JUMP;
      case Scalar.And(var left, var right) -> test(left) + test(right);
      case Scalar.Or(var left, var right) -> test(left) + JUMP + test(right);
      case Scalar.Convert(var value, var type) when type == ScalarType.BOOLEAN -> value(value) + JUMP;
      case Scalar.Local _, Scalar.Load _, Scalar.LoadLane _, Scalar.Arithmetic _, Scalar.Negate _,
          Scalar.Choose _, Scalar.Convert _, Scalar.Call _, Scalar.RealLiteral _, Scalar.IntLiteral _,
          Scalar.JavaRelease _, Scalar.LaneCount _, Scalar.LoadVector _, Scalar.Broadcast _, Scalar.Reinterpret _,
          Scalar.Shift _, Scalar.LaneByLane _ ->
          value(condition) + JUMP;
    };
  }
}
