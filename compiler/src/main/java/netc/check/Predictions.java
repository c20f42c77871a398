package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import netc.check.errors.GivenErrors;
import netc.check.errors.RoleErrors;
import netc.check.errors.Warnings;
import netc.ir.Algebra;
import netc.ir.Expr;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Model;
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.source.Span;

/**
 * What predicting computes, {@code training} being false: a row's prediction depends on no other row,
 * and one that is random is warned of.
 */
final class Predictions {
  private static final Mapper NOT_TRAINING =
      new Mapper() {
        @Override
        protected Expr leaf(Expr leaf) {
          return leaf instanceof Expr.Training ? new Expr.Bool(false) : leaf;
        }

        @Override
        protected Expr rebuilt(Expr expr) {
          return switch (expr) {
            case Expr.Select(var condition, var then, var otherwise) ->
                Algebra.select(condition, then, otherwise);
            case Expr.Apply(var primitive, var arguments) -> Algebra.apply(primitive, arguments);
            default -> expr;
          };
        }
      };

  private final Build build;
  private final List<Step> steps;

  Predictions(Build build, List<Step> steps) {
    this.build = build;
    this.steps = steps.stream().map(Predictions::predicting).toList();
  }

  private static Step predicting(Step step) {
    return NOT_TRAINING.map(step);
  }

  void check(List<NetRoles.OutputDraft> outputs, List<Model.Data> inputs) {
    for (var output : outputs) {
      List<Step> computed = output.conditional().computed(steps);
      Set<Tensor> needed = new GradientReach(computed).needed(List.of(output.output().tensor()));
      if (output.isConditional()) {
        given(output, needed, inputs);
      }
      Scans.flat(computed).stream()
          .filter(s -> needed.contains(s.target()) && seesOthers(s))
          .findFirst()
          .ifPresent(
              s ->
                  build.report(
                      RoleErrors.predictsOverBatch(
                          output.span(), output.output().name(), s.place().line()),
                      null));
      build.samples().values().stream()
          .filter(s -> needed.contains(s.tensor()))
          .findFirst()
          .ifPresent(
              s ->
                  build.report(
                      Warnings.randomPrediction(
                          output.span(), output.output().name(), s.tensor().name()),
                      null));
    }
  }

  /** What is given is all that an output needs, and it needs all of it. */
  private void given(NetRoles.OutputDraft output, Set<Tensor> needed, List<Model.Data> inputs) {
    String name = output.output().name();
    var missing = new ArrayList<String>();
    for (Model.Data input : inputs) {
      boolean isGiven =
          output.given().stream().anyMatch(g -> g.given().argument().tensor().equals(input.tensor()));
      if (needed.contains(input.tensor()) && !isGiven) {
        missing.add(input.name());
      }
    }
    if (!missing.isEmpty()) {
      Span last = output.given().getLast().span();
      build.report(GivenErrors.stillNeeds(output.span(), name, missing, last), null);
    }
    for (NetRoles.GivenDraft one : output.given()) {
      if (one.given().original().equals(output.output().tensor())) {
        build.report(GivenErrors.itself(one.span(), name), null);
      } else if (!needed.contains(one.given().argument().tensor())) {
        build.report(
            GivenErrors.notNeeded(one.span(), one.given().argument().name(), name), null);
      }
    }
  }

  /** Whether a step knows of other rows: by a reduction, by how many they are, or where among them. */
  private static boolean seesOthers(Step.Single step) {
    if (Indices.isOverBatch(step) || Indices.useOwnPosition(List.of(step))) {
      return true;
    }
    boolean[] found = {false};
    new Mapper() {
      @Override
      protected Expr leaf(Expr leaf) {
        found[0] |= leaf instanceof Expr.BatchSize;
        return leaf;
      }
    }.map(step);
    return found[0];
  }
}
