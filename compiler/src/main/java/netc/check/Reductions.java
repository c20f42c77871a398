package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.Operators.Operand;
import netc.check.errors.ExpressionErrors;
import netc.check.errors.SizeErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Reduction;
import netc.ir.Reduction.Operator;
import netc.source.Span;
import netc.syntax.Binder;
import netc.syntax.Expression;
import netc.syntax.Expression.ReductionName;

/** {@code sum[k in K if c] e} and {@code sum(v)}: each becomes an equation of its own. */
final class Reductions {
  private final Elaborator elaborator;
  private final BatchReductions overBatch;

  Reductions(Elaborator elaborator) {
    this.elaborator = elaborator;
    this.overBatch = new BatchReductions(elaborator);
  }

  /**
   * The inside of a reduction.
   *
   * @param start of a single index, where its range begins
   * @param isEmpty nothing is reduced: an empty range, or a filter that never holds
   */
  record Inside(
      List<Index> indices, long start, Optional<Expr> filter, Operand body, boolean isEmpty) {}

  Value reduce(Expression.Reduce reduce, Context context) {
    if (context.mode().inDerivative()) {
      throw new CheckFailure(TypeErrors.tooMuchForDerivative(reduce.span()));
    }
    if (reduce.binders().stream().anyMatch(Binder::isBatch)) {
      return overBatch.reduce(reduce, context);
    }
    Inside inside = inside(reduce, reduce.binders(), context);
    return inside.isEmpty()
        ? empty(reduce.reduction(), inside)
        : over(reduce.reduction(), inside, reduce.span(), context);
  }

  /** Binds the indices and elaborates filter and body. */
  Inside inside(Expression.Reduce reduce, List<Binder> binders, Context context) {
    var scope = new Scope(context.scope());
    Context inner = context.in(scope);
    var places = new ArrayList<Expression>();
    reduce.filter().ifPresent(places::add);
    places.add(reduce.body());
    var indices = new ArrayList<Index>();
    long start = 0;
    for (Binder binder : binders) {
      var extents = elaborator.ranges.of(binder, places, Optional.empty(), inner);
      if (extents.size() == 0) {
        return new Inside(List.of(), extents.start(), Optional.empty(), null, true);
      }
      indices.add(elaborator.ranges.bind(binder.name(), extents, scope));
      start = extents.start();
    }
    inner = inner.within(indices);
    Optional<Expr> filter = Optional.empty();
    if (reduce.filter().isPresent()) {
      Operand condition = elaborator.condition(reduce.filter().get(), inner.withoutFacts());
      Expr test = Operators.term(condition).body();
      if (test instanceof Expr.Bool(boolean holds)) {
        if (!holds) {
          return new Inside(indices, start, Optional.empty(), null, true);
        }
      } else {
        filter = Optional.of(test);
        inner = inner.under(test, true);
      }
    }
    Operand body = elaborator.operand(reduce.body(), inner);
    binders.forEach(b -> elaborator.build.ended(b.name().text(), reduce));
    return new Inside(indices, start, filter, body, false);
  }

  /** {@code max(a, b)} is element-wise, {@code sum(v)} total. */
  Value call(Expression.ReduceCall call, Context context) {
    var operands = new ArrayList<Operand>();
    for (Expression.Argument argument : call.arguments()) {
      if (argument.name().isPresent() || argument.value().last().isPresent()) {
        throw new CheckFailure(ExpressionErrors.badReductionCall(call.span(), title(call.reduction())));
      }
      operands.add(elaborator.operand(argument.value().first(), context));
    }
    boolean isExtremum =
        call.reduction() == ReductionName.MAX || call.reduction() == ReductionName.MIN;
    if (isExtremum && operands.size() == 2) {
      Primitive primitive =
          call.reduction() == ReductionName.MAX ? Primitive.MAX : Primitive.MIN;
      return Operations.apply(primitive.symbol(), primitive, operands, call.span(), context);
    }
    if (operands.size() != 1) {
      throw new CheckFailure(ExpressionErrors.badReductionCall(call.span(), title(call.reduction())));
    }
    return total(call.reduction(), operands.getFirst(), call.span(), context);
  }

  /** A reduction over all axes. */
  Value total(ReductionName reduction, Operand operand, Span span, Context context) {
    Term term = Operators.term(operand);
    if (term.isScalar()) {
      throw new CheckFailure(ExpressionErrors.totalOfNumber(span, operand.span(), title(reduction)));
    }
    if (context.mode().inDerivative()) {
      throw new CheckFailure(TypeErrors.tooMuchForDerivative(span));
    }
    var body = new Operand(Term.scalar(term.body(), term.type()), operand.span());
    return over(
        reduction,
        new Inside(term.axes(), 0, Optional.empty(), body, false),
        span,
        context);
  }

  static String title(ReductionName reduction) {
    return reduction.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Over nothing. */
  private static Value empty(ReductionName reduction, Inside inside) {
    return switch (reduction) {
      case SUM, COUNT -> Constant.of(0);
      case PROD -> Constant.of(1);
      case MEAN -> new Constant.Decimal(Double.NaN);
      case MAX -> new Constant.Decimal(Double.NEGATIVE_INFINITY);
      case MIN -> new Constant.Decimal(Double.POSITIVE_INFINITY);
      case ANY -> new Constant.Truth(false);
      case ALL -> new Constant.Truth(true);
      case ARGMAX, ARGMIN -> Constant.of(inside.start());
    };
  }

  /** The reduction as an equation of its own. */
  Value over(ReductionName reduction, Inside inside, Span span, Context context) {
    Operand operand = inside.body();
    Term body = Operators.term(operand);
    return switch (reduction) {
      case SUM, PROD -> {
        boolean stays = reduction == ReductionName.SUM && body.type().isInteger();
        Term number = stays ? body : Operators.real(body, operand.span(), context);
        Operator operator = reduction == ReductionName.SUM ? Operator.SUM : Operator.PROD;
        Type type = number.type().isDatum() ? Type.DATUM : number.type();
        yield equation(operator, inside, number, type, span, context);
      }
      case MAX, MIN -> {
        Term number = body.type().isInteger() ? body : Operators.real(body, operand.span(), context);
        Operator operator = reduction == ReductionName.MAX ? Operator.MAX : Operator.MIN;
        yield equation(operator, inside, number, number.type(), span, context);
      }
      case MEAN -> mean(inside, Operators.real(withoutData(body, operand), operand.span(), context), span, context);
      case ARGMAX, ARGMIN -> extremum(reduction, inside, body, span, context);
      case ANY, ALL -> {
        Operator operator = reduction == ReductionName.ANY ? Operator.ANY : Operator.ALL;
        yield equation(operator, inside, truth(body, operand, reduction), Type.BOOL, span, context);
      }
      case COUNT -> count(inside, truth(body, operand, reduction), span, context);
    };
  }

  private static Term withoutData(Term body, Operand operand) {
    if (body.type().isDatum()) {
      throw new CheckFailure(TypeErrors.datumAsNumber(operand.span(), body.type().size()));
    }
    return body;
  }

  private static Term truth(Term body, Operand operand, ReductionName reduction) {
    if (!body.type().isBool()) {
      throw new CheckFailure(
          TypeErrors.notTruth(operand.span(), title(reduction), body.type().toString()));
    }
    return body;
  }

  private static Term equation(
      Operator operator, Inside inside, Term body, Type type, Span span, Context context) {
    return equation(operator, inside.indices(), inside.filter(), body, type, span, context);
  }

  /**
   * An extremum over rows and what stands outside of them is one of extrema: where the first of equals
   * stands is said by numbers, which need sizes known at compile time behind the outermost index.
   */
  static Term equation(
      Operator operator,
      List<Index> indices,
      Optional<Expr> filter,
      Term body,
      Type type,
      Span span,
      Context context) {
    boolean isExtremum = operator == Operator.MAX || operator == Operator.MIN;
    for (int at = indices.size() - 1; isExtremum && at > 0; at--) {
      if (indices.get(at).extent().isRows()) {
        var inner = indices.subList(at, indices.size());
        Term each = equation(operator, inner, filter, body, type, span, context);
        return equation(
            operator, indices.subList(0, at), Optional.empty(), each, type, span, context);
      }
    }
    var reduction = new Reduction(operator, indices, filter);
    return context.out().reduced(reduction, body, type, context, context.place(span));
  }

  private Term mean(Inside inside, Term body, Span span, Context context) {
    Term sum = equation(Operator.SUM, inside, body, Type.REAL, span, context);
    Expr count =
        inside.filter().isEmpty()
            ? Equations.points(inside.indices())
            : Operators.converted(counted(inside, new Expr.Int(1), span, context)).body();
    return new Term(sum.axes(), Expr.apply(Primitive.DIVIDE, sum.body(), count), Type.REAL);
  }

  private Term counted(Inside inside, Expr one, Span span, Context context) {
    return equation(
        Operator.SUM, inside, Term.scalar(one, Type.COUNTING), Type.COUNTING, span, context);
  }

  private static Value points(List<Index> indices) {
    return indices.stream().anyMatch(i -> i.extent().isRows())
        ? Term.scalar(Equations.points(indices), Type.REAL)
        : Constant.of(Equations.product(indices));
  }

  private Value count(Inside inside, Term body, Span span, Context context) {
    if (body.body() instanceof Expr.Bool(boolean value) && inside.filter().isEmpty()) {
      return value ? points(inside.indices()) : Constant.of(0);
    }
    Expr one = Exprs.select(body.body(), new Expr.Int(1), new Expr.Int(0));
    var counting = new Term(body.axes(), one, Type.COUNTING);
    return equation(Operator.SUM, inside, counting, Type.COUNTING, span, context);
  }

  /** The fused row-major position of the first extremum; of one index, a value of that index. */
  private Term extremum(
      ReductionName reduction, Inside inside, Term body, Span span, Context context) {
    Term number = body.type().isInteger() ? body : Operators.real(body, inside.body().span(), context);
    Operator operator = reduction == ReductionName.ARGMAX ? Operator.ARGMAX : Operator.ARGMIN;
    if (inside.indices().size() > 1
        && inside.indices().stream().anyMatch(i -> i.extent().isRows())) {
      throw new CheckFailure(SizeErrors.fusedRows(span));
    }
    int size = Equations.product(inside.indices());
    long start = inside.indices().size() == 1 ? inside.start() : 0;
    Type type = Type.index((int) Math.max(0, Math.min(Integer.MAX_VALUE, start + size)));
    Term position = equation(operator, inside, number, type, span, context);
    return start == 0
        ? position
        : new Term(
            position.axes(),
            Expr.apply(Primitive.ADD, position.body(), new Expr.Int(start)),
            type);
  }
}
