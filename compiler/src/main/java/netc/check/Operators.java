package netc.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import netc.check.errors.CallErrors;
import netc.check.errors.ShapeErrors;
import netc.check.errors.SizeErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.source.Span;
import netc.syntax.Expression;
import netc.syntax.Expression.BinaryOperator;

/**
 * Operators and scalar operations, on constants and on terms. Shapes must be equal, or one operand is a
 * single number; everything mixed becomes explicit.
 */
final class Operators {
  private Operators() {}

  /** A value and where it stands, for messages. */
  record Operand(Value value, Span span) {}

  static Value binary(Expression.Binary binary, Operand left, Operand right, Context context) {
    BinaryOperator operator = binary.operator();
    if (left.value instanceof Constant a && right.value instanceof Constant b) {
      if (a.isNumber() && b.isNumber()) {
        var folded = folded(binary, a, b);
        if (folded.isPresent()) {
          return folded.get();
        }
      }
      if (a instanceof Constant.Truth(boolean x) && b instanceof Constant.Truth(boolean y)) {
        switch (operator) {
          case AND -> {
            return new Constant.Truth(x && y);
          }
          case OR -> {
            return new Constant.Truth(x || y);
          }
          case EQUAL -> {
            return new Constant.Truth(x == y);
          }
          case DIFFERENT -> {
            return new Constant.Truth(x != y);
          }
          default -> {}
        }
      }
    }
    Term a = term(left);
    Term b = term(right);
    return switch (operator) {
      case AND, OR -> logical(operator, new Typed(a, left.span), new Typed(b, right.span), binary, context);
      case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST ->
          comparison(operator, new Typed(a, left.span), new Typed(b, right.span), binary, context);
      case POWER -> power(binary, left, right, context);
      case OVER -> {
        Term x = real(a, left.span, context);
        Term y = real(b, right.span, context);
        yield apply(Primitive.DIVIDE, Type.REAL, x, y, binary, context);
      }
      case PLUS, MINUS, TIMES -> arithmetic(binary, new Typed(a, left.span), new Typed(b, right.span), context);
    };
  }

  private record Typed(Term term, Span span) {
    Type type() {
      return term.type();
    }
  }

  private static Optional<Constant> folded(Expression.Binary binary, Constant a, Constant b) {
    try {
      return ConstantArithmetic.binary(binary.operator(), a, b);
    } catch (ArithmeticException e) {
      throw new CheckFailure(SizeErrors.arithmetic(binary.span(), "", e));
    }
  }

  /** The value as something computed at run time. */
  static Term term(Operand operand) {
    return switch (operand.value) {
      case Term term -> term;
      case Constant.Exact(long numerator, long one) when one == 1 ->
          Term.scalar(new Expr.Int(numerator), Type.COUNTING);
      case Constant.Exact exact -> Term.scalar(new Expr.Real(exact.toDouble()), Type.REAL);
      case Constant.Decimal(double value) -> Term.scalar(new Expr.Real(value), Type.REAL);
      case Constant.Truth(boolean value) -> Term.scalar(new Expr.Bool(value), Type.BOOL);
      case Constant.Text _ -> throw new CheckFailure(TypeErrors.text(operand.span));
      case Callable callable ->
          throw new CheckFailure(
              CallErrors.notAValue(operand.span, callable.title(), callable.isLayer()));
    };
  }

  /** The term as real numbers; a data index does not become one by itself. */
  static Term real(Term term, Span span, Context context) {
    return switch (term.type().kind()) {
      case REAL -> term;
      case COUNTING -> converted(term);
      case DATUM -> throw new CheckFailure(TypeErrors.datumAsNumber(span, term.type().size()));
      case BOOL -> {
        if (!context.mode().truthIsNumber()) {
          throw new CheckFailure(TypeErrors.truthAsNumber(span));
        }
        yield converted(term);
      }
    };
  }

  /** Integers and truth values as real numbers, whatever they come from. */
  static Term converted(Term term) {
    return term.type().isReal()
        ? term
        : new Term(term.axes(), Exprs.apply(Primitive.TO_REAL, term.body()), Type.REAL);
  }

  private static Term arithmetic(Expression.Binary binary, Typed a, Typed b, Context context) {
    Primitive primitive =
        switch (binary.operator()) {
          case PLUS -> Primitive.ADD;
          case MINUS -> Primitive.SUBTRACT;
          default -> Primitive.MULTIPLY;
        };
    if (a.type().isInteger() && b.type().isInteger()) {
      Type type = a.type().isDatum() || b.type().isDatum() ? Type.DATUM : Type.COUNTING;
      return apply(primitive, type, a.term, b.term, binary, context);
    }
    Term x = real(a.term, a.span, context);
    Term y = real(b.term, b.span, context);
    return apply(primitive, Type.REAL, x, y, binary, context);
  }

  /** A constant whole exponent multiplies. */
  private static Term power(
      Expression.Binary binary, Operand left, Operand right, Context context) {
    Term base = real(term(left), left.span, context);
    if (right.value instanceof Constant.Exact(long exponent, long one)
        && one == 1
        && Math.abs(exponent) <= 1024) {
      Expr body = Expr.apply(Primitive.POWER_WHOLE, base.body(), new Expr.Int(exponent));
      return new Term(base.axes(), body, Type.REAL);
    }
    Term exponent = real(term(right), right.span, context);
    return apply(Primitive.POWER, Type.REAL, base, exponent, binary, context);
  }

  private static Term logical(
      BinaryOperator operator, Typed a, Typed b, Expression.Binary binary, Context context) {
    for (Typed operand : List.of(a, b)) {
      if (!operand.type().isBool()) {
        throw new CheckFailure(
            TypeErrors.notTruth(operand.span, operator.symbol(), operand.type().toString()));
      }
    }
    Primitive primitive = operator == BinaryOperator.AND ? Primitive.AND : Primitive.OR;
    return apply(primitive, Type.BOOL, a.term, b.term, binary, context);
  }

  private static Term comparison(
      BinaryOperator operator, Typed a, Typed b, Expression.Binary binary, Context context) {
    Primitive primitive =
        switch (operator) {
          case EQUAL -> Primitive.EQUAL;
          case DIFFERENT -> Primitive.DIFFERENT;
          case LESS -> Primitive.LESS;
          case AT_MOST -> Primitive.AT_MOST;
          case GREATER -> Primitive.GREATER;
          default -> Primitive.AT_LEAST;
        };
    if (a.type().isBool() && b.type().isBool()) {
      if (operator != BinaryOperator.EQUAL && operator != BinaryOperator.DIFFERENT) {
        throw new CheckFailure(TypeErrors.truthHasNoOrder(binary.operatorSpan()));
      }
      return apply(primitive, Type.BOOL, a.term, b.term, binary, context);
    }
    if (a.type().isInteger() && b.type().isInteger()) {
      checkSameRange(a, b, binary);
      checkSameRange(b, a, binary);
      return apply(primitive, Type.BOOL, a.term, b.term, binary, context);
    }
    Term x = real(a.term, a.span, context);
    Term y = real(b.term, b.span, context);
    return apply(primitive, Type.BOOL, x, y, binary, context);
  }

  /** A data index is compared with data, or a loop index, of its own range only. */
  private static void checkSameRange(Typed datum, Typed other, Expression.Binary binary) {
    int size = datum.type().size();
    if (size == 0) {
      return;
    }
    int otherSize =
        other.term.body() instanceof Expr.Position(Index index) && !index.extent().isBatch()
            ? index.extent().most()
            : other.type().size();
    if (otherSize != 0 && otherSize != size) {
      throw new CheckFailure(
          TypeErrors.rangesDiffer(datum.span, size, other.span, otherSize));
    }
  }

  static Value negate(Operand operand, Context context) {
    if (operand.value instanceof Constant constant && constant.isNumber()) {
      try {
        return ConstantArithmetic.negate(constant);
      } catch (ArithmeticException e) {
        throw new CheckFailure(SizeErrors.arithmetic(operand.span, "", e));
      }
    }
    Term term = term(operand);
    Term number = term.type().isInteger() ? term : real(term, operand.span, context);
    Type type = term.type().isDatum() ? Type.DATUM : number.type();
    return new Term(number.axes(), Exprs.apply(Primitive.NEGATE, number.body()), type);
  }

  static Value not(Operand operand) {
    if (operand.value instanceof Constant.Truth(boolean value)) {
      return new Constant.Truth(!value);
    }
    Term term = term(operand);
    if (!term.type().isBool()) {
      throw new CheckFailure(TypeErrors.notTruth(operand.span, "not", term.type().toString()));
    }
    return new Term(term.axes(), Exprs.not(term.body()), Type.BOOL);
  }

  private static Term apply(
      Primitive primitive,
      Type type,
      Term a,
      Term b,
      Expression.Binary binary,
      Context context) {
    if (!a.isScalar() && !b.isScalar() && !a.shape().equals(b.shape())) {
      throw new CheckFailure(
          ShapeErrors.cannotCombine(
              binary.operator().symbol(),
              shaped(binary.left(), a, context),
              shaped(binary.right(), b, context)));
    }
    return over(List.of(a, b), bodies -> Exprs.apply(primitive, bodies), type);
  }

  private static ShapeErrors.Shaped shaped(Expression expression, Term term, Context context) {
    Optional<Span> declared =
        expression instanceof Expression.Reference reference
                && reference.name().superscripts().isEmpty()
            ? context.scope().find(reference.name().text()).map(Entity::span)
            : Optional.empty();
    return new ShapeErrors.Shaped(expression.span(), term.shape(), declared);
  }

  /** Combines terms of one shape, and single numbers, element by element. */
  static Term over(
      List<Term> terms, java.util.function.Function<List<Expr>, Expr> combine, Type type) {
    List<Index> axes =
        terms.stream().filter(t -> !t.isScalar()).findFirst().map(Term::axes).orElse(List.of());
    var bodies = new ArrayList<Expr>();
    for (Term term : terms) {
      bodies.add(at(term, axes));
    }
    return new Term(axes, combine.apply(bodies), type);
  }

  /** The element of a term at given indices; a single number is the same everywhere. */
  static Expr at(Term term, List<Index> indices) {
    if (term.isScalar() || term.axes().equals(indices)) {
      return term.body();
    }
    var renamed = new HashMap<Index, Index>();
    for (int i = 0; i < indices.size(); i++) {
      renamed.put(term.axes().get(i), indices.get(i));
    }
    return Substitution.indices(term.body(), renamed);
  }
}
