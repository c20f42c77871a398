package netc.emit;

import netc.loop.Scalar;
import netc.loop.Scalar.Function;
import netc.loop.ScalarType;
import netc.loop.WholeTests;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Scalar expressions as instructions: values on the stack, conditions as jumps. */
final class ScalarCode {
  private static final String MATH = "java/lang/Math";
  private static final String NUMERICS = "netc/runtime/Numerics";

  private final MethodCode code;
  private final String owner;
  private final VectorCode vectors;

  ScalarCode(MethodCode code, String owner, VectorOperations operations) {
    this.code = code;
    this.owner = owner;
    this.vectors = new VectorCode(code, this, owner, operations);
  }

  VectorCode vectors() {
    return vectors;
  }

  /** Leaves the value on the stack. */
  void push(Scalar scalar) {
    if (scalar.type().isVector() || scalar.type() == ScalarType.MASK) {
      vectors.push(scalar);
      return;
    }
    switch (scalar) {
      case Scalar.RealLiteral(double value, var type) -> code.push(value, type);
      case Scalar.IntLiteral(int value) -> code.push(value);
      case Scalar.JavaRelease _ ->
          code.visitor().visitFieldInsn(Opcodes.GETSTATIC, owner, KernelClass.RELEASE, "I");
      case Scalar.Local(var name, _) -> code.load(name);
      case Scalar.Load(var array, var index, var type) -> {
        code.load(array);
        push(index);
        code.loadElement(type);
      }
      case Scalar.LoadLane(var array, var row, var lane, var type) -> {
        code.load(array);
        push(row);
        code.visitor().visitInsn(Opcodes.AALOAD);
        push(lane);
        code.loadElement(type);
      }
      case Scalar.Arithmetic(var operator, var left, var right) -> {
        push(left);
        push(right);
        code.arithmetic(
            switch (operator) {
              case ADD -> Opcodes.IADD;
              case SUBTRACT -> Opcodes.ISUB;
              case MULTIPLY -> Opcodes.IMUL;
              case DIVIDE -> Opcodes.IDIV;
            },
            left.type());
      }
      case Scalar.LaneCount(var element) -> vectors.laneCount(element);
      case Scalar.LoadVector _, Scalar.Broadcast _, Scalar.Reinterpret _, Scalar.Shift _,
          Scalar.LaneByLane _ ->
          vectors.push(scalar);
      case Scalar.Negate(var value) -> {
        push(value);
        code.arithmetic(Opcodes.INEG, value.type());
      }
      case Scalar.Choose(var condition, var then, var otherwise) -> {
        if (then.type().isReal()) {
          chooseBits(condition, then, otherwise);
        } else {
          choose(condition, () -> push(then), () -> push(otherwise));
        }
      }
      case Scalar.Convert(var value, var type) -> convert(value, type);
      case Scalar.Call call -> call(call);
      case Scalar.And(var left, var right) when WholeTests.isWhole(scalar) ->
          both(left, right, Opcodes.IAND);
      case Scalar.Or(var left, var right) when WholeTests.isWhole(scalar) ->
          both(left, right, Opcodes.IOR);
      case Scalar.BooleanLiteral _,
          Scalar.Compare _,
          Scalar.Not _,
          Scalar.And _,
          Scalar.Or _ ->
          truth(scalar);
    }
  }

  private void both(Scalar left, Scalar right, int opcode) {
    push(left);
    push(right);
    code.visitor().visitInsn(opcode);
  }

  private void truth(Scalar condition) {
    choose(condition, () -> code.push(1), () -> code.push(0));
  }

  private void choose(Scalar condition, Runnable then, Runnable otherwise) {
    var no = new Label();
    var end = new Label();
    if (WholeTests.isWhole(condition)) {
      push(condition);
      code.jump(Opcodes.IFEQ, no);
    } else {
      jumpUnless(condition, no);
    }
    then.run();
    code.jump(Opcodes.GOTO, end);
    code.place(no);
    otherwise.run();
    code.place(end);
  }

  /** Chooses among the bits: of ints the JIT compiler does it without a branch, of floats never. */
  private void chooseBits(Scalar condition, Scalar then, Scalar otherwise) {
    choose(condition, () -> pushBits(then), () -> pushBits(otherwise));
    boolean isSingle = then.type() == ScalarType.FLOAT;
    bits(isSingle ? "intBitsToFloat" : "longBitsToDouble", isSingle, isSingle ? "(I)F" : "(J)D");
  }

  private void pushBits(Scalar value) {
    boolean isSingle = value.type() == ScalarType.FLOAT;
    if (value instanceof Scalar.RealLiteral(double real, _)) {
      if (isSingle) {
        code.push(Float.floatToRawIntBits((float) real));
      } else {
        code.visitor().visitLdcInsn(Double.doubleToRawLongBits(real));
      }
    } else {
      push(value);
      bits(isSingle ? "floatToRawIntBits" : "doubleToRawLongBits", isSingle, isSingle ? "(F)I" : "(D)J");
    }
  }

  private void bits(String name, boolean isSingle, String descriptor) {
    String owner = isSingle ? "java/lang/Float" : "java/lang/Double";
    code.visitor().visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
  }

  private void convert(Scalar value, ScalarType type) {
    if (type == ScalarType.BOOLEAN) {
      truth(new Scalar.Compare(Scalar.Comparison.DIFFERENT, value, new Scalar.IntLiteral(0)));
      return;
    }
    push(value);
    if (value.type() != ScalarType.BOOLEAN) {
      code.convert(value.type(), type);
    } else if (type != ScalarType.INT) {
      code.convert(ScalarType.INT, type);
    }
  }

  // ---------- conditions ----------

  /** Falls through where the condition holds. */
  void jumpUnless(Scalar condition, Label no) {
    switch (condition) {
      case Scalar.BooleanLiteral(boolean value) -> {
        if (!value) {
          code.jump(Opcodes.GOTO, no);
        }
      }
      case Scalar.Compare compare -> compare(compare, no);
      case Scalar.Not(var value) -> {
        var yes = new Label();
        jumpUnless(value, yes);
        code.jump(Opcodes.GOTO, no);
        code.place(yes);
      }
      case Scalar.And(var left, var right) -> {
        jumpUnless(left, no);
        jumpUnless(right, no);
      }
      case Scalar.Or(var left, var right) -> {
        var second = new Label();
        var yes = new Label();
        jumpUnless(left, second);
        code.jump(Opcodes.GOTO, yes);
        code.place(second);
        jumpUnless(right, no);
        code.place(yes);
      }
      case Scalar.Convert(var value, var type)
          when type == ScalarType.BOOLEAN && value.type() == ScalarType.INT -> {
        push(value);
        code.jump(Opcodes.IFEQ, no);
      }
      default -> {
        push(condition);
        code.jump(Opcodes.IFEQ, no);
      }
    }
  }

  private void compare(Scalar.Compare compare, Label no) {
    push(compare.left());
    push(compare.right());
    ScalarType type = compare.left().type();
    if (type == ScalarType.INT || type == ScalarType.BOOLEAN) {
      code.jump(
          switch (compare.comparison()) {
            case EQUAL -> Opcodes.IF_ICMPNE;
            case DIFFERENT -> Opcodes.IF_ICMPEQ;
            case LESS -> Opcodes.IF_ICMPGE;
            case AT_MOST -> Opcodes.IF_ICMPGT;
            case GREATER -> Opcodes.IF_ICMPLE;
            case AT_LEAST -> Opcodes.IF_ICMPLT;
          },
          no);
      return;
    }
    // With NaN, < and <= see 1 and the others -1, so that each but != is false.
    boolean less =
        compare.comparison() == Scalar.Comparison.LESS
            || compare.comparison() == Scalar.Comparison.AT_MOST;
    int opcode =
        type == ScalarType.FLOAT
            ? (less ? Opcodes.FCMPG : Opcodes.FCMPL)
            : (less ? Opcodes.DCMPG : Opcodes.DCMPL);
    code.visitor().visitInsn(opcode);
    code.jump(
        switch (compare.comparison()) {
          case EQUAL -> Opcodes.IFNE;
          case DIFFERENT -> Opcodes.IFEQ;
          case LESS -> Opcodes.IFGE;
          case AT_MOST -> Opcodes.IFGT;
          case GREATER -> Opcodes.IFLE;
          case AT_LEAST -> Opcodes.IFLT;
        },
        no);
  }

  // ---------- functions ----------

  private void call(Scalar.Call call) {
    switch (call.function()) {
      case EXP -> typed(owner(call), "exp", call);
      case EXPM1 -> typed(owner(call), "expm1", call);
      case LOG -> inDouble("log", call);
      case LOG1P -> inDouble("log1p", call);
      case SQRT -> inDouble("sqrt", call);
      case SIN -> inDouble("sin", call);
      case COS -> inDouble("cos", call);
      case TAN -> inDouble("tan", call);
      case TANH -> typed(owner(call), "tanh", call);
      case ATAN -> inDouble("atan", call);
      case FLOOR -> inDouble("floor", call);
      case CEIL -> inDouble("ceil", call);
      case ROUND -> inDouble("rint", call);
      case POWER -> inDouble("pow", call);
      case ABS -> typed(MATH, "abs", call);
      case SIGN -> typed(MATH, "signum", call);
      case MIN -> typed(MATH, "min", call);
      case MAX -> typed(MATH, "max", call);
      case FMA -> typed(MATH, "fma", call);
      case ERF -> typed(NUMERICS, "erf", call);
      case POWER_WHOLE -> typed(NUMERICS, "power", call);
      case FLOOR_DIVIDE -> typed(MATH, "floorDiv", call);
      case FLOOR_REMAINDER -> typed(MATH, "floorMod", call);
    }
  }

  /** Whose method it is: Math has those of doubles only. */
  private static String owner(Scalar.Call call) {
    return call.type() == ScalarType.FLOAT ? NUMERICS : MATH;
  }

  /** A method that has an overload for these types. */
  private void typed(String owner, String name, Scalar.Call call) {
    var descriptor = new StringBuilder("(");
    for (Scalar argument : call.arguments()) {
      push(argument);
      descriptor.append(MethodCode.descriptor(argument.type()));
    }
    if (call.function() == Function.SIGN && call.type() == ScalarType.INT) {
      code.visitor()
          .visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", name, "(I)I", false);
      return;
    }
    descriptor.append(')').append(MethodCode.descriptor(call.type()));
    code.visitor()
        .visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor.toString(), false);
  }

  /** A method of Math that is there for doubles only. */
  private void inDouble(String name, Scalar.Call call) {
    for (Scalar argument : call.arguments()) {
      push(argument);
      code.convert(argument.type(), ScalarType.DOUBLE);
    }
    code.visitor()
        .visitMethodInsn(
            Opcodes.INVOKESTATIC, MATH, name, "(" + "D".repeat(call.arguments().size()) + ")D", false);
    code.convert(ScalarType.DOUBLE, call.type());
  }
}
