package netc.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import netc.check.Entity.AxisLabel;
import netc.check.errors.CallErrors;
import netc.check.errors.NameErrors;
import netc.check.errors.RoleErrors;
import netc.check.errors.SizeErrors;
import netc.check.errors.TypeErrors;
import netc.source.Span;
import netc.syntax.Declaration;
import netc.syntax.Expression;
import netc.syntax.Name;
import netc.syntax.Parameter;
import netc.syntax.Statement;

/**
 * The statements of one body, instance or iteration, in text order. A wrong statement is reported; what
 * it would have defined is poisoned, and checking goes on.
 */
final class Body {

  enum Kind {
    NET,
    LAYER,
    FUNCTION
  }

  /** What all iterations of one body share. */
  private static final class Root {
    final Kind kind;
    final String path;
    final Scope scope;
    final Set<String> mentioned;
    final Map<String, Boolean> families = new HashMap<>();
    final Map<String, Promise> promises = new HashMap<>();
    final Set<String> given = new HashSet<>();
    final Set<String> shapeVariables = new HashSet<>();
    Optional<NetRoles> roles = Optional.empty();

    Root(Kind kind, String path, Scope scope, Set<String> mentioned) {
      this.kind = kind;
      this.path = path;
      this.scope = scope;
      this.mentioned = mentioned;
    }

    void promise(
        List<Parameter> results, Signatures signatures, Set<String> settings, Context context) {
      for (Parameter result : results) {
        promises.put(
            result.name().text(),
            new Promise(
                signatures.declared(result, context),
                signatures.labels(result, settings),
                result.span()));
      }
    }
  }

  /** The shape that a signature promises for a result. */
  record Promise(List<Integer> shape, List<Optional<AxisLabel>> labels, Span span) {}

  private static final int MOST_ITERATIONS = 10_000;

  private final Elaborator elaborator;
  private final Build build;
  private final Root root;
  private final Context context;
  private final Scope scope;
  private final String iteration;
  private final boolean isScan;

  private Body(
      Elaborator elaborator, Root root, Context context, String iteration, boolean isScan) {
    this.isScan = isScan;
    this.elaborator = elaborator;
    this.build = elaborator.build;
    this.root = root;
    this.context = context;
    this.scope = context.scope();
    this.iteration = iteration;
  }

  static Body ofNet(
      Elaborator elaborator, Context context, Declaration.Net net, NetRoles roles) {
    var mentioned = Mentions.in(net.body().statements());
    var root = new Root(Kind.NET, "", context.scope(), mentioned);
    root.roles = Optional.of(roles);
    given(net.body().statements(), root.given);
    return new Body(elaborator, root, context, "", false);
  }

  /** The names behind {@code given}, those in loops too. */
  private static void given(List<Statement> statements, Set<String> names) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Output output) {
        output.given().forEach(name -> names.add(name.text()));
      } else if (statement instanceof Statement.For loop) {
        given(loop.body().statements(), names);
      }
    }
  }

  static Body ofLayer(
      Elaborator elaborator,
      String path,
      Context context,
      Declaration.Layer layer,
      Signatures signatures) {
    var mentioned = Mentions.in(layer.body().statements());
    var root = new Root(Kind.LAYER, path, context.scope(), mentioned);
    var settings = new HashSet<String>();
    layer.settings().forEach(s -> settings.add(s.name().text()));
    root.promise(layer.results(), signatures, settings, context);
    for (Parameter data : layer.data()) {
      signatures.labels(data, settings).stream()
          .flatMap(Optional::stream)
          .filter(AxisLabel::isShapeVariable)
          .forEach(l -> root.shapeVariables.add(l.name()));
    }
    return new Body(elaborator, root, context, "", false);
  }

  static Body ofFunction(
      Elaborator elaborator,
      String path,
      Context context,
      List<Parameter> results,
      Signatures signatures) {
    var root = new Root(Kind.FUNCTION, path, context.scope(), Set.of());
    root.promise(results, signatures, Set.of(), context);
    return new Body(elaborator, root, context, "", false);
  }

  void run(List<Statement> statements) {
    scope.announce(Announcements.of(statements));
    for (Statement statement : statements) {
      build.nextStatement();
      build.enter(statement);
      try {
        statement(statement);
      } catch (CheckFailure failure) {
        if (build.isDry()) {
          throw failure;
        }
        build.giveUp();
        failure.diagnostic().ifPresent(d -> build.report(d, context.frame()));
        new Poison(this).definitions(statement);
      } finally {
        build.leaveStatement();
      }
    }
  }

  private void statement(Statement statement) {
    if (isScan) {
      ScanStatement.checkAllowed(statement);
    }
    switch (statement) {
      case Statement.Definition definition -> new Definitions(this).define(definition);
      case Statement.Local local -> local(local);
      case Statement.Variables variables -> new Variables(this).declare(variables);
      case Statement.Let let -> let(let);
      case Statement.For loop -> loop(loop);
      case Statement.Assert assertion -> assertion(assertion);
      case Statement.StateChange change -> new StateChanges(this).check(change);
      case Statement.Scan scan -> new ScanStatement(this, scan).check();
      case Statement.Data data -> roles(data).data(data, this);
      case Statement.Output output -> roles(output).output(output, this);
      case Statement.Objective objective -> roles(objective).objective(objective, this);
      case Statement.Settings settings -> roles(settings).settings(settings, this);
    }
  }

  private NetRoles roles(Statement statement) {
    return root.roles.orElseThrow(
        () -> new CheckFailure(RoleErrors.onlyInNet(statement.span(), statement)));
  }

  private void local(Statement.Local local) {
    switch (local.declaration()) {
      case Declaration.Constant constant -> {
        requireNew(constant.name());
        var override = root.roles.flatMap(r -> r.override(constant.name().text()));
        Value value =
            override.isPresent()
                ? override.get()
                : elaborator.value(constant.value(), at(constant.name().text()));
        if (value instanceof Term) {
          throw new CheckFailure(
              SizeErrors.notConstant(constant.value().span(), "`" + constant.name().text() + "`"));
        }
        constant(constant.name(), value);
      }
      case Declaration.Dimensions dimensions -> {
        for (var item : dimensions.items()) {
          requireNew(item.name());
          String key = elaborator.key(item.name(), context);
          var override = root.roles.flatMap(r -> r.override(key));
          long size =
              override.isPresent()
                  ? wholeOverride(override.get(), item.name())
                  : elaborator.wholeNumber(item.value(), at(key), "a `dim`");
          if (size < 1) {
            throw new CheckFailure(SizeErrors.badSize(item.value().span(), size));
          }
          constant(item.name(), Constant.of(size));
        }
      }
      default -> throw new CheckFailure(RoleErrors.onlyInNet(local.span(), local));
    }
  }

  private static long wholeOverride(Constant constant, Name name) {
    OptionalLong whole = constant.whole();
    if (whole.isEmpty()) {
      throw new CheckFailure(
          SizeErrors.notWhole(name.span(), "a `dim`", constant.toString(), Optional.empty()));
    }
    return whole.getAsLong();
  }

  private void constant(Name name, Value value) {
    define(name, new Entity.Bound(value, name.span()));
    root.roles.ifPresent(r -> r.size(elaborator.key(name, context), value));
  }

  private void let(Statement.Let let) {
    requireNew(let.name());
    Value value = elaborator.value(let.value(), at(elaborator.key(let.name(), context)));
    if (!(value instanceof Callable callable) || !callable.isLayer()) {
      throw new CheckFailure(
          CallErrors.letTakesLayers(let.span(), let.name().span(), let.value().span()));
    }
    if (context.isInFunction()) {
      throw new CheckFailure(CallErrors.layerInFunction(let.span(), callable.title()));
    }
    String path = path(let.name());
    Callable own =
        switch (callable) {
          case Callable.Template template ->
              new Callable.Instance(complete(template, let), new Shared(path));
          default -> Layers.named(callable, new Site(path));
        };
    define(let.name(), new Entity.Bound(own, let.name().span()));
  }

  private static Callable.Template complete(Callable.Template template, Statement.Let let) {
    return new Callable.Template(
        template.declaration(),
        template.home(),
        template.settings(),
        template.given(),
        let.value().span());
  }

  /** Unrolled: each iteration is a body of its own whose plain names are local. */
  private void loop(Statement.For loop) {
    elaborator.ranges.checkFresh(loop.variable(), context);
    iterations(
        loop,
        each -> {
          each.run(loop.body().statements());
          scope.leave(each.scope);
        });
  }

  /** Hands out a body for each value of the loop's variable. */
  void iterations(Statement.For loop, Consumer<Body> action) {
    for (long value : values(loop)) {
      var inner = new Scope(scope);
      inner.put(
          loop.variable().text(),
          new Entity.Bound(Constant.of(value), loop.variable().span()));
      action.accept(
          new Body(elaborator, root, context.in(inner), iteration + "@" + value, isScan));
    }
  }

  /** The lines of a scan that stands in this body. */
  Body inside(Context inner) {
    return new Body(elaborator, root, inner, iteration, true);
  }

  private List<Long> values(Statement.For loop) {
    var values = new ArrayList<Long>();
    if (loop.range().last().isEmpty()
        && loop.range().first() instanceof Expression.Stack(List<Expression> elements, Span _)) {
      for (Expression element : elements) {
        values.add(elaborator.wholeNumber(element, context, "a value of `for`"));
      }
      return values;
    }
    var extents = elaborator.ranges.written(loop.range(), context);
    if (extents.size() > MOST_ITERATIONS) {
      throw new CheckFailure(SizeErrors.tooManyIterations(loop.range().span(), extents.size()));
    }
    for (int i = 0; i < extents.size(); i++) {
      values.add(extents.start() + i);
    }
    return values;
  }

  private void assertion(Statement.Assert assertion) {
    Span span = assertion.condition().span();
    Constant constant = elaborator.constant(assertion.condition(), context, "an assertion");
    if (!(constant instanceof Constant.Truth(boolean holds))) {
      Term term = Operators.term(new Operators.Operand(constant, span));
      throw new CheckFailure(TypeErrors.badCondition(span, term.type().toString(), List.of()));
    }
    if (!holds) {
      throw new CheckFailure(
          SizeErrors.assertionFailed(assertion.condition().span(), assertion.text()));
    }
  }

  // ---------- names ----------

  /** The context of a definition, whose equations and instances take their names from it. */
  Context at(String key) {
    return context.at(new Site(Site.member(root.path, key + iteration)));
  }

  /** Where a definition and what belongs to it is found in checkpoints. */
  String path(Name name) {
    String key = elaborator.key(name, context);
    boolean isFamily = !name.superscripts().isEmpty();
    return Site.member(root.path, isFamily ? key : key + iteration);
  }

  Context atDefinition(Name name) {
    return context.at(new Site(path(name)));
  }

  /** A name is defined once; a name and a family of the same base exclude each other. */
  void requireNew(Name name) {
    String key = elaborator.key(name, context);
    boolean isFamily = !name.superscripts().isEmpty();
    if (root.families.getOrDefault(name.text(), isFamily) != isFamily) {
      throw new CheckFailure(
          NameErrors.nameAndFamily(name.span(), name.text(), relative(name.text())));
    }
    for (Scope s = isFamily ? root.scope : scope; s != null; s = s.parent()) {
      var existing = s.local(key);
      if (existing.isPresent() && !(s instanceof ScanStatement.EarlyScope)) {
        throw new CheckFailure(
            s == scope || isFamily
                ? NameErrors.definedTwice(name.span(), key, existing.get().span())
                : NameErrors.definedOutsideLoop(name.span(), key, existing.get().span()));
      }
      if (s == root.scope) {
        return;
      }
    }
  }

  /** Where the other one of a plain name and a family was defined. */
  private Optional<Span> relative(String base) {
    for (String key : scope.visible()) {
      if (key.equals(base) || key.startsWith(base + "@")) {
        return scope.find(key).map(Entity::span);
      }
    }
    return Optional.empty();
  }

  /** Which members of a family are wrong is not known: all are. */
  void poisonFamily(Name name) {
    root.scope.put(name.text() + "@", new Entity.Broken(name.span()));
  }

  void define(Name name, Entity entity) {
    boolean isFamily = !name.superscripts().isEmpty();
    root.families.putIfAbsent(name.text(), isFamily);
    (isFamily ? root.scope : scope).put(elaborator.key(name, context), entity);
  }

  /** What a scan carried, as it is behind the scan. */
  void redefine(Name name, String key, Entity entity) {
    boolean isFamily = !name.superscripts().isEmpty();
    root.families.putIfAbsent(name.text(), isFamily);
    (isFamily ? root.scope : scope).put(key, entity);
  }

  Optional<Promise> promise(Name name) {
    return name.superscripts().isEmpty()
        ? Optional.ofNullable(root.promises.get(name.text()))
        : Optional.empty();
  }

  boolean mentions(String name) {
    return root.mentioned.contains(name);
  }

  /** Whether an output takes this name's value from its caller. */
  boolean isGiven(String name) {
    return root.given.contains(name);
  }

  boolean isShapeVariable(String name) {
    return root.shapeVariables.contains(name);
  }

  Kind kind() {
    return root.kind;
  }

  /** Whether its statements are the lines of a scan. */
  boolean isScan() {
    return isScan;
  }

  /** Whether its parameters exist already. */
  boolean isReuse() {
    return context.frame() != null && context.frame().isReuse();
  }

  Elaborator elaborator() {
    return elaborator;
  }

  Context context() {
    return context;
  }

  // ---------- results ----------

  /** The results of a layer or function, in order. */
  List<Value> results(List<Parameter> results) {
    var values = new ArrayList<Value>();
    for (Parameter result : results) {
      var entity = scope.local(result.name().text());
      if (entity.isEmpty()) {
        var defined = netc.source.Suggestions.closest(result.name().text(), scope.localNames());
        throw new CheckFailure(
            CallErrors.resultMissing(result.span(), result.name().text(), defined));
      }
      if (!(entity.get() instanceof Entity.Bound bound)) {
        throw CheckFailure.poisoned();
      }
      Term term = Operators.term(new Operators.Operand(bound.value(), bound.span()));
      var promised = root.promises.get(result.name().text());
      if (!term.shape().equals(promised.shape())) {
        throw new CheckFailure(
            CallErrors.resultShape(bound.span(), promised.span(), promised.shape(), term.shape()));
      }
      boolean isUntyped = result.type().isEmpty();
      values.add(
          isUntyped && term.type().equals(Type.COUNTING) && bound.value() instanceof Term
              ? Operators.converted(term)
              : bound.value());
    }
    return values;
  }
}
