package netc.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.ir.Extent;
import netc.ir.Model;
import netc.ir.Reduction;
import netc.ir.Tensor;
import netc.runtime.Form;
import netc.runtime.Metadata;
import netc.settings.DataBlock;
import netc.settings.TrainBlock;

/** What the runtime knows of a net, from what the compiler knows. */
final class ModelToMetadata {
  private final Model model;

  private ModelToMetadata(Model model) {
    this.model = model;
  }

  static Metadata of(Model model, List<Form> forms, EmitOptions options) {
    return new ModelToMetadata(model).metadata(forms, options);
  }

  private Metadata metadata(List<Form> forms, EmitOptions options) {
    var variables = new ArrayList<Metadata.Variable>();
    model.parameters().forEach(p -> variables.add(variable(p, true)));
    model.states().forEach(s -> variables.add(variable(s, false)));
    var metrics = new ArrayList<Metadata.Aggregate>();
    int next = 0;
    for (Model.Metric metric : model.metrics()) {
      metrics.add(
          new Metadata.Aggregate(
              metric.name(), names(metric.accumulations(), next), operators(metric.accumulations())));
      next += metric.accumulations().size();
    }
    return new Metadata(
        options.className(model).replace('/', '.'),
        model.documentation(),
        options.sourceName(),
        options.sourceSha256(),
        options.compilerVersion(),
        FormSlots.precision(options.real()),
        model.inputs().stream().map(ModelToMetadata::port).toList(),
        model.targets().stream().map(ModelToMetadata::port).toList(),
        model.outputs().stream().map(o -> output(o, forms)).toList(),
        model.conditionals().stream().map(ModelToMetadata::conditional).toList(),
        variables,
        model.samples().stream().map(ModelToMetadata::sample).toList(),
        model.losses().stream().map(Model.Objective::name).toList(),
        model.penalties().stream().map(Model.Objective::name).toList(),
        metrics,
        model.fits().stream()
            .map(
                f ->
                    new Metadata.Aggregate(
                        f.state().name(), names(f.accumulations(), 0), operators(f.accumulations())))
            .toList(),
        DataBlock.read(model.data(), model.inputs(), model.targets()),
        TrainBlock.read(
            values(model.train()), model.metrics().stream().map(Model.Metric::name).toList()),
        options.overrides(),
        forms);
  }

  static Metadata.Sample sample(Model.Sample sample) {
    List<Extent> shape = sample.tensor().shape();
    return new Metadata.Sample(
        sample.tensor().name(),
        Metadata.Distribution.valueOf(sample.kind().toUpperCase(java.util.Locale.ROOT)),
        sample.first(),
        sample.second(),
        shape.subList(1, shape.size()).stream().mapToInt(Extent::size).toArray(),
        sample.place().line());
  }

  private static List<String> names(List<Model.Accumulation> accumulations, int first) {
    var names = new ArrayList<String>();
    for (int i = 0; i < accumulations.size(); i++) {
      names.add("accumulate." + (first + i));
    }
    return names;
  }

  private static List<Metadata.Operator> operators(List<Model.Accumulation> accumulations) {
    return accumulations.stream().map(a -> operator(a.operator())).toList();
  }

  static Metadata.Operator operator(Reduction.Operator operator) {
    return switch (operator) {
      case SUM -> Metadata.Operator.SUM;
      case PROD -> Metadata.Operator.PROD;
      case MAX -> Metadata.Operator.MAX;
      case MIN -> Metadata.Operator.MIN;
      case ANY -> Metadata.Operator.ANY;
      case ALL -> Metadata.Operator.ALL;
      case ARGMAX, ARGMIN -> throw new IllegalArgumentException(operator + " is not accumulated");
    };
  }

  private static Metadata.Port port(Model.Data data) {
    return port(data.name(), data.tensor(), List.of(), data.place().line());
  }

  private Metadata.Port output(Model.Output output, List<Form> forms) {
    String form = model.outputs().size() == 1 ? "predict" : "predict:" + output.name();
    List<String> needs =
        forms.stream()
            .filter(f -> f.name().equals(form))
            .flatMap(f -> f.inputs().keySet().stream())
            .map(name -> name.substring("input.".length()))
            .toList();
    return port(output.name(), output.tensor(), needs, output.place().line());
  }

  private static Metadata.Conditional conditional(Model.Conditional conditional) {
    List<Metadata.Port> given = conditional.given().stream().map(g -> port(g.argument())).toList();
    Model.Output output = conditional.output();
    List<String> needs = given.stream().map(Metadata.Port::name).toList();
    return new Metadata.Conditional(
        port(output.name(), output.tensor(), needs, output.place().line()), given);
  }

  private static Metadata.Port port(String name, Tensor tensor, List<String> needs, int line) {
    Metadata.Type type =
        switch (tensor.type()) {
          case REAL -> Metadata.Type.REAL;
          case INT -> Metadata.Type.INDEX;
          case BOOL -> Metadata.Type.BOOL;
        };
    int bound = tensor.interval().filter(i -> i.high() < Integer.MAX_VALUE).map(i -> (int) i.high() + 1).orElse(0);
    return new Metadata.Port(
        name, type, bound, shape(tensor), tensor.isPerExample(), needs, line);
  }

  private static int[] shape(Tensor tensor) {
    return tensor.shape().stream().filter(e -> !e.isBatch()).mapToInt(Extent::size).toArray();
  }

  private static Metadata.Variable variable(Model.Variable variable, boolean trained) {
    Model.Initializer start = variable.initializer();
    return new Metadata.Variable(
        variable.tensor().name(),
        shape(variable.tensor()),
        trained,
        start.kind(),
        start.first(),
        start.second(),
        start.fanIn(),
        start.fanOut(),
        variable.place().line());
  }

  private static Map<String, Model.Value> values(Map<String, Model.Setting> settings) {
    var values = new LinkedHashMap<String, Model.Value>();
    settings.forEach((name, setting) -> values.put(name, setting.value()));
    return values;
  }
}
