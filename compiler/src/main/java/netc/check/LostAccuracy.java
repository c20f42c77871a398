package netc.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import netc.check.Operators.Operand;
import netc.check.errors.Warnings;
import netc.ir.Expr;
import netc.ir.Primitive;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.source.Span;
import netc.syntax.Declaration;
import netc.syntax.Parameter;

/**
 * Warns where a probability is taken back to its logarithm: {@code log(softmax(z))}, or a loss of logits
 * that is given the result of a softmax or sigmoid. Such results are known by their equations, whatever
 * their names.
 */
final class LostAccuracy {
  private static final String SOFTMAX = "softmax";
  private static final String SIGMOID = "sigmoid";

  private final Elaborator elaborator;

  LostAccuracy(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  /** {@code log(e)}. */
  void logarithm(Operand operand, Span call, Context context) {
    if (source(operand.value(), context).equals(Optional.of(SOFTMAX))) {
      elaborator.build.report(Warnings.logarithm(operand.span(), call), context.frame());
    }
  }

  /** A loss of the library that applies softmax or sigmoid itself. */
  void loss(Declaration.Function loss, List<Arguments.Given> given, Span call, Context context) {
    String name = loss.name().text();
    boolean isCrossEntropy = name.equals("cross_entropy");
    boolean isOfLibrary = loss.span().file().name().startsWith("std/");
    if (!isOfLibrary || given.isEmpty() || !isCrossEntropy && !name.endsWith("_with_logits")) {
      return;
    }
    Parameter first = loss.parameters().getFirst();
    Operand operand = given.getFirst().operand();
    String wanted = isCrossEntropy ? SOFTMAX : SIGMOID;
    boolean isFirst =
        given.getFirst().name().map(n -> n.text().equals(first.name().text())).orElse(true);
    if (isFirst && source(operand.value(), context).equals(Optional.of(wanted))) {
      elaborator.build.report(
          Warnings.lossOfProbability(operand.span(), name, wanted, call), context.frame());
    }
  }

  /** The function that a value is the result of. */
  private Optional<String> source(Value value, Context context) {
    if (elaborator.build.isDry()
        || !(value instanceof Term term)
        || !(term.body() instanceof Expr.Read read)) {
      return Optional.empty();
    }
    return definition(read.tensor(), context).flatMap(step -> source(step.body(), context));
  }

  private Optional<String> source(Expr body, Context context) {
    if (body instanceof Expr.Custom custom && isLogistic(custom.value())) {
      return Optional.of(SIGMOID);
    }
    boolean isNormalised =
        body instanceof Expr.Apply(var exp, var of)
            && exp == Primitive.EXP
            && of.getFirst() instanceof Expr.Apply(var minus, var sides)
            && minus == Primitive.SUBTRACT
            && isLogOfSum(sides.get(1), context);
    return isNormalised ? Optional.of(SOFTMAX) : Optional.empty();
  }

  /** {@code 1 / (1 + exp(-z))}. */
  private static boolean isLogistic(Expr value) {
    return value instanceof Expr.Apply(var over, var parts)
        && over == Primitive.DIVIDE
        && parts.get(1) instanceof Expr.Apply(var plus, var terms)
        && plus == Primitive.ADD
        && terms.get(1) instanceof Expr.Apply(var exp, var of)
        && exp == Primitive.EXP
        && of.getFirst() instanceof Expr.Apply(var minus, var _)
        && minus == Primitive.NEGATE;
  }

  /** {@code log(sum …)} or {@code m + log(sum …)}, or a tensor that is so defined. */
  private boolean isLogOfSum(Expr expr, Context context) {
    Expr value =
        expr instanceof Expr.Read read
            ? definition(read.tensor(), context).<Expr>map(Step.Equation::body).orElse(expr)
            : expr;
    return isLogarithm(value)
        || value instanceof Expr.Apply(var plus, var terms)
            && plus == Primitive.ADD
            && terms.stream().anyMatch(LostAccuracy::isLogarithm);
  }

  private static boolean isLogarithm(Expr expr) {
    return expr instanceof Expr.Apply(var log, var _) && log == Primitive.LOG;
  }

  private Optional<Step.Equation> definition(Tensor tensor, Context context) {
    return Stream.of(context.out(), elaborator.build.equations())
        .flatMap(equations -> Equations.flat(equations.steps()).stream())
        .filter(step -> step.reduction().isEmpty() && step.target().equals(tensor))
        .findFirst();
  }
}
