package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import netc.check.Operators.Operand;
import netc.check.errors.RoleErrors;
import netc.check.errors.ShapeErrors;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Interval;
import netc.ir.Model;
import netc.ir.Primitive;
import netc.ir.Reduction.Operator;
import netc.ir.Tensor;
import netc.ir.Tensor.Role;
import netc.source.Place;
import netc.source.Span;
import netc.syntax.LeftSide;
import netc.syntax.Name;
import netc.syntax.Parameter;
import netc.syntax.Statement;
import netc.syntax.TypeName;

/** What a net has beside its definitions: inputs, targets, outputs, objectives, settings. */
final class NetRoles {
  private final Elaborator elaborator;
  private final Options options;
  final List<Model.Data> inputs = new ArrayList<>();
  final List<Model.Data> targets = new ArrayList<>();
  final List<OutputDraft> outputs = new ArrayList<>();
  final List<Model.Objective> losses = new ArrayList<>();
  final List<Model.Objective> penalties = new ArrayList<>();
  final List<MetricDraft> metrics = new ArrayList<>();
  final Map<String, Double> sizes = new LinkedHashMap<>();
  final SettingBlocks settings;

  NetRoles(Elaborator elaborator, Options options) {
    this.elaborator = elaborator;
    this.options = options;
    this.settings = new SettingBlocks(elaborator);
  }

  /** An output, and what is given to it. */
  record OutputDraft(Model.Output output, List<GivenDraft> given, Span span) {
    boolean isConditional() {
      return !given.isEmpty();
    }

    Model.Conditional conditional() {
      return new Model.Conditional(output, given.stream().map(GivenDraft::given).toList());
    }
  }

  record GivenDraft(Model.Given given, Span span) {}

  /** A metric whose indices still have their serial numbers. */
  record MetricDraft(String name, Accumulations accumulations, Tensor value, Place place) {}

  // ---------- sizes ----------

  /** What {@code --set} says for a {@code dim} or {@code const}. */
  Optional<Constant> override(String name) {
    Double value = options.sizes().get(name);
    if (value == null) {
      return Optional.empty();
    }
    boolean isWhole = value == Math.rint(value) && Math.abs(value) < 0x1p53;
    return Optional.of(
        isWhole ? Constant.of(value.longValue()) : new Constant.Decimal(value));
  }

  void size(String name, Value value) {
    if (value instanceof Constant constant && constant.isNumber()) {
      sizes.put(name, constant.toDouble());
    }
  }

  // ---------- inputs and targets ----------

  void data(Statement.Data data, Body body) {
    for (Parameter item : data.items()) {
      body.requireNew(item.name());
      if (item.defaultValue().isPresent()) {
        throw new CheckFailure(
            RoleErrors.dataHasNoDefault(
                item.span(),
                item.name().span(),
                item.defaultValue().get().span(),
                data.isTarget()));
      }
      String name = elaborator.key(item.name(), body.context());
      var shape = new ArrayList<Extent>();
      shape.add(Extent.BATCH);
      elaborator.shape(item.shape(), body.context()).forEach(s -> shape.add(Extent.of(s)));
      var role = data.isTarget() ? Tensor.Role.TARGET : Tensor.Role.INPUT;
      Typed typed = typed(name, item, role, shape, body.context());
      elaborator.build.equations().names().unique(name);
      (data.isTarget() ? targets : inputs)
          .add(new Model.Data(name, typed.tensor, data.documentation(), item.span().place()));
      var labels = item.shape().stream().map(s -> Signatures.label(s, _ -> false)).toList();
      Term whole =
          elaborator.build.equations().view(typed.tensor, List.of(FreshIndices.BATCH), typed.type);
      body.define(item.name(), new Entity.Bound(whole, item.name().span(), labels));
    }
  }

  private record Typed(Tensor tensor, Type type) {}

  private Typed typed(
      String name, Parameter item, Tensor.Role role, List<Extent> shape, Context context) {
    return switch (item.type().map(TypeName::kind).orElse(TypeName.Kind.REAL)) {
      case REAL -> new Typed(Tensor.real(name, role, shape), Type.REAL);
      case BOOL -> new Typed(Tensor.bool(name, role, shape), Type.BOOL);
      case INT -> {
        var any = new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE);
        yield new Typed(Tensor.integer(name, role, shape, any), Type.DATUM);
      }
      case INDEX -> {
        int size = elaborator.size(item.type().flatMap(TypeName::size).orElseThrow(), context);
        var values = new Interval(0, size - 1);
        yield new Typed(Tensor.integer(name, role, shape, values), Type.index(size));
      }
      case DIM, FN, LAYER ->
          throw new CheckFailure(RoleErrors.badDataType(item.type().orElseThrow().span()));
    };
  }

  // ---------- outputs ----------

  void output(Statement.Output output, Body body) {
    LeftSide left = output.left();
    if (output.value().isPresent()) {
      var definition =
          new Statement.Definition(
              List.of(left), output.value().get(), output.documentation(), output.span());
      new Definitions(body).define(definition);
    } else if (!left.axes().isEmpty() || left.shape().isPresent()) {
      throw new CheckFailure(RoleErrors.outputNeedsValue(left.span(), left.name().text()));
    }
    var mention =
        new netc.syntax.Expression.Reference(List.of(), left.name(), left.name().span());
    Value value = elaborator.value(mention, body.context());
    String name = elaborator.key(left.name(), body.context());
    for (OutputDraft other : outputs) {
      if (other.output.name().equals(name)) {
        throw new CheckFailure(RoleErrors.outputTwice(left.span(), name, other.span));
      }
    }
    Term term = Operators.term(new Operand(value, left.span()));
    if (term.type().equals(Type.COUNTING)) {
      term = Operators.converted(term);
    }
    if (term.axes().stream().anyMatch(axis -> axis.extent().isRows())) {
      throw new CheckFailure(RoleErrors.outputOverRows(left.name().span(), name));
    }
    Place place = output.span().place();
    Tensor tensor = WholeTensor.of(term, name, elaborator.build.equations(), place);
    outputs.add(
        new OutputDraft(
            new Model.Output(name, tensor, output.documentation(), place),
            new GivenNames(elaborator, body.context()).of(output),
            left.name().span()));
  }

  // ---------- objectives ----------

  void objective(Statement.Objective objective, Body body) {
    body.requireNew(objective.name());
    switch (objective.kind()) {
      case LOSS -> {
        Term term = number(objective, body.atDefinition(objective.name()));
        losses.add(add(objective, term, body));
      }
      case PENALTY -> {
        Term term = number(objective, body.atDefinition(objective.name()));
        if (FreeIndices.isPerExample(term.body())) {
          throw new CheckFailure(
              RoleErrors.penaltyPerExample(
                  keyword(objective), objective.name().text(), objective.value().span()));
        }
        Model.Objective penalty = add(objective, term, body);
        checkNoData(penalty, objective);
        penalties.add(penalty);
      }
      case METRIC -> metric(objective, body);
    }
  }

  /** The form of the penalties runs without any rows. */
  private void checkNoData(Model.Objective penalty, Statement.Objective objective) {
    var reach = new GradientReach(elaborator.build.equations().steps());
    boolean isOfData =
        reach.needed(List.of(penalty.tensor())).stream()
            .map(Tensor::role)
            .anyMatch(r -> r == Role.INPUT || r == Role.TARGET || r == Role.SAMPLE);
    if (isOfData) {
      throw new CheckFailure(
          RoleErrors.penaltyOfData(
              keyword(objective), objective.name().text(), objective.value().span()));
    }
  }

  private static Span keyword(Statement.Objective objective) {
    Span span = objective.span();
    int length = objective.kind().name().length();
    return new Span(span.file(), span.start(), span.start() + length);
  }

  private Term number(Statement.Objective objective, Context context) {
    Operand operand = elaborator.operand(objective.value(), context);
    Term term = Operators.term(operand);
    String kind = objective.kind().name().toLowerCase(java.util.Locale.ROOT);
    if (!term.isScalar()) {
      throw new CheckFailure(
          ShapeErrors.notOneNumber(
              kind, objective.name().text(), objective.value().span(), term.shape()));
    }
    return Operators.real(term, operand.span(), context);
  }

  private Model.Objective add(Statement.Objective objective, Term term, Body body) {
    Place place = objective.span().place();
    Equations out = body.context().out();
    Tensor tensor = WholeTensor.of(term, objective.name().text(), out, place);
    define(objective.name(), term, body);
    return new Model.Objective(elaborator.key(objective.name(), body.context()), tensor, place);
  }

  private static void define(Name name, Term term, Body body) {
    body.define(name, new Entity.Bound(term, name.span()));
  }

  /** Over the whole evaluation set; without a reduction over the batch, the mean of the rows. */
  private void metric(Statement.Objective objective, Body body) {
    var accumulations = new Accumulations(body.context().out());
    Context context =
        body.atDefinition(objective.name())
            .to(accumulations)
            .with(new Context.Mode(true, Optional.of(accumulations), false, false));
    Term term = number(objective, context);
    Place place = objective.span().place();
    if (FreeIndices.isPerExample(term.body())) {
      if (!accumulations.all().isEmpty()) {
        throw new CheckFailure(RoleErrors.mixedMetric(objective.value().span(), objective.name().text()));
      }
      term = mean(term, accumulations, context, place);
    }
    String name = elaborator.key(objective.name(), body.context());
    Tensor value = ownTensor(term, name, accumulations, place);
    metrics.add(new MetricDraft(name, accumulations, value, place));
    body.define(objective.name(), new Entity.Broken(objective.name().span()));
  }

  private static Term mean(
      Term term, Accumulations accumulations, Context context, Place place) {
    accumulations.moveToRows();
    Tensor source =
        WholeTensor.of(term, context.site().path(), accumulations.perExample(), place);
    Tensor result =
        Tensor.real(
            accumulations.names().part(context.site().path()),
            Tensor.Role.ACCUMULATED,
            List.of());
    accumulations.add(new Model.Accumulation(result, Operator.SUM, source));
    UnaryOperator<Expr> real = e -> Expr.apply(Primitive.TO_REAL, e);
    return Term.scalar(
        Expr.apply(
            Primitive.DIVIDE, Expr.read(result, List.of()), real.apply(new Expr.BatchSize())),
        Type.REAL);
  }

  private static Tensor ownTensor(
      Term term, String name, Accumulations accumulations, Place place) {
    return WholeTensor.of(term, name, accumulations, place);
  }

  void settings(Statement.Settings block, Body body) {
    settings.read(block, body.context());
  }
}
