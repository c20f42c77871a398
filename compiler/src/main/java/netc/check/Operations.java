package netc.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.check.Operators.Operand;
import netc.check.errors.CallErrors;
import netc.check.errors.ShapeErrors;
import netc.check.errors.SizeErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;
import netc.ir.Primitive;
import netc.source.Span;

/** Calls of the scalar operations: {@code exp(x)}, {@code max(a, b)}, {@code div(n, 2)}. */
final class Operations {
  private static final Map<String, Callable> BY_NAME = new LinkedHashMap<>();

  /** Operations that stay integers on integers. */
  private static final Set<Primitive> KEEP_INTEGERS =
      Set.of(Primitive.ABS, Primitive.MIN, Primitive.MAX, Primitive.CLAMP, Primitive.STOP);

  static {
    for (Primitive primitive :
        List.of(
            Primitive.EXP,
            Primitive.EXPM1,
            Primitive.LOG,
            Primitive.LOG1P,
            Primitive.SQRT,
            Primitive.ABS,
            Primitive.SIGN,
            Primitive.SIN,
            Primitive.COS,
            Primitive.TAN,
            Primitive.TANH,
            Primitive.ATAN,
            Primitive.ERF,
            Primitive.FLOOR,
            Primitive.CEIL,
            Primitive.ROUND,
            Primitive.CLAMP,
            Primitive.FLOOR_DIVIDE,
            Primitive.REMAINDER,
            Primitive.POWER,
            Primitive.STOP)) {
      BY_NAME.put(primitive.symbol(), new Callable.Operation(primitive.symbol(), primitive));
    }
    for (Callable.Special.Kind kind : Callable.Special.Kind.values()) {
      var special = new Callable.Special(kind);
      BY_NAME.put(special.title(), special);
    }
  }

  private Operations() {}

  /** The operation of a name, if the language has one. */
  static Optional<Callable> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  static Value apply(
      String name, Primitive primitive, List<Operand> operands, Span span, Context context) {
    if (operands.size() != primitive.arity()) {
      throw new CheckFailure(
          CallErrors.wrongCount(span, name, primitive.arity(), operands.size()));
    }
    if (operands.stream().allMatch(o -> o.value() instanceof Constant c && c.isNumber())) {
      var constants = operands.stream().map(o -> (Constant) o.value()).toList();
      try {
        var folded = ConstantArithmetic.apply(primitive, constants);
        if (folded.isPresent()) {
          return folded.get();
        }
      } catch (ArithmeticException e) {
        throw new CheckFailure(SizeErrors.arithmetic(span, name + ": ", e));
      }
    }
    checkShapes(name, operands);
    return switch (primitive) {
      case FLOOR_DIVIDE, REMAINDER -> integerDivision(name, primitive, operands, span);
      case POWER -> {
        if (operands.get(1).value() instanceof Constant.Exact(long exponent, long one)
            && one == 1
            && Math.abs(exponent) <= 1024) {
          Term base = Operators.real(Operators.term(operands.getFirst()), operands.getFirst().span(), context);
          yield new Term(
              base.axes(),
              Expr.apply(Primitive.POWER_WHOLE, base.body(), new Expr.Int(exponent)),
              Type.REAL);
        }
        yield elementwise(primitive, operands, context);
      }
      default -> elementwise(primitive, operands, context);
    };
  }

  private static Term elementwise(Primitive primitive, List<Operand> operands, Context context) {
    var terms = operands.stream().map(Operators::term).toList();
    if (KEEP_INTEGERS.contains(primitive) && terms.stream().allMatch(t -> t.type().isInteger())) {
      boolean isDatum = terms.stream().anyMatch(t -> t.type().isDatum());
      return Operators.over(
          terms, bodies -> Exprs.apply(primitive, bodies), isDatum ? Type.DATUM : Type.COUNTING);
    }
    if (primitive == Primitive.STOP && terms.getFirst().type().isBool()) {
      return terms.getFirst();
    }
    var reals = operands.stream().map(o -> Operators.real(Operators.term(o), o.span(), context)).toList();
    return Operators.over(reals, bodies -> Exprs.apply(primitive, bodies), Type.REAL);
  }

  private static Term integerDivision(
      String name, Primitive primitive, List<Operand> operands, Span span) {
    var terms = operands.stream().map(Operators::term).toList();
    for (int i = 0; i < 2; i++) {
      if (!terms.get(i).type().isInteger()) {
        throw new CheckFailure(TypeErrors.notInteger(operands.get(i).span(), name));
      }
    }
    if (Intervals.of(terms.get(1).body()).low() < 1) {
      throw new CheckFailure(SizeErrors.divisorNotPositive(operands.get(1).span(), name, span));
    }
    boolean isDatum = terms.stream().anyMatch(t -> t.type().isDatum());
    return Operators.over(
        terms, bodies -> Exprs.apply(primitive, bodies), isDatum ? Type.DATUM : Type.COUNTING);
  }

  private static void checkShapes(String name, List<Operand> operands) {
    ShapeErrors.Shaped first = null;
    for (Operand operand : operands) {
      if (operand.value() instanceof Term term && !term.isScalar()) {
        var shaped = new ShapeErrors.Shaped(operand.span(), term.shape());
        if (first != null && !first.shape().equals(shaped.shape())) {
          throw new CheckFailure(ShapeErrors.cannotCombine(name, first, shaped));
        }
        first = shaped;
      }
    }
  }
}
