package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.check.errors.NameErrors;
import netc.check.errors.SizeErrors;
import netc.source.Span;
import netc.syntax.Declaration;
import netc.syntax.Expression;
import netc.syntax.Name;
import netc.syntax.Parameter;
import netc.syntax.Unit;

/** The declarations of a file; a constant is computed when it is first needed. */
final class FileScope extends Scope {
  private record Declared(Name name, Declaration declaration, Optional<Expression> value) {}

  private final Map<String, Declared> declared = new LinkedHashMap<>();
  private final List<String> inProgress = new ArrayList<>();
  private final Build build;

  /**
   * @param build where constants report their mistakes
   */
  FileScope(Unit unit, Scope parent, Build build) {
    super(parent);
    this.build = build;
    for (Declaration declaration : unit.declarations()) {
      switch (declaration) {
        case Declaration.Constant constant ->
            add(constant.name(), declaration, Optional.of(constant.value()));
        case Declaration.Dimensions dimensions ->
            dimensions.items().forEach(i -> add(i.name(), declaration, Optional.of(i.value())));
        case Declaration.Function function -> add(function.name(), declaration, Optional.empty());
        case Declaration.Layer layer -> add(layer.name(), declaration, Optional.empty());
        case Declaration.Net net -> add(net.name(), declaration, Optional.empty());
      }
    }
  }

  private void add(Name name, Declaration declaration, Optional<Expression> value) {
    try {
      String key = new Elaborator(build).key(name, Context.of(this, build.scratch()));
      var existing = declared.putIfAbsent(key, new Declared(name, declaration, value));
      if (existing != null) {
        build.report(NameErrors.definedTwice(name.span(), key, existing.name.span()), null);
      }
      signature(declaration);
    } catch (CheckFailure failure) {
      failure.diagnostic().ifPresent(d -> build.report(d, null));
    }
  }

  /** The names in a signature differ from each other. */
  private void signature(Declaration declaration) {
    switch (declaration) {
      case Declaration.Function function -> {
        distinct(function.parameters());
        distinct(function.results());
      }
      case Declaration.Layer layer -> {
        var all = new ArrayList<Parameter>(layer.settings());
        all.addAll(layer.data());
        distinct(all);
        distinct(layer.results());
      }
      case Declaration.Constant _, Declaration.Dimensions _, Declaration.Net _ -> {}
    }
  }

  private void distinct(List<Parameter> parameters) {
    var first = new LinkedHashMap<String, Span>();
    for (Parameter parameter : parameters) {
      Span span = parameter.name().span();
      Span other = first.putIfAbsent(parameter.name().text(), span);
      if (other != null) {
        build.report(NameErrors.definedTwice(span, parameter.name().text(), other), null);
      }
    }
  }

  /** What others can import: everything but nets. */
  List<String> declaredNames() {
    return declared.entrySet().stream()
        .filter(e -> !(e.getValue().declaration instanceof Declaration.Net))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  List<String> localNames() {
    return List.copyOf(declared.keySet());
  }

  @Override
  Optional<Entity> local(String key) {
    var known = super.local(key);
    Declared wanted = declared.get(key);
    if (known.isPresent() || wanted == null) {
      return known;
    }
    Entity entity =
        switch (wanted.declaration) {
          case Declaration.Function function ->
              new Entity.Bound(new Callable.UserFunction(function, this), function.name().span());
          case Declaration.Layer layer ->
              new Entity.Bound(
                  new Callable.Template(
                      layer, this, Optional.empty(), Set.of(), layer.name().span()),
                  layer.name().span());
          case Declaration.Net net -> new Entity.NetName(net.name().span());
          case Declaration.Constant _, Declaration.Dimensions _ -> constant(key, wanted);
        };
    put(key, entity);
    return Optional.of(entity);
  }

  private Entity constant(String key, Declared wanted) {
    Span span = wanted.name.span();
    if (inProgress.contains(key)) {
      throw new CheckFailure(
          NameErrors.cycle(span, inProgress.subList(inProgress.indexOf(key), inProgress.size())));
    }
    inProgress.add(key);
    try {
      return new Entity.Bound(compute(wanted, key), span);
    } catch (CheckFailure failure) {
      failure.diagnostic().ifPresent(d -> build.report(d, null));
      return new Entity.Broken(span);
    } finally {
      inProgress.remove(key);
    }
  }

  private Value compute(Declared wanted, String key) {
    var elaborator = new Elaborator(build);
    Context context = Context.of(this, build.scratch());
    Expression expression = wanted.value.orElseThrow();
    if (wanted.declaration instanceof Declaration.Dimensions) {
      return Constant.of(elaborator.size(expression, context));
    }
    Value value = elaborator.value(expression, context);
    if (value instanceof Term) {
      throw new CheckFailure(SizeErrors.notConstant(expression.span(), "`" + key + "`"));
    }
    return value;
  }

  /** Computes what no net has asked for, so that its mistakes are found too. */
  void computeAll() {
    for (var entry : declared.entrySet()) {
      if (entry.getValue().value.isPresent()) {
        local(entry.getKey());
      }
    }
  }
}
