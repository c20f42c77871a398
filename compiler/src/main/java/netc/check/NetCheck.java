package netc.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.check.errors.RoleErrors;
import netc.check.errors.Warnings;
import netc.ir.Model;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.source.Diagnostics;
import netc.syntax.Declaration;

/** One {@code net}: its body, then what can only be said of the whole. */
final class NetCheck {
  private final Build build;
  private final Elaborator elaborator;
  private final NetRoles roles;
  private final Declaration.Net net;

  NetCheck(Declaration.Net net, Diagnostics diagnostics, Uses uses, Options options) {
    this.net = net;
    this.build = new Build(diagnostics, uses);
    this.elaborator = new Elaborator(build);
    this.roles = new NetRoles(elaborator, options);
  }

  /** The model; empty when there were errors. */
  Optional<Model> check(Scope file, String packageName) {
    Context context = Context.of(new Scope(file), build.equations());
    Body.ofNet(elaborator, context, net, roles).run(net.body().statements());
    roles.settings.checkColumns(
        roles, name -> context.scope().local(name).orElse(null) instanceof Entity.Broken);
    new JavaNames(build).check(roles, net);
    if (build.isWrong()) {
      return Optional.empty();
    }
    var steps = build.equations().steps();
    var reach = new GradientReach(steps);
    outputs();
    new Predictions(build, steps).check(roles.outputs, roles.inputs);
    Set<String> parameters = parameters(reach, steps);
    fits(reach);
    return build.isWrong() ? Optional.empty() : Optional.of(model(packageName, parameters));
  }

  private void outputs() {
    if (roles.outputs.isEmpty() && roles.losses.isEmpty()) {
      build.report(RoleErrors.nothingWanted(net.name().span(), net.name().text()), null);
    }
    var steps = build.equations().steps();
    for (var output : roles.outputs) {
      var reach = new GradientReach(output.conditional().computed(steps));
      for (Tensor tensor : reach.needed(List.of(output.output().tensor()))) {
        if (tensor.role() == Tensor.Role.TARGET) {
          build.report(
              RoleErrors.outputNeedsTarget(
                  output.span(), output.output().name(), tensor.name()),
              null);
          break;
        }
      }
    }
  }

  /** The paths of the parameters that exist; those without gradient are warned of. */
  private Set<String> parameters(GradientReach reach, List<Step> steps) {
    var objectives = new ArrayList<>(roles.losses);
    objectives.addAll(roles.penalties);
    Set<Tensor> differentiated = reach.differentiated(objectives);
    var read = new HashSet<Tensor>();
    steps.forEach(s -> read.addAll(netc.ir.Reads.of(s)));
    roles.metrics.forEach(
        m -> m.accumulations().steps().forEach(s -> read.addAll(netc.ir.Reads.of(s))));
    build.fits().forEach(f -> f.finish().forEach(s -> read.addAll(netc.ir.Reads.of(s))));
    var existing = new HashSet<String>();
    for (ParameterDraft draft : build.parameters().values()) {
      boolean isRead = read.contains(draft.tensor());
      if (isRead || !draft.isMentioned()) {
        existing.add(draft.tensor().name());
        if (!isRead) {
          build.report(Warnings.unusedParameter(draft.span(), draft.tensor().name()), null);
        } else if (!differentiated.contains(draft.tensor()) && !objectives.isEmpty()) {
          build.report(
              Warnings.noGradient(draft.span(), draft.tensor().name(), usedOnlyIn(draft, reach)),
              null);
        }
      }
    }
    return existing;
  }

  /** What is fitted is computed once from the data, so it cannot be random. */
  private void fits(GradientReach reach) {
    for (FitDraft fit : build.fits()) {
      var sources = fit.accumulations().stream().map(Model.Accumulation::source).toList();
      boolean draws =
          reach.needed(sources).stream().anyMatch(t -> t.role() == Tensor.Role.SAMPLE);
      if (draws) {
        build.report(RoleErrors.fitDraws(fit.span(), fit.state().name()), null);
      }
    }
  }

  /** A metric that alone depends on a parameter. */
  private Optional<String> usedOnlyIn(ParameterDraft draft, GradientReach reach) {
    var other = new ArrayList<Tensor>();
    roles.outputs.forEach(o -> other.add(o.output().tensor()));
    roles.losses.forEach(l -> other.add(l.tensor()));
    roles.penalties.forEach(p -> other.add(p.tensor()));
    if (reach.needed(other).contains(draft.tensor())) {
      return Optional.empty();
    }
    return roles.metrics.stream()
        .filter(m -> reach.needed(sources(m)).contains(draft.tensor()))
        .map(m -> "metric `" + m.name() + "`")
        .findFirst();
  }

  private static List<Tensor> sources(NetRoles.MetricDraft metric) {
    var sources = new ArrayList<Tensor>();
    metric.accumulations().all().forEach(a -> sources.add(a.source()));
    metric.accumulations().steps().forEach(s -> sources.addAll(netc.ir.Reads.of(s)));
    return sources;
  }

  private Model model(String packageName, Set<String> parameters) {
    var steps = build.equations().steps();
    var fans = new Fans(steps);
    var metrics =
        roles.metrics.stream()
            .map(
                m ->
                    new Model.Metric(
                        m.name(),
                        List.copyOf(m.accumulations().all()),
                        Finishing.of(m.accumulations().steps()),
                        m.value(),
                        m.place()))
            .toList();
    var fits =
        build.fits().stream()
            .map(
                f ->
                    new Model.Fit(
                        f.state(),
                        f.accumulations(),
                        Finishing.of(f.finish()),
                        f.value(),
                        f.place()))
            .toList();
    return new Model(
        packageName,
        net.name().text(),
        net.documentation(),
        List.copyOf(roles.inputs),
        List.copyOf(roles.targets),
        build.parameters().values().stream()
            .filter(p -> parameters.contains(p.tensor().name()))
            .map(p -> variable(p, fans))
            .toList(),
        build.states().values().stream().map(p -> variable(p, fans)).toList(),
        List.copyOf(build.samples().values()),
        Finishing.of(steps),
        roles.outputs.stream()
            .filter(o -> !o.isConditional())
            .map(NetRoles.OutputDraft::output)
            .toList(),
        roles.outputs.stream()
            .filter(NetRoles.OutputDraft::isConditional)
            .map(NetRoles.OutputDraft::conditional)
            .toList(),
        List.copyOf(roles.losses),
        List.copyOf(roles.penalties),
        metrics,
        fits,
        List.copyOf(build.updates()),
        roles.settings.data(),
        roles.settings.train(),
        java.util.Collections.unmodifiableMap(roles.sizes));
  }

  private static Model.Variable variable(ParameterDraft draft, Fans fans) {
    var fan = fans.of(draft.tensor());
    return draft.variable(fan.in(), fan.out());
  }
}
