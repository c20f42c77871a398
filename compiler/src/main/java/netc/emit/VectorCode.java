package netc.emit;

import java.util.List;
import java.util.Locale;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Expressions of vectors as calls of {@code jdk.incubator.vector}. What a lane computes is what {@link
 * ScalarCode} computes of the lane's numbers, by the specification of that module.
 */
final class VectorCode {
  private static final String MODULE = "jdk/incubator/vector/";
  private static final String VECTOR = "L" + MODULE + "Vector;";
  private static final String SPECIES = "L" + MODULE + "VectorSpecies;";
  private static final String MASK = "L" + MODULE + "VectorMask;";
  private static final String OPERATORS = MODULE + "VectorOperators";
  private static final String COMPARISON = "L" + OPERATORS + "$Comparison;";

  private static final String FROM_FLOATS =
      "(" + SPECIES + "[FI)" + descriptor(ScalarType.FLOATS);

  /** The release of Java from which on masks have registers of their own, of those at hand. */
  private static final int MASKS_ARE_FAST = 25;

  private final MethodCode code;
  private final ScalarCode scalars;
  private final String owner;
  private final VectorOperations operations;

  /**
   * @param owner the class that holds the species
   * @param operations where to note what is used
   */
  VectorCode(MethodCode code, ScalarCode scalars, String owner, VectorOperations operations) {
    this.code = code;
    this.scalars = scalars;
    this.owner = owner;
    this.operations = operations;
  }

  /** The class of a vector's type, or of a mask. */
  static String className(ScalarType type) {
    String name =
        switch (type) {
          case FLOAT, FLOATS -> "FloatVector";
          case DOUBLE, DOUBLES -> "DoubleVector";
          case INT, INTS -> "IntVector";
          case MASK -> "VectorMask";
          case BOOLEAN -> throw new IllegalArgumentException("no vectors of " + type);
        };
    return MODULE + name;
  }

  /** Leaves the vector or mask on the stack. */
  void push(Scalar scalar) {
    operations.add(scalar);
    switch (scalar) {
      case Scalar.Local(var name, _) -> code.load(name);
      case Scalar.LoadVector(var array, var index, var type) -> {
        species(type.counterpart());
        code.load(array);
        scalars.push(index);
        invokeStatic(type, "fromArray", "(" + SPECIES + array(type) + "I)" + descriptor(type));
      }
      case Scalar.Broadcast(var value) -> {
        species(value.type());
        scalars.push(value);
        ScalarType type = scalar.type();
        invokeStatic(
            type,
            "broadcast",
            "(" + SPECIES + MethodCode.descriptor(value.type()) + ")" + descriptor(type));
      }
      case Scalar.Arithmetic(var operator, var left, var right) ->
          binary(
              switch (operator) {
                case ADD -> "add";
                case SUBTRACT -> "sub";
                case MULTIPLY -> "mul";
                case DIVIDE -> "div";
              },
              left,
              right);
      case Scalar.Reinterpret(var value) -> {
        push(value);
        String method = value.type() == ScalarType.INTS ? "reinterpretAsFloats" : "reinterpretAsInts";
        invoke(value.type(), method, "()" + descriptor(scalar.type()));
      }
      case Scalar.Shift(var value, int by) -> {
        push(value);
        code.visitor()
            .visitFieldInsn(
                Opcodes.GETSTATIC,
                OPERATORS,
                by < 0 ? "ASHR" : "LSHL",
                "L" + OPERATORS + "$Binary;");
        code.push(Math.abs(by));
        invoke(
            ScalarType.INTS,
            "lanewise",
            "(L" + OPERATORS + "$Binary;I)" + descriptor(ScalarType.INTS));
      }
      case Scalar.LaneByLane laneByLane -> laneByLane(laneByLane);
      case Scalar.Negate(var value) -> unary("neg", value);
      case Scalar.Compare(var comparison, var left, var right) -> compare(comparison, left, right);
      case Scalar.Not(var value) -> {
        push(value);
        mask("not", "()" + MASK);
      }
      case Scalar.And(var left, var right) -> masks("and", left, right);
      case Scalar.Or(var left, var right) -> masks("or", left, right);
      case Scalar.Choose(var condition, var then, var otherwise) -> {
        push(otherwise);
        push(then);
        push(condition);
        if (otherwise.type() == ScalarType.INTS) {
          cast(ScalarType.INT);
        }
        invoke(otherwise.type(), "blend", "(" + VECTOR + MASK + ")" + descriptor(otherwise.type()));
      }
      case Scalar.Call call -> call(call);
      case Scalar.RealLiteral _,
          Scalar.IntLiteral _,
          Scalar.JavaRelease _,
          Scalar.BooleanLiteral _,
          Scalar.Load _,
          Scalar.LoadLane _,
          Scalar.LaneCount _,
          Scalar.Convert _ ->
          throw new IllegalArgumentException("no vector: " + scalar);
    }
  }

  /** Arrays are made only where a lane is beyond the bound: the JIT compiler keeps vectors in registers. */
  private void laneByLane(Scalar.LaneByLane scalar) {
    var end = new Label();
    push(scalar.value());
    push(new Scalar.Call(Scalar.Function.ABS, List.of(scalar.argument()), ScalarType.FLOATS));
    comparison("GT");
    code.push(scalar.bound(), ScalarType.FLOAT);
    invoke(ScalarType.FLOATS, "compare", "(" + COMPARISON + "F)" + MASK);
    mask("anyTrue", "()Z");
    code.jump(Opcodes.IFEQ, end);
    invoke(ScalarType.FLOATS, "toArray", "()[F");
    code.visitor().visitInsn(Opcodes.DUP);
    push(scalar.argument());
    invoke(ScalarType.FLOATS, "toArray", "()[F");
    code.push(scalar.bound(), ScalarType.FLOAT);
    code.visitor()
        .visitMethodInsn(
            Opcodes.INVOKESTATIC,
            "netc/runtime/Numerics",
            scalar.function().name().toLowerCase(Locale.ROOT) + "Beyond",
            "([F[FF)V",
            false);
    species(ScalarType.FLOAT);
    code.visitor().visitInsn(Opcodes.SWAP);
    code.push(0);
    invokeStatic(ScalarType.FLOATS, "fromArray", FROM_FLOATS);
    code.place(end);
  }

  /** Stores the vector into an array. */
  void store(String array, Scalar index, Scalar value) {
    push(value);
    code.load(array);
    scalars.push(index);
    invoke(value.type(), "intoArray", "(" + array(value.type()) + "I)V");
  }

  /** The number of lanes, an int that the JIT compiler knows. */
  void laneCount(ScalarType element) {
    operations.uses(element);
    code.visitor().visitFieldInsn(Opcodes.GETSTATIC, owner, lanesField(element), "I");
  }

  /** The static field of the kernels' class that holds the species, and that of its length. */
  static String speciesField(ScalarType element) {
    return element.name();
  }

  static String lanesField(ScalarType element) {
    return element.name() + "_LANES";
  }

  private void species(ScalarType element) {
    operations.uses(element);
    code.visitor()
        .visitFieldInsn(Opcodes.GETSTATIC, owner, speciesField(element), SPECIES);
  }

  private void call(Scalar.Call call) {
    switch (call.function()) {
      case ABS, SQRT ->
          unary(call.function().name().toLowerCase(Locale.ROOT), call.arguments().getFirst());
      case MIN, MAX -> {
        if (call.arguments().get(1) instanceof Scalar.Broadcast(Scalar.RealLiteral bound)
            && isBound(call, bound)) {
          bounded(call, bound.value());
        } else {
          binary(
              call.function().name().toLowerCase(Locale.ROOT),
              call.arguments().get(0),
              call.arguments().get(1));
        }
      }
      case FMA -> {
        call.arguments().forEach(this::push);
        invoke(call.type(), "fma", "(" + VECTOR + VECTOR + ")" + descriptor(call.type()));
      }
      case EXP, EXPM1, LOG, LOG1P, SIGN, SIN, COS, TAN, TANH, ATAN, ERF, FLOOR, CEIL, ROUND, POWER,
          POWER_WHOLE, FLOOR_DIVIDE, FLOOR_REMAINDER ->
          throw new IllegalArgumentException("no function of vectors: " + call.function());
    }
  }

  /**
   * Whether it is {@code max(x, bound)} or {@code min(x, bound)}, and that zero where both are zeros. Of two
   * numbers, as in a class's initialiser, it is the operation itself.
   */
  private static boolean isBound(Scalar.Call call, Scalar.RealLiteral bound) {
    double otherZero = call.function() == Scalar.Function.MAX ? -0.0 : 0.0;
    return Double.compare(bound.value(), otherZero) != 0
        && !(call.arguments().getFirst() instanceof Scalar.Broadcast);
  }

  /**
   * The bound where {@code x <= bound} (of a minimum, {@code >=}), else x, which may be NaN: the same in two
   * instructions. An extremum of any two has six, since processors have none that knows of NaN and of zeros
   * with signs. Before JDK 25 masks are vectors, and only of a rectifier it is faster so: an LSTM's batch took
   * 1.6 times as long.
   */
  private void bounded(Scalar.Call call, double bound) {
    push(call.arguments().getFirst());
    if (bound == 0) {
      chosen(call, bound);
      return;
    }
    var before = new Label();
    var end = new Label();
    scalars.push(new Scalar.JavaRelease());
    code.push(MASKS_ARE_FAST);
    code.jump(Opcodes.IF_ICMPLT, before);
    chosen(call, bound);
    code.jump(Opcodes.GOTO, end);
    code.place(before);
    push(call.arguments().getLast());
    String method = call.function().name().toLowerCase(Locale.ROOT);
    invoke(call.type(), method, "(" + VECTOR + ")" + descriptor(call.type()));
    code.place(end);
  }

  /** The bound, or the vector on the stack. */
  private void chosen(Scalar.Call call, double bound) {
    ScalarType type = call.type();
    boolean isSingle = type == ScalarType.FLOATS;
    String number = isSingle ? "F" : "D";
    code.visitor().visitInsn(Opcodes.DUP);
    comparison(call.function() == Scalar.Function.MAX ? "LE" : "GE");
    code.push(bound, type.counterpart());
    invoke(type, "compare", "(" + COMPARISON + number + ")" + MASK);
    code.push(bound, type.counterpart());
    code.visitor().visitInsn(isSingle ? Opcodes.SWAP : Opcodes.DUP2_X1);
    if (!isSingle) {
      code.visitor().visitInsn(Opcodes.POP2);
    }
    invoke(type, "blend", "(" + number + MASK + ")" + descriptor(type));
  }

  private void unary(String method, Scalar value) {
    push(value);
    invoke(value.type(), method, "()" + descriptor(value.type()));
  }

  private void binary(String method, Scalar left, Scalar right) {
    push(left);
    push(right);
    invoke(left.type(), method, "(" + VECTOR + ")" + descriptor(left.type()));
  }

  private void compare(Scalar.Comparison comparison, Scalar left, Scalar right) {
    push(left);
    comparison(
        switch (comparison) {
          case EQUAL -> "EQ";
          case DIFFERENT -> "NE";
          case LESS -> "LT";
          case AT_MOST -> "LE";
          case GREATER -> "GT";
          case AT_LEAST -> "GE";
        });
    push(right);
    invoke(left.type(), "compare", "(" + COMPARISON + VECTOR + ")" + MASK);
    if (left.type() == ScalarType.INTS) {
      cast(ScalarType.FLOAT);
    }
  }

  private void comparison(String name) {
    code.visitor().visitFieldInsn(Opcodes.GETSTATIC, OPERATORS, name, COMPARISON);
  }

  /** The mask on the stack as one of another species: every mask is of reals but where INTS are chosen. */
  private void cast(ScalarType element) {
    species(element);
    mask("cast", "(" + SPECIES + ")" + MASK);
  }

  private void masks(String method, Scalar left, Scalar right) {
    push(left);
    push(right);
    mask(method, "(" + MASK + ")" + MASK);
  }

  private void mask(String method, String descriptor) {
    code.visitor()
        .visitMethodInsn(Opcodes.INVOKEVIRTUAL, MODULE + "VectorMask", method, descriptor, false);
  }

  private void invoke(ScalarType type, String method, String descriptor) {
    code.visitor()
        .visitMethodInsn(Opcodes.INVOKEVIRTUAL, className(type), method, descriptor, false);
  }

  private void invokeStatic(ScalarType type, String method, String descriptor) {
    code.visitor()
        .visitMethodInsn(Opcodes.INVOKESTATIC, className(type), method, descriptor, false);
  }

  private static String descriptor(ScalarType type) {
    return "L" + className(type) + ";";
  }

  private static String array(ScalarType vector) {
    return "[" + MethodCode.descriptor(vector.counterpart());
  }
}
