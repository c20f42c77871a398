package netc.loop;

import java.util.List;

/**
 * A typed expression of a kernel. Arithmetic, comparisons, choices and functions are defined on vectors
 * too, lane by lane.
 */
public sealed interface Scalar {

  ScalarType type();

  record RealLiteral(double value, ScalarType type) implements Scalar {}

  record IntLiteral(int value) implements Scalar {
    @Override
    public ScalarType type() {
      return ScalarType.INT;
    }
  }

  record BooleanLiteral(boolean value) implements Scalar {
    @Override
    public ScalarType type() {
      return ScalarType.BOOLEAN;
    }
  }

  /** The release of Java that runs the code, such as 25: a constant that the JIT compiler knows. */
  record JavaRelease() implements Scalar {
    @Override
    public ScalarType type() {
      return ScalarType.INT;
    }
  }

  record Local(String name, ScalarType type) implements Scalar {}

  /** {@code array[index]}: an argument of rank 1 or a row. */
  record Load(String array, Scalar index, ScalarType type) implements Scalar {}

  /** {@code array[row][lane]}: an argument of rank 2. */
  record LoadLane(String array, Scalar row, Scalar lane, ScalarType type) implements Scalar {}

  /** What there is only where there are vectors. */
  sealed interface OfVectors extends Scalar {}

  /** A vector of {@code array} from {@code index} on: an argument of rank 1 or a row. */
  record LoadVector(String array, Scalar index, ScalarType type) implements OfVectors {}

  /** The same number in every lane. */
  record Broadcast(Scalar value) implements OfVectors {
    @Override
    public ScalarType type() {
      return value.type().counterpart();
    }
  }

  /** The lanes of a vector of this element type: a constant of the machine, a power of two up to 16. */
  record LaneCount(ScalarType element) implements OfVectors {
    @Override
    public ScalarType type() {
      return ScalarType.INT;
    }
  }

  /** The bits of FLOATS as INTS, or of INTS as FLOATS. */
  record Reinterpret(Scalar value) implements OfVectors {
    @Override
    public ScalarType type() {
      return value.type() == ScalarType.INTS ? ScalarType.FLOATS : ScalarType.INTS;
    }
  }

  /** INTS shifted to the left, or with their sign to the right where {@code by} is negative. */
  record Shift(Scalar value, int by) implements OfVectors {
    @Override
    public ScalarType type() {
      return ScalarType.INTS;
    }
  }

  /**
   * A value, FLOATS; in the lanes whose argument is beyond ± {@code bound}, what the function says of a
   * single number.
   */
  record LaneByLane(Function function, Scalar argument, float bound, Scalar value)
      implements OfVectors {
    @Override
    public ScalarType type() {
      return ScalarType.FLOATS;
    }
  }

  /** {@code left operator right}, of equal types. */
  record Arithmetic(Operator operator, Scalar left, Scalar right) implements Scalar {
    @Override
    public ScalarType type() {
      return left.type();
    }
  }

  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  record Negate(Scalar value) implements Scalar {
    @Override
    public ScalarType type() {
      return value.type();
    }
  }

  /** A comparison as in Java: with NaN every one but {@code !=} is false. */
  record Compare(Comparison comparison, Scalar left, Scalar right) implements Scalar {
    @Override
    public ScalarType type() {
      return left.type().isVector() ? ScalarType.MASK : ScalarType.BOOLEAN;
    }
  }

  enum Comparison {
    EQUAL("=="),
    DIFFERENT("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  record Not(Scalar value) implements Scalar {
    @Override
    public ScalarType type() {
      return value.type();
    }
  }

  /** Short-circuit. */
  record And(Scalar left, Scalar right) implements Scalar {
    @Override
    public ScalarType type() {
      return left.type();
    }
  }

  /** Short-circuit. */
  record Or(Scalar left, Scalar right) implements Scalar {
    @Override
    public ScalarType type() {
      return left.type();
    }
  }

  /** {@code condition ? then : otherwise}: only the chosen one is evaluated; of vectors, both are. */
  record Choose(Scalar condition, Scalar then, Scalar otherwise) implements Scalar {
    @Override
    public ScalarType type() {
      return then.type();
    }
  }

  /** A Java conversion; BOOLEAN to INT is 1 or 0, INT to BOOLEAN is {@code != 0}. */
  record Convert(Scalar value, ScalarType type) implements Scalar {}

  /** A call of a static method of {@code java.lang.Math} or of the runtime. */
  record Call(Function function, List<Scalar> arguments, ScalarType type) implements Scalar {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** What a kernel may call, by meaning; {@code netc.emit} knows the methods. */
  enum Function {
    EXP,
    EXPM1,
    LOG,
    LOG1P,
    SQRT,
    ABS,
    SIGN,
    SIN,
    COS,
    TAN,
    TANH,
    ATAN,
    ERF,
    FLOOR,
    CEIL,
    ROUND,
    POWER,
    /** real^n with an INT second argument. */
    POWER_WHOLE,
    MIN,
    MAX,
    /** a·b + c with one rounding. */
    FMA,
    FLOOR_DIVIDE,
    FLOOR_REMAINDER
  }
}
