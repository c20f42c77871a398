package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.Operators.Operand;
import netc.check.errors.RoleErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Model;
import netc.ir.Primitive;
import netc.ir.Reduction;
import netc.ir.Reduction.Operator;
import netc.ir.Tensor;
import netc.source.Span;
import netc.syntax.Binder;
import netc.syntax.Expression;
import netc.syntax.Expression.ReductionName;

/**
 * {@code mean[batch, i] e} in a metric or fit: what one row gives is reduced over all rows by the
 * runtime, in double. Truth is accumulated as 0 and 1.
 */
final class BatchReductions {
  private final Elaborator elaborator;

  BatchReductions(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  Value reduce(Expression.Reduce reduce, Context context) {
    if (reduce.binders().stream().filter(Binder::isBatch).count() > 1) {
      throw new CheckFailure(RoleErrors.batchBoundTwice(reduce.span()));
    }
    if (context.mode().isRow()) {
      throw new CheckFailure(RoleErrors.nestedBatch(reduce.span()));
    }
    return context.mode().accumulations().isPresent()
        ? overAllRows(reduce, context.mode().accumulations().get(), context)
        : new MinibatchReductions(elaborator).reduce(reduce, context);
  }

  private Value overAllRows(
      Expression.Reduce reduce, Accumulations accumulations, Context context) {
    var binders = reduce.binders().stream().filter(b -> !b.isBatch()).toList();
    accumulations.settle();
    Context row = row(context, accumulations);
    var inside = elaborator.reductions.inside(reduce, binders, row);
    if (inside.isEmpty()) {
      throw new CheckFailure(RoleErrors.emptyOverBatch(reduce.span()));
    }
    return accumulated(reduce, inside, row, accumulations, context);
  }

  /** Inside, no further reduction over the batch may stand. */
  private static Context row(Context context, Accumulations accumulations) {
    var mode = new Context.Mode(context.mode().truthIsNumber(), Optional.empty(), true, false);
    return context.to(accumulations.perExample()).with(mode);
  }

  private Value accumulated(
      Expression.Reduce reduce,
      Reductions.Inside inside,
      Context row,
      Accumulations accumulations,
      Context context) {
    Term body = Operators.term(inside.body());
    checkNotLate(reduce.span(), body, inside.filter(), accumulations);
    if (reduce.reduction() == ReductionName.COUNT) {
      return count(reduce, inside, body, row, accumulations, context);
    }
    boolean isPerExample =
        FreeIndices.isPerExample(body.body())
            || inside.filter().map(FreeIndices::isPerExample).orElse(false);
    if (!isPerExample) {
      throw new CheckFailure(RoleErrors.alreadyShared(reduce.span(), inside.body().span()));
    }
    var sink = new Sink(reduce.span(), row, accumulations, context);
    return switch (reduce.reduction()) {
      case SUM -> sink.add(Operator.SUM, inside, number(body, inside.body(), row));
      case PROD -> sink.add(Operator.PROD, inside, number(body, inside.body(), row));
      case MAX -> sink.add(Operator.MAX, inside, number(body, inside.body(), row));
      case MIN -> sink.add(Operator.MIN, inside, number(body, inside.body(), row));
      case MEAN -> mean(inside, number(body, inside.body(), row), sink);
      case ANY -> truth(sink.add(Operator.MAX, inside, truthAsNumber(body, inside.body(), reduce.reduction())));
      case ALL -> truth(sink.add(Operator.MIN, inside, truthAsNumber(body, inside.body(), reduce.reduction())));
      case ARGMAX, ARGMIN, COUNT ->
          throw new CheckFailure(
              RoleErrors.argmaxOverBatch(reduce.span(), Reductions.title(reduce.reduction())));
    };
  }

  private static void checkNotLate(
      Span span, Term body, Optional<Expr> filter, Accumulations accumulations) {
    var reads = new ArrayList<>(Reading.all(body.body()));
    filter.ifPresent(f -> reads.addAll(Reading.all(f)));
    if (reads.stream().anyMatch(r -> accumulations.isLate(r.tensor()))) {
      throw new CheckFailure(RoleErrors.nestedBatch(span));
    }
  }

  private static Term number(Term body, Operand operand, Context row) {
    return Operators.real(body, operand.span(), row);
  }

  static Term truthAsNumber(Term body, Operand operand, ReductionName reduction) {
    if (!body.type().isBool()) {
      throw new CheckFailure(
          TypeErrors.notTruth(operand.span(), Reductions.title(reduction), body.type().toString()));
    }
    return Operators.converted(body);
  }

  private static Term truth(Term accumulated) {
    return new Term(
        accumulated.axes(),
        Expr.apply(Primitive.GREATER, accumulated.body(), new Expr.Real(0.5)),
        Type.BOOL);
  }

  private static Term mean(Reductions.Inside inside, Term body, Sink sink) {
    Term sum = sink.add(Operator.SUM, inside, body);
    Expr count;
    if (inside.filter().isPresent()) {
      count = sink.add(Operator.SUM, inside, Term.scalar(new Expr.Real(1), Type.REAL)).body();
    } else {
      count = rows(inside.indices());
    }
    return new Term(sum.axes(), Expr.apply(Primitive.DIVIDE, sum.body(), count), Type.REAL);
  }

  /** The number of rows times the points that each gives. */
  static Expr rows(List<Index> each) {
    var all = new ArrayList<Index>(List.of(FreshIndices.BATCH));
    all.addAll(each);
    return Equations.points(all);
  }

  private Value count(
      Expression.Reduce reduce,
      Reductions.Inside inside,
      Term body,
      Context row,
      Accumulations accumulations,
      Context context) {
    Term number = truthAsNumber(body, inside.body(), reduce.reduction());
    if (inside.filter().isEmpty() && body.body() instanceof Expr.Bool(boolean value)) {
      return value
          ? Term.scalar(rows(inside.indices()), Type.REAL)
          : Constant.of(0);
    }
    return new Sink(reduce.span(), row, accumulations, context)
        .add(Operator.SUM, inside, ofEachRow(number, inside.filter()));
  }

  /** What is the same for all rows is counted in each: its condition then stands under the row's own index. */
  private static Term ofEachRow(Term number, Optional<Expr> filter) {
    boolean isPerExample =
        FreeIndices.isPerExample(number.body()) || filter.map(FreeIndices::isPerExample).orElse(false);
    if (isPerExample) {
      return number;
    }
    Expr isRow =
        Expr.apply(
            Primitive.AT_LEAST, new Expr.Position(FreshIndices.BATCH), new Expr.Int(0));
    return new Term(number.axes(), Exprs.select(isRow, number.body(), new Expr.Real(0)), Type.REAL);
  }

  /** Where one reduction's rows go. */
  private record Sink(Span span, Context row, Accumulations accumulations, Context context) {

    /** Reduces within each row, then over the rows. */
    Term add(Operator operator, Reductions.Inside inside, Term body) {
      Term each = withinRow(operator, inside, body);
      Tensor source = source(each);
      if (source.rowAxes() > 0) {
        throw new CheckFailure(RoleErrors.rowsInMetric(span));
      }
      List<Extent> shape = source.shape().subList(1, source.rank());
      Tensor result =
          Tensor.real(
              accumulations.names().part(row.site().path()), Tensor.Role.ACCUMULATED, shape);
      accumulations.add(new Model.Accumulation(result, operator, source));
      var free = FreeIndices.of(each.body());
      free.removeAll(each.axes());
      free.remove(FreshIndices.BATCH);
      return accumulations.view(result, free, Type.REAL);
    }

    private Term withinRow(Operator operator, Reductions.Inside inside, Term body) {
      if (!inside.indices().isEmpty()) {
        var reduction = new Reduction(operator, inside.indices(), inside.filter());
        return accumulations.perExample().reduced(reduction, body, Type.REAL, row, row.place(span));
      }
      if (inside.filter().isEmpty()) {
        return body;
      }
      Expr neutral =
          new Expr.Real(
              switch (operator) {
                case PROD -> 1;
                case MAX -> Double.NEGATIVE_INFINITY;
                case MIN -> Double.POSITIVE_INFINITY;
                default -> 0;
              });
      Expr guarded = Exprs.select(inside.filter().get(), body.body(), neutral);
      return new Term(body.axes(), guarded, Type.REAL);
    }

    /** A tensor of its own: its axes are the batch, the free indices, and the term's axes. */
    private Tensor source(Term each) {
      Term tensor = accumulations.perExample().temporary(each, row, row.place(span));
      return ((Expr.Read) tensor.body()).tensor();
    }
  }
}
