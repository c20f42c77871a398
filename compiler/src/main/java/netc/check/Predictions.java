package netc.check;

import java.util.List;
import java.util.Set;
import netc.check.errors.RoleErrors;
import netc.check.errors.Warnings;
import netc.ir.Algebra;
import netc.ir.Expr;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Tensor;

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

  void check(List<NetRoles.OutputDraft> outputs) {
    var reach = new GradientReach(steps);
    for (var output : outputs) {
      Set<Tensor> needed = reach.needed(List.of(output.output().tensor()));
      Scans.flat(steps).stream()
          .filter(s -> needed.contains(s.target()) && Indices.isOverBatch(s))
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
}
