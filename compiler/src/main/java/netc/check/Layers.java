package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.check.Arguments.Given;
import netc.check.Operators.Operand;
import netc.check.errors.CallErrors;
import netc.check.errors.SizeErrors;
import netc.source.Span;
import netc.syntax.Declaration;
import netc.syntax.Parameter;
import netc.syntax.Statement;
import netc.syntax.TypeName;

/** Calls of layers: each call is an instance with concrete sizes and parameters of its own. */
final class Layers {
  private final Elaborator elaborator;
  private final Signatures signatures;
  private final Lifting lifting;

  Layers(Elaborator elaborator) {
    this.elaborator = elaborator;
    this.signatures = new Signatures(elaborator);
    this.lifting = new Lifting(elaborator);
  }

  /** The layer with its settings: each has a value, given or by default. */
  Callable.Template withSettings(
      Callable.Template template, List<Given> given, Span span, Context context) {
    Declaration.Layer layer = template.declaration();
    String title = layer.name().text();
    var bound = Arguments.bind(layer.settings(), given, title, span);
    var scope = new Scope(template.home());
    Context callee = context.in(scope);
    scope.announce(Announcements.ofParameters(layer.settings()));
    var settings = new LinkedHashMap<String, Value>();
    for (Parameter parameter : layer.settings()) {
      Operand operand =
          bound.containsKey(parameter)
              ? bound.get(parameter)
              : elaborator.operand(parameter.defaultValue().orElseThrow(), callee);
      Value value = setting(title, parameter, operand);
      settings.put(parameter.name().text(), value);
      scope.put(parameter.name().text(), new Entity.Bound(value, parameter.name().span()));
    }
    var names = new LinkedHashSet<String>();
    bound.keySet().forEach(parameter -> names.add(parameter.name().text()));
    return new Callable.Template(layer, template.home(), Optional.of(settings), names, span);
  }

  private static Value setting(String title, Parameter parameter, Operand operand) {
    TypeName.Kind kind = parameter.type().map(TypeName::kind).orElse(TypeName.Kind.REAL);
    String name = parameter.name().text();
    Value value = operand.value();
    boolean fits =
        switch (kind) {
          case FN -> value instanceof Callable callable && !callable.isLayer();
          case LAYER -> value instanceof Callable callable && callable.isLayer();
          case BOOL -> value instanceof Constant.Truth;
          case REAL -> value instanceof Constant constant && constant.isNumber();
          case DIM, INT, INDEX ->
              value instanceof Constant constant && constant.whole().isPresent();
        };
    if (!fits) {
      throw new CheckFailure(
          CallErrors.badSetting(
              operand.span(),
              title,
              name,
              kind.name().toLowerCase(java.util.Locale.ROOT),
              value instanceof Constant constant
                  ? Optional.of(constant.toString())
                  : value instanceof Callable c
                      ? Optional.of("a " + (c.isLayer() ? "layer" : "function"))
                      : Optional.empty(),
              value instanceof Term,
              parameter.span()));
    }
    if (kind == TypeName.Kind.DIM && ((Constant) value).whole().orElseThrow() < 1) {
      throw new CheckFailure(SizeErrors.badSize(operand.span(), ((Constant) value).whole().orElseThrow()));
    }
    return value;
  }

  /** A call of a layer without a name: a new instance. */
  List<Value> call(Callable.Template template, List<Given> given, Span span, Context context) {
    Callable.Template complete =
        template.settings().isPresent() ? template : withSettings(template, List.of(), span, context);
    if (context.isInFunction()) {
      throw new CheckFailure(CallErrors.layerInFunction(span, template.title()));
    }
    String path = context.site().call(template.title());
    return instantiate(complete, path, false, given, span, context);
  }

  /** A use of a {@code let}. */
  List<Value> call(Callable.Instance instance, List<Given> given, Span span, Context context) {
    Callable.Template template = instance.template();
    Callable.Template complete =
        template.settings().isPresent() ? template : withSettings(template, List.of(), span, context);
    boolean isReuse = !elaborator.build.isDry() && instance.shared().use();
    return instantiate(complete, instance.shared().path(), isReuse, given, span, context);
  }

  private List<Value> instantiate(
      Callable.Template template,
      String path,
      boolean isReuse,
      List<Given> given,
      Span span,
      Context context) {
    if (elaborator.build.isDry()) {
      throw CheckFailure.poisoned();
    }
    Declaration.Layer layer = template.declaration();
    String title = layer.name().text();
    Frame entered = elaborator.build.enter(context, describe(template), span, false, layer);
    Frame frame = isReuse ? entered.again() : entered;
    var bound = Arguments.bind(layer.data(), forLayer(layer, given), title, span);
    var lifted =
        hasParameters(layer)
            ? new Lifting.Lifted(List.of(), bound)
            : lifting.lift(title, bound, span);
    var scope = new Scope(template.home());
    Context callee =
        context.in(scope).within(lifted.axes()).called(frame).at(new Site(path));
    Map<String, Value> settings = template.settings().orElseThrow();
    settings.forEach((name, value) -> scope.put(name, bound(layer, name, value, path)));
    var settingNames = new LinkedHashSet<>(settings.keySet());
    signatures.unify(title, lifted.arguments(), settingNames, callee, context, span);
    defaults(layer, lifted.arguments(), callee);
    new DiffCalls(elaborator).prepare(layer.body().statements(), callee, context);
    List<Value> results =
        elaborator.build.within(
            frame,
            () -> {
              var body = Body.ofLayer(elaborator, path, callee, layer, signatures);
              body.run(layer.body().statements());
              return body.results(layer.results());
            });
    return results.stream().map(r -> Lifting.over(lifted.axes(), r, span)).toList();
  }

  /** What stands before {@code |>} is the only data argument without default. */
  private static List<Given> forLayer(Declaration.Layer layer, List<Given> given) {
    var open = layer.data().stream().filter(p -> p.defaultValue().isEmpty()).toList();
    if (given.isEmpty() || given.getFirst().name().isPresent() || open.size() != 1) {
      return given;
    }
    var named = new ArrayList<>(given);
    named.set(
        0, new Given(Optional.of(open.getFirst().name()), given.getFirst().operand()));
    return named;
  }

  private static boolean hasParameters(Declaration.Layer layer) {
    return layer.body().statements().stream()
        .anyMatch(s -> s instanceof Statement.Variables v && v.kind() != Statement.VariableKind.SAMPLE);
  }

  /** A layer given as a setting is instantiated once, at the outer call. */
  private static Entity.Bound bound(
      Declaration.Layer layer, String name, Value value, String path) {
    Span span =
        layer.settings().stream()
            .filter(p -> p.name().text().equals(name))
            .findFirst()
            .map(p -> p.name().span())
            .orElse(layer.name().span());
    Value own =
        value instanceof Callable callable && callable.isLayer()
            ? named(callable, new Site(Site.member(path, name)))
            : value;
    return new Entity.Bound(own, span);
  }

  /** A layer, or a chain of layers, with instances below {@code site}. */
  static Callable named(Callable callable, Site site) {
    return switch (callable) {
      case Callable.Template template ->
          new Callable.Instance(template, new Shared(site.call(template.title())));
      case Callable.Chain(Callable first, Callable second) ->
          new Callable.Chain(named(first, site), named(second, site));
      default -> callable;
    };
  }

  private void defaults(
      Declaration.Layer layer, Map<Parameter, Operand> given, Context callee) {
    for (Parameter parameter : layer.data()) {
      if (!given.containsKey(parameter)) {
        Value value = elaborator.value(parameter.defaultValue().orElseThrow(), callee);
        callee
            .scope()
            .put(parameter.name().text(), new Entity.Bound(value, parameter.name().span()));
      }
    }
  }

  /** {@code dense(n = 3, use_bias = false)}: the settings that are given. */
  private static String describe(Callable.Template template) {
    var parts = new ArrayList<String>();
    for (Parameter setting : template.declaration().settings()) {
      String name = setting.name().text();
      Value value = template.settings().orElse(Map.of()).get(name);
      String shown = value instanceof Callable c ? c.title() : String.valueOf(value);
      boolean isDefault = setting.defaultValue().map(d -> d.span().text()).equals(Optional.of(shown));
      if (template.given().contains(name) && !isDefault) {
        parts.add(name + " = " + shown);
      }
    }
    boolean hasSettings = !template.declaration().settings().isEmpty();
    return template.title() + (hasSettings ? "(" + String.join(", ", parts) + ")" : "");
  }
}
