package netc.check;

import java.util.ArrayList;
import java.util.List;
import netc.check.Operators.Operand;
import netc.check.errors.RoleErrors;
import netc.check.errors.ScanErrors;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Primitive;
import netc.ir.Reduction.Operator;
import netc.source.Span;
import netc.syntax.Expression;
import netc.syntax.Expression.ReductionName;

/**
 * {@code mean[batch, i] e} in a net or layer: an equation that reduces over the rows of the minibatch as
 * over any other index. Its value is shared.
 */
final class MinibatchReductions {
  private final Elaborator elaborator;

  MinibatchReductions(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  Value reduce(Expression.Reduce reduce, Context context) {
    if (context.out() instanceof ScanEquations) {
      throw new CheckFailure(
          ScanErrors.cannotStandInside(
              reduce.span(), "a reduction over the batch", "write it in front of the scan"));
    }
    var binders = reduce.binders().stream().filter(b -> !b.isBatch()).toList();
    var inside = elaborator.reductions.inside(reduce, binders, context);
    if (inside.isEmpty()) {
      throw new CheckFailure(RoleErrors.emptyOverBatch(reduce.span()));
    }
    var sink = new Sink(inside, over(inside), reduce.span(), context);
    Operand operand = inside.body();
    Term body = Operators.term(operand);
    if (reduce.reduction() == ReductionName.COUNT) {
      return count(sink, body, operand);
    }
    boolean isPerExample =
        FreeIndices.isPerExample(body.body())
            || inside.filter().map(FreeIndices::isPerExample).orElse(false);
    if (!isPerExample) {
      throw new CheckFailure(RoleErrors.alreadyShared(reduce.span(), operand.span()));
    }
    return switch (reduce.reduction()) {
      case SUM -> sink.add(Operator.SUM, number(body, operand, context));
      case MAX -> sink.add(Operator.MAX, number(body, operand, context));
      case MIN -> sink.add(Operator.MIN, number(body, operand, context));
      case MEAN -> {
        Term sum = sink.add(Operator.SUM, number(body, operand, context));
        yield new Term(
            sum.axes(), Expr.apply(Primitive.DIVIDE, sum.body(), sink.points()), Type.REAL);
      }
      case ANY -> truth(sink.add(Operator.MAX, BatchReductions.truthAsNumber(body, operand, reduce.reduction())));
      case ALL -> truth(sink.add(Operator.MIN, BatchReductions.truthAsNumber(body, operand, reduce.reduction())));
      case PROD -> throw new CheckFailure(RoleErrors.productOverBatch(reduce.span()));
      case ARGMAX, ARGMIN, COUNT ->
          throw new CheckFailure(
              RoleErrors.argmaxOverBatch(reduce.span(), Reductions.title(reduce.reduction())));
    };
  }

  /** The batch is outermost: of several extrema the first row's is the first. */
  private static List<Index> over(Reductions.Inside inside) {
    var indices = new ArrayList<Index>(List.of(FreshIndices.BATCH));
    indices.addAll(inside.indices());
    return indices;
  }

  private static Term number(Term body, Operand operand, Context context) {
    return Operators.real(body, operand.span(), context);
  }

  private static Term truth(Term extremum) {
    return new Term(
        extremum.axes(),
        Expr.apply(Primitive.GREATER, extremum.body(), new Expr.Real(0.5)),
        Type.BOOL);
  }

  private static Value count(Sink sink, Term body, Operand operand) {
    Term number = BatchReductions.truthAsNumber(body, operand, ReductionName.COUNT);
    if (sink.inside.filter().isEmpty() && body.body() instanceof Expr.Bool(boolean value)) {
      return value ? Term.scalar(sink.all(), Type.REAL) : Constant.of(0);
    }
    return sink.add(Operator.SUM, number);
  }

  private record Sink(
      Reductions.Inside inside, List<Index> indices, Span span, Context context) {

    Term add(Operator operator, Term body) {
      if (FreeIndices.isPerExample(context.when())) {
        throw new CheckFailure(RoleErrors.rowsInBranch(span, "a reduction over the batch"));
      }
      return Reductions.equation(
          operator, indices, inside.filter(), body, Type.REAL, span, context);
    }

    /** The number of points without a filter. */
    Expr all() {
      return BatchReductions.rows(inside.indices());
    }

    /** The number of points that a mean divides by. */
    Expr points() {
      return inside.filter().isEmpty()
          ? all()
          : add(Operator.SUM, Term.scalar(new Expr.Real(1), Type.REAL)).body();
    }
  }
}
