package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.Arguments.Given;
import netc.check.Operators.Operand;
import netc.check.errors.CallErrors;
import netc.check.errors.RoleErrors;
import netc.check.errors.ScanErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.OwnRow;
import netc.ir.Primitive;
import netc.ir.Reduction;
import netc.source.Span;

/**
 * {@code batch_stack(k)}, what all rows of the minibatch have of k, and {@code batch_index()}, where the
 * own row stands among them. An axis over the rows has the size {@link Extent#MOST}; the number of rows
 * as a value is {@link #NUMBER}.
 */
final class BatchRows {
  static final Term NUMBER = Term.scalar(new Expr.BatchSize(), Type.COUNTING);

  private BatchRows() {}

  static boolean isNumber(Value value) {
    return value instanceof Term term && term.equals(NUMBER);
  }

  /** Whether a reduction only stacks: of every row exactly one value goes into each element. */
  static boolean isStack(Reduction reduction) {
    return reduction.indices().equals(List.of(FreshIndices.BATCH))
        && reduction.filter().flatMap(OwnRow::in).isPresent();
  }

  static Term index(List<Given> given, Span span) {
    if (!given.isEmpty()) {
      throw new CheckFailure(CallErrors.wrongCount(span, "batch_index", 0, given.size()));
    }
    return Term.scalar(new Expr.Position(FreshIndices.BATCH), Type.index(Extent.MOST));
  }

  static Term stack(List<Given> given, Span span, Context context) {
    List<Operand> operands = Arguments.positional(given, "batch_stack");
    if (operands.size() != 1) {
      throw new CheckFailure(CallErrors.wrongCount(span, "batch_stack", 1, operands.size()));
    }
    Operand operand = operands.getFirst();
    Term each = Operators.term(operand);
    mayStand(span, context);
    if (!FreeIndices.isPerExample(each.body())) {
      throw new CheckFailure(RoleErrors.alreadyStacked(span, operand.span()));
    }
    if (!each.type().isBool()) {
      return stacked(each, each.type(), span, context);
    }
    Term number = stacked(Operators.converted(each), Type.REAL, span, context);
    Expr truth = Expr.apply(Primitive.GREATER, number.body(), new Expr.Real(0.5));
    return new Term(number.axes(), truth, Type.BOOL);
  }

  private static void mayStand(Span span, Context context) {
    if (context.out() instanceof ScanEquations) {
      throw new CheckFailure(
          ScanErrors.cannotStandInside(span, "`batch_stack`", "write it in front of the scan"));
    }
    if (context.mode().inDerivative()) {
      throw new CheckFailure(TypeErrors.tooMuchForDerivative(span));
    }
    if (context.mode().isRow() || context.mode().accumulations().isPresent()) {
      throw new CheckFailure(RoleErrors.stackOverSet(span));
    }
    if (FreeIndices.isPerExample(context.when())) {
      throw new CheckFailure(RoleErrors.rowsInBranch(span, "`batch_stack`"));
    }
  }

  /** {@code [n, …] -> sum[batch if batch == n] each[batch, …]}. */
  private static Term stacked(Term each, Type type, Span span, Context context) {
    Index row = context.out().indices().make("n", Extent.MOST);
    var axes = new ArrayList<Index>(List.of(row));
    axes.addAll(each.axes());
    Expr isOwn = OwnRow.condition(FreshIndices.BATCH, row);
    var reduction =
        new Reduction(
            Reduction.Operator.SUM, List.of(FreshIndices.BATCH), Optional.of(isOwn));
    return context
        .out()
        .reduced(reduction, new Term(axes, each.body(), type), type, context, context.place(span));
  }
}
