package netc.syntax;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import netc.source.Diagnostics;
import netc.source.Span;
import netc.syntax.Expression.Binary;
import netc.syntax.Expression.BinaryOperator;
import netc.syntax.Expression.If;
import netc.syntax.Expression.Pipe;
import netc.syntax.Expression.Reduce;
import netc.syntax.Expression.ReductionName;

/**
 * Rejects what the grammar can read but a reader may misread: where a pipe or an {@code if} stands
 * without parentheses, comparisons in a row, a condition cut in two by its reduction.
 */
final class OperatorRules {
  private final Diagnostics diagnostics;

  /** Operands of a chain that was reported as a whole. */
  private final Set<Expression> reported = Collections.newSetFromMap(new IdentityHashMap<>());

  OperatorRules(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void check(Unit unit) {
    TreeWalk.each(unit, this::check);
  }

  private void check(Expression expression) {
    switch (expression) {
      case Pipe pipe -> pipe(pipe);
      case Binary binary -> binary(binary);
      case Expression.Negate negate -> operand(negate.value(), negate.span());
      case Expression.Not not -> operand(not.value(), not.span());
      case Reduce reduce -> operand(reduce.body(), reduce.span());
      case If choice -> {
        branch(choice.then(), choice.span());
        branch(choice.otherwise(), choice.span());
      }
      default -> {} // whatever else there is has brackets around its parts
    }
  }

  private void pipe(Pipe pipe) {
    if (!isTarget(pipe.target())) {
      diagnostics.add(SyntaxErrors.pipeTarget(pipe.target().span()));
    }
    Expression left = pipe.left();
    if (left instanceof Binary minus && isLooseSuperscript(minus)) {
      var reference = (Expression.Reference) minus.left();
      Span superscript = reference.name().superscripts().getLast().span();
      diagnostics.add(
          SyntaxErrors.looseSuperscript(
              minus.span(),
              minus.span().file().text().substring(minus.span().start(), superscript.start() - 1),
              superscript.to(minus.right().span()).text()));
    } else if (left instanceof Binary
        || left instanceof Expression.Negate
        || left instanceof Expression.Not
        || left instanceof Reduce) {
      diagnostics.add(
          SyntaxErrors.pipeNeedsParentheses(left.span(), lastOperand(left).span(), pipe.span()));
    }
  }

  private static boolean isTarget(Expression target) {
    return switch (target) {
      case Expression.Reference _ -> true;
      case Expression.Call call -> isTarget(call.callee());
      default -> false;
    };
  }

  /** {@code h@l-1} without blanks. */
  private static boolean isLooseSuperscript(Binary binary) {
    boolean isSum =
        binary.operator() == BinaryOperator.MINUS || binary.operator() == BinaryOperator.PLUS;
    boolean isTight =
        binary.span().text().length()
            == binary.left().span().text().length() + binary.right().span().text().length() + 1;
    return isSum
        && isTight
        && binary.left() instanceof Expression.Reference reference
        && !reference.name().superscripts().isEmpty();
  }

  private static Expression lastOperand(Expression left) {
    return switch (left) {
      case Binary binary -> lastOperand(binary.right());
      case Expression.Negate negate -> lastOperand(negate.value());
      case Expression.Not not -> lastOperand(not.value());
      case Reduce reduce -> lastOperand(reduce.body());
      default -> left;
    };
  }

  private void binary(Binary binary) {
    operand(binary.left(), binary.span());
    operand(binary.right(), binary.span());
    if (!isComparison(binary)) {
      return;
    }
    if (binary.left() instanceof Binary first && isComparison(first)) {
      reported.add(first);
      if (!reported.contains(binary)) {
        diagnostics.add(
            SyntaxErrors.chainedComparison(
                binary.span(), binary.operatorSpan(), first.right().span().text()));
      }
    }
    if (binary.left() instanceof Reduce reduce && cutsCondition(reduce)) {
      diagnostics.add(
          SyntaxErrors.comparedReduction(
              binary.operator().symbol(),
              reduce.span(),
              reduce.body().span(),
              binary.right().span()));
    }
  }

  /** A reduction of a condition whose body can hardly be one as it stands. */
  private static boolean cutsCondition(Reduce reduce) {
    boolean isOfCondition =
        reduce.reduction() == ReductionName.COUNT
            || reduce.reduction() == ReductionName.ANY
            || reduce.reduction() == ReductionName.ALL;
    boolean isPlain =
        reduce.body() instanceof Expression.Truth
            || reduce.body() instanceof Expression.Parenthesized
            || reduce.body() instanceof Expression.Not;
    return isOfCondition && !isPlain;
  }

  private static boolean isComparison(Binary binary) {
    return switch (binary.operator()) {
      case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST -> true;
      case POWER, TIMES, OVER, PLUS, MINUS, AND, OR -> false;
    };
  }

  private void operand(Expression operand, Span whole) {
    if (operand instanceof If) {
      diagnostics.add(SyntaxErrors.operandNeedsParentheses("an `if`", operand.span(), whole));
    } else if (operand instanceof Pipe) {
      diagnostics.add(SyntaxErrors.operandNeedsParentheses("a pipe", operand.span(), whole));
    }
  }

  private void branch(Expression branch, Span whole) {
    if (branch instanceof Pipe) {
      diagnostics.add(SyntaxErrors.operandNeedsParentheses("a pipe", branch.span(), whole));
    }
  }
}
