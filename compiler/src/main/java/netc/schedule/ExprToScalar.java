package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Indices;
import netc.ir.Primitive;
import netc.ir.Reads;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Tensor;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.Scalar.Function;
import netc.loop.ScalarType;

/**
 * An expression of the IR, without guards, as a scalar at a point of the loops. INT and BOOL elements
 * are ints in memory.
 */
final class ExprToScalar {
  private final Point point;
  private final ScalarType real;

  /** Whether this part is evaluated only if some condition of the lane holds: then nothing is hoisted. */
  private final boolean conditional;

  private ExprToScalar(Point point, ScalarType real, boolean conditional) {
    this.point = point;
    this.real = real;
    this.conditional = conditional;
  }

  /** The value, of type {@code real}, INT or BOOLEAN. */
  static Scalar at(Point point, Expr expr) {
    return new ExprToScalar(point, point.kernel().arrays().real(), false).lower(expr);
  }

  /** The value as it is stored: a BOOL as an int. */
  static Scalar stored(Point point, Expr expr) {
    Scalar value = at(point, expr);
    return value.type() == ScalarType.BOOLEAN
        ? new Scalar.Convert(value, ScalarType.INT)
        : value;
  }

  private Scalar lower(Expr expr) {
    if (isOfIndicesOnly(expr)) {
      // Computed in double and rounded once, where it meets run-time data.
      return new Scalar.Convert(
          new ExprToScalar(point, ScalarType.DOUBLE, conditional).plain(expr), real);
    }
    if (!conditional && expr instanceof Expr.Apply && Lanes.areEqualFor(expr)) {
      return point.hoisted(plain(expr));
    }
    return plain(expr);
  }

  private boolean isOfIndicesOnly(Expr expr) {
    if (real == ScalarType.DOUBLE
        || expr.type() != ElementType.REAL
        || expr instanceof Expr.Real
        || expr instanceof Expr.Custom) {
      return false;
    }
    boolean[] reads = {false};
    Reads.each(expr, _ -> reads[0] = true);
    return !reads[0] && !mentionsBatch(expr);
  }

  private static boolean mentionsBatch(Expr expr) {
    return switch (expr) {
      case Expr.BatchSize _ -> true;
      case Expr.Apply(_, var arguments) -> arguments.stream().anyMatch(ExprToScalar::mentionsBatch);
      case Expr.Select(var condition, var then, var otherwise) ->
          mentionsBatch(condition) || mentionsBatch(then) || mentionsBatch(otherwise);
      case Expr.Position(var index) -> index.extent().isBatch();
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.Training _, Expr.Read _, Expr.Custom _ ->
          false;
    };
  }

  private Scalar plain(Expr expr) {
    return switch (expr) {
      case Expr.Real(double value) -> new Scalar.RealLiteral(value, real);
      case Expr.Int(long value) -> Ints.of(Math.toIntExact(value));
      case Expr.Bool(boolean value) -> new Scalar.BooleanLiteral(value);
      case Expr.Position(var index) -> position(index);
      case Expr.BatchSize() -> point.kernel().rowArgument(Kernel.BATCH_ROWS);
      case Expr.Training() ->
          throw new IllegalStateException("`training` is open: choose a form first");
      case Expr.Read read -> read(read);
      case Expr.Select(var condition, var then, var otherwise) ->
          select(condition, then, otherwise);
      case Expr.Custom(var value, _, _) -> lower(value);
      case Expr.Apply(var primitive, var arguments) -> apply(primitive, arguments);
    };
  }

  private Scalar position(netc.ir.Index index) {
    if (!index.extent().isBatch()) {
      return point.index(index);
    }
    return Ints.plus(point.kernel().rowArgument(Kernel.FIRST_ROW), point.index(index));
  }

  private Scalar select(Expr condition, Expr then, Expr otherwise) {
    var branch = new ExprToScalar(point, real, true);
    return new Scalar.Choose(lower(condition), branch.lower(then), branch.lower(otherwise));
  }

  private Scalar read(Expr.Read read) {
    Tensor tensor = read.tensor();
    ScalarType element = point.kernel().arrays().scalarType(tensor.type());
    Optional<Scalar> register = point.register(tensor);
    if (register.isPresent()) {
      return register.get();
    }
    String array = point.kernel().array(tensor);
    List<Subscript> at = read.at();
    List<Extent> shape = tensor.shape();
    Scalar value;
    if (tensor.isPerExample()) {
      Scalar offset = offset(at.subList(1, at.size()), shape.subList(1, shape.size()));
      value =
          point.kernel().arrays().isLanes(tensor)
              ? laneElement(array, element, offset, read)
              : new Scalar.Load(array, offset, element);
    } else {
      Scalar load = new Scalar.Load(array, offset(at, shape), element);
      value = mayBeFirst(read) && Lanes.areEqualFor(read) ? point.hoisted(load) : load;
    }
    if (element.isReal() && element != real) {
      return new Scalar.Convert(value, real);
    }
    return tensor.type() == ElementType.BOOL
        ? new Scalar.Convert(value, ScalarType.BOOLEAN)
        : value;
  }

  private Scalar laneElement(String array, ScalarType element, Scalar offset, Expr.Read read) {
    Subscript example = read.at().getFirst();
    Scalar lane =
        Subscripts.bare(example)
            .filter(Lanes::isBatch)
            .map(point::index)
            .orElseGet(() -> lower(Subscripts.toExpr(example)));
    boolean fixedRow =
        read.at().stream().skip(1).allMatch(s -> Lanes.areEqualFor(Subscripts.toExpr(s)));
    if (fixedRow && mayBeFirst(read) && point.lane().isPresent()) {
      return new Scalar.Load(point.row(array, element, offset), lane, element);
    }
    return new Scalar.LoadLane(array, offset, lane, element);
  }

  /** Whether it may be read before it is known that it is wanted: a condition around may keep it inside. */
  private boolean mayBeFirst(Expr.Read read) {
    return !conditional || isInsideAlways(read);
  }

  /** A position that data choose may itself be read outside of its branch only. */
  private static boolean isInsideAlways(Expr.Read read) {
    return read.at().stream().allMatch(Subscript.Affine.class::isInstance)
        && netc.ir.Guards.isAlwaysInside(read);
  }

  /**
   * Row-major, written as {@link Sizes#position} is: where a loop reads and writes the same places the JIT
   * compiler has to see it, or it makes no vectors.
   */
  private Scalar offset(List<Subscript> at, List<Extent> shape) {
    Scalar offset = Ints.of(0);
    for (int axis = 0; axis < at.size(); axis++) {
      Scalar position =
          new ExprToScalar(point, real, true).lower(Subscripts.toExpr(at.get(axis)));
      offset = Ints.plus(Ints.times(offset, Sizes.of(shape.get(axis), point.kernel())), position);
    }
    return offset;
  }

  private Scalar apply(Primitive primitive, List<Expr> arguments) {
    boolean shortCircuit = primitive == Primitive.AND || primitive == Primitive.OR;
    var branch = shortCircuit ? new ExprToScalar(point, real, true) : this;
    var values = new ArrayList<Scalar>(List.of(lower(arguments.getFirst())));
    arguments.stream().skip(1).map(branch::lower).forEach(values::add);
    Scalar first = values.getFirst();
    Optional<Scalar> second = values.size() > 1 ? Optional.of(values.get(1)) : Optional.empty();
    return switch (primitive) {
      case ADD -> arithmetic(Scalar.Operator.ADD, first, second.get());
      case SUBTRACT -> arithmetic(Scalar.Operator.SUBTRACT, first, second.get());
      case MULTIPLY -> arithmetic(Scalar.Operator.MULTIPLY, first, second.get());
      case DIVIDE -> arithmetic(Scalar.Operator.DIVIDE, first, second.get());
      case NEGATE -> new Scalar.Negate(first);
      case POWER -> call(Function.POWER, values);
      case POWER_WHOLE -> power(first, second.get());
      case EXP -> call(Function.EXP, values);
      case EXPM1 -> call(Function.EXPM1, values);
      case LOG -> call(Function.LOG, values);
      case LOG1P -> call(Function.LOG1P, values);
      case SQRT -> call(Function.SQRT, values);
      case ABS -> call(Function.ABS, values);
      case SIGN -> call(Function.SIGN, values);
      case SIN -> call(Function.SIN, values);
      case COS -> call(Function.COS, values);
      case TAN -> call(Function.TAN, values);
      case TANH -> call(Function.TANH, values);
      case ATAN -> call(Function.ATAN, values);
      case ERF -> call(Function.ERF, values);
      case FLOOR -> call(Function.FLOOR, values);
      case CEIL -> call(Function.CEIL, values);
      case ROUND -> call(Function.ROUND, values);
      case MIN -> call(Function.MIN, values);
      case MAX -> call(Function.MAX, values);
      case CLAMP ->
          call(Function.MIN, List.of(call(Function.MAX, List.of(first, second.get())), values.get(2)));
      case FLOOR_DIVIDE -> call(Function.FLOOR_DIVIDE, values);
      case REMAINDER -> call(Function.FLOOR_REMAINDER, values);
      case EQUAL -> compare(Scalar.Comparison.EQUAL, values);
      case DIFFERENT -> compare(Scalar.Comparison.DIFFERENT, values);
      case LESS -> compare(Scalar.Comparison.LESS, values);
      case AT_MOST -> compare(Scalar.Comparison.AT_MOST, values);
      case GREATER -> compare(Scalar.Comparison.GREATER, values);
      case AT_LEAST -> compare(Scalar.Comparison.AT_LEAST, values);
      case NOT -> new Scalar.Not(first);
      case AND -> new Scalar.And(first, second.get());
      case OR -> new Scalar.Or(first, second.get());
      case TO_REAL -> toReal(first);
      case STOP -> first;
    };
  }

  private static Scalar arithmetic(Scalar.Operator operator, Scalar left, Scalar right) {
    if (left.type() == ScalarType.INT) {
      return switch (operator) {
        case ADD -> Ints.plus(left, right);
        case MULTIPLY ->
            right instanceof Scalar.IntLiteral(int factor)
                ? Ints.times(left, factor)
                : left instanceof Scalar.IntLiteral(int factor)
                    ? Ints.times(right, factor)
                    : new Scalar.Arithmetic(operator, left, right);
        case SUBTRACT, DIVIDE -> new Scalar.Arithmetic(operator, left, right);
      };
    }
    return new Scalar.Arithmetic(operator, left, right);
  }

  private static Scalar call(Function function, List<Scalar> values) {
    return new Scalar.Call(function, values, values.getFirst().type());
  }

  /** Squares and cubes of what is cheap to repeat are products, which the JIT compiler vectorises. */
  private static Scalar power(Scalar base, Scalar exponent) {
    boolean cheap = base instanceof Scalar.Local || base instanceof Scalar.Load;
    if (cheap && exponent instanceof Scalar.IntLiteral(int n) && (n == 2 || n == 3)) {
      Scalar square = new Scalar.Arithmetic(Scalar.Operator.MULTIPLY, base, base);
      return n == 2 ? square : new Scalar.Arithmetic(Scalar.Operator.MULTIPLY, square, base);
    }
    return new Scalar.Call(Function.POWER_WHOLE, List.of(base, exponent), base.type());
  }

  private static Scalar compare(Scalar.Comparison comparison, List<Scalar> values) {
    List<Scalar> sides =
        values.getFirst().type() == ScalarType.BOOLEAN
            ? values.stream().map(v -> (Scalar) new Scalar.Convert(v, ScalarType.INT)).toList()
            : values;
    return new Scalar.Compare(comparison, sides.get(0), sides.get(1));
  }

  private Scalar toReal(Scalar value) {
    Scalar number =
        value.type() == ScalarType.BOOLEAN ? new Scalar.Convert(value, ScalarType.INT) : value;
    return new Scalar.Convert(number, real);
  }

  /** The indices of an expression that stand for rows of the batch, if any. */
  static boolean usesBatch(Expr expr) {
    return Indices.in(expr).stream().anyMatch(Lanes::isBatch);
  }
}
