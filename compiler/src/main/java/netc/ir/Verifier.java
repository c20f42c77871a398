package netc.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The definition of the IR as rules: what every pass finds and must leave behind. One method a rule,
 * each with the sentence that it prints; {@link ExprRules} holds those inside expressions.
 */
public final class Verifier {
  private final List<String> errors = new ArrayList<>();

  private Verifier() {}

  /** What a program may still hold besides the rules of every program. */
  public enum Stage {
    /** {@code training} is open: a model before its forms are made. */
    OPEN,
    /** A form: {@code training} is decided. */
    FORM
  }

  /** Every broken rule, in text order, each with the step that breaks it; empty when all hold. */
  public static List<String> check(Program program, Stage stage) {
    var verifier = new Verifier();
    var defined = new HashSet<String>();
    Set<Tensor> later = new HashSet<>();
    program.steps().forEach(step -> later.addAll(step.targets()));
    var declared = new LinkedHashSet<Tensor>(program.inputs());
    declared.removeAll(later);
    declared.forEach(input -> verifier.declaration(input, defined));
    for (Step step : program.steps()) {
      verifier.step(step, stage);
      verifier.order(step, later);
      step.targets().forEach(later::remove);
      step.targets().forEach(target -> verifier.uniqueTarget(target, defined));
    }
    verifier.resultsAreUnique(program);
    return verifier.errors;
  }

  /** Whether one step by itself keeps the rules: what a pass asks before it moves an expression. */
  public static boolean accepts(Step step) {
    var verifier = new Verifier();
    verifier.step(step, Stage.FORM);
    return verifier.errors.isEmpty();
  }

  /**
   * The program, when every rule holds.
   *
   * @throws IllegalStateException naming {@code producer} and the broken rules
   */
  public static Program verified(Program program, Stage stage, String producer) {
    List<String> errors = check(program, stage);
    if (!errors.isEmpty()) {
      throw new IllegalStateException(
          "after " + producer + ", program " + program.name() + ":\n" + String.join("\n", errors));
    }
    return program;
  }

  private void step(Step step, Stage stage) {
    switch (step) {
      case Step.Single single -> step(single, stage);
      case Step.Scan scan -> {
        scan.body().forEach(inside -> step(inside, stage));
        errors.addAll(new ScanRules(scan).check());
      }
    }
  }

  private void step(Step.Single step, Stage stage) {
    int before = errors.size();
    indicesAreUnique(step);
    switch (step) {
      case Step.Equation equation -> {
        outputsMakeTheShape(equation);
        reductionHasIndices(equation);
        resultHasTheType(equation);
        batchComesFirst(equation);
      }
      case Step.Scatter scatter -> {
        scatterIsReal(scatter);
        scatterReachesEveryAxis(scatter);
      }
    }
    var rules = new ExprRules(step, stage);
    rules.check();
    errors.addAll(rules.errors());
    for (int i = before; i < errors.size(); i++) {
      errors.set(i, errors.get(i) + "\n    in  " + describe(step));
    }
  }

  static String describe(Step.Single step) {
    try {
      return Printer.print(step);
    } catch (IllegalArgumentException _) {
      return Printer.declaration(step.target()) + "    // " + step.place();
    }
  }

  private void declaration(Tensor input, Set<String> names) {
    if (!names.add(input.name())) {
      errors.add("two inputs are called `" + input.name() + "`");
    }
    if (input.interval().isPresent() && input.type() != ElementType.INT) {
      errors.add("`" + input.name() + "` has an interval but is not INT");
    }
    if (input.shape().stream().skip(1).anyMatch(Extent::isBatch)) {
      errors.add("`" + input.name() + "` has the batch behind its first axis");
    }
  }

  private void order(Step step, Set<Tensor> later) {
    for (Tensor read : Reads.of(step)) {
      boolean own =
          switch (step) {
            case Step.Scan scan -> scan.targets().contains(read);
            case Step.Single single -> read.equals(single.target()) && isCustom(single);
          };
      if (later.contains(read) && !own) {
        errors.add(
            "`" + read.name() + "` is read before its definition\n    in  " + Printer.print(step));
      }
    }
  }

  private static boolean isCustom(Step.Single step) {
    return step instanceof Step.Equation equation && equation.body() instanceof Expr.Custom;
  }

  private void uniqueTarget(Tensor target, Set<String> defined) {
    if (!defined.add(target.name())) {
      errors.add("`" + target.name() + "` is defined twice");
    }
    if (target.role() != Tensor.Role.VALUE) {
      errors.add("`" + target.name() + "` is defined but has role " + target.role());
    }
  }

  private void resultsAreUnique(Program program) {
    var names = new HashSet<String>();
    for (Program.Result result : program.results()) {
      if (!names.add(result.name())) {
        errors.add("two results are called `" + result.name() + "`");
      }
    }
  }

  private void indicesAreUnique(Step.Single step) {
    var names = new HashSet<String>();
    for (Index index : Indices.of(step)) {
      if (!names.add(index.name())) {
        errors.add("index `" + index.name() + "` is bound twice");
      }
    }
  }

  private void outputsMakeTheShape(Step.Equation equation) {
    try {
      Axes.group(equation.outputs(), equation.target().shape());
    } catch (IllegalArgumentException e) {
      errors.add("the outputs do not make the shape of `" + equation.target().name() + "`");
    }
  }

  private void reductionHasIndices(Step.Equation equation) {
    if (equation.reduction().isPresent() && equation.reduction().get().indices().isEmpty()) {
      errors.add("a reduction runs over no index");
    }
  }

  private void resultHasTheType(Step.Equation equation) {
    ElementType body = equation.body().type();
    ElementType result =
        equation.reduction().map(r -> reduced(r.operator(), body)).orElse(body);
    if (result != equation.target().type()) {
      errors.add(
          "`" + equation.target().name() + "` is " + equation.target().type() + " but gets " + result);
    }
  }

  private ElementType reduced(Reduction.Operator operator, ElementType body) {
    boolean logical = operator == Reduction.Operator.ANY || operator == Reduction.Operator.ALL;
    if (logical != (body == ElementType.BOOL)) {
      errors.add(operator + " does not reduce " + body);
    }
    return switch (operator) {
      case SUM, PROD, MAX, MIN -> body;
      case ANY, ALL -> ElementType.BOOL;
      case ARGMAX, ARGMIN -> ElementType.INT;
    };
  }

  private void batchComesFirst(Step.Equation equation) {
    List<Index> outputs = equation.outputs();
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).extent().isBatch() && (i > 0 || !outputs.get(i).name().equals("batch"))) {
        errors.add("the batch is the first output, named `batch`");
      }
    }
  }

  private void scatterIsReal(Step.Scatter scatter) {
    if (scatter.target().type() != ElementType.REAL || scatter.body().type() != ElementType.REAL) {
      errors.add("a scatter adds REAL to REAL");
    }
  }

  private void scatterReachesEveryAxis(Step.Scatter scatter) {
    if (scatter.at().size() != scatter.target().rank()) {
      errors.add("a scatter has one subscript an axis of its target");
    }
  }
}
