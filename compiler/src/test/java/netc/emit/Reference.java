package netc.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Model;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Scans;
import netc.rewrite.Forms;
import netc.runtime.Draws;
import netc.runtime.Tensor;

/** What the interpreter says of a net, from forms that no optimising pass has touched. */
final class Reference {
  private final Model model;
  private final Map<String, Program> forms;
  private final int rows;
  private final NetData data;
  private final Map<String, Values> values;

  Reference(Model model, NetData data) {
    this.model = model;
    this.forms = Forms.of(model, true);
    this.rows = data.rows();
    this.data = data;
    this.values = data.values();
  }

  /** Losses (means over the rows), penalties and metrics by name, and the objective. */
  record Evaluated(
      double objective,
      Map<String, Double> losses,
      Map<String, Double> penalties,
      Map<String, Double> metrics) {}

  /** The objective when training, its losses, and its derivatives. */
  record Derived(
      double objective,
      Map<String, Double> losses,
      Map<String, Values> parameters,
      Map<String, Values> inputs,
      Map<String, Values> outputs) {}

  /** Points that the costliest form visits for one row. */
  static long pointsOfARow(Model model) {
    return Forms.of(model, true).values().stream()
        .mapToLong(
            form ->
                form.steps().stream()
                    .flatMap(step -> netc.ir.Scans.flat(List.of(step)).stream())
                    .mapToLong(step -> points(Indices.of(step)))
                    .sum())
        .max()
        .orElse(0);
  }

  private static long points(List<Index> indices) {
    return indices.stream()
        .filter(index -> !index.extent().isBatch())
        .mapToLong(index -> index.extent().about())
        .reduce(1, (a, b) -> a * b);
  }

  boolean has(String form) {
    return forms.containsKey(form);
  }

  private Map<String, Values> run(String form, Map<String, Values> more) {
    if (!forms.containsKey(form)) {
      return Map.of();
    }
    var inputs = new LinkedHashMap<>(values);
    inputs.putAll(draws(0, rows));
    inputs.putAll(more);
    return Interpreter.run(forms.get(form), inputs, rows).results();
  }

  /** What the net draws in one step, for so many rows. */
  private Map<String, Values> draws(long step, int count) {
    var draws = new LinkedHashMap<String, Values>();
    for (Model.Sample sample : model.samples()) {
      Tensor drawn = Draws.tensor(ModelToMetadata.sample(sample), 0, step, count);
      draws.put(sample.tensor().name(), new Values(drawn.shape(), drawn.doubles()));
    }
    return draws;
  }

  /** The evaluate form, by minibatches where its rows depend on each other; everything per row. */
  private Map<String, Values> evaluated() {
    Program form = forms.get("evaluate");
    boolean isTogether =
        Scans.flat(form.steps()).stream().anyMatch(Indices::isOverBatch)
            || Indices.useOwnPosition(form.steps());
    int most = isTogether ? minibatch() : rows;
    var parts = new LinkedHashMap<String, List<double[]>>();
    for (int first = 0; first < rows; first += most) {
      int count = Math.min(most, rows - first);
      var inputs = new LinkedHashMap<>(data.slice(first, count).values());
      inputs.putAll(draws(isTogether ? first : 0, count));
      Map<String, Values> results = Interpreter.run(form, inputs, count).results();
      for (Program.Result result : form.results()) {
        double[] found = results.get(result.name()).data();
        for (int row = 0; row < count; row++) {
          int size = result.tensor().isPerExample() ? found.length / count : found.length;
          int start = result.tensor().isPerExample() ? row * size : 0;
          parts
              .computeIfAbsent(result.name(), _ -> new ArrayList<>())
              .add(Arrays.copyOfRange(found, start, start + size));
        }
      }
    }
    var joined = new LinkedHashMap<String, Values>();
    parts.forEach(
        (name, all) ->
            joined.put(
                name,
                new Values(
                    new int[] {rows, all.getFirst().length},
                    all.stream().flatMapToDouble(Arrays::stream).toArray())));
    return joined;
  }

  private int minibatch() {
    Model.Setting setting = model.train().get("batch_size");
    return setting != null && setting.value() instanceof Model.Value.Number(double size, _)
        ? (int) size
        : 32;
  }

  /** Outputs by name. */
  Map<String, Values> predict() {
    return strip("out.", run("predict", Map.of()));
  }

  /** An output that takes what is given, by its name; {@code given} has the rows of that. */
  Values conditional(Model.Conditional conditional, NetData given) {
    String name = conditional.output().name();
    return run(Forms.conditionalName(name), given.values()).get("out." + name);
  }

  Evaluated evaluate() {
    Map<String, Values> results = evaluated();
    Map<String, Double> losses = means("loss.", results);
    Map<String, Double> penalties = means("penalty.", run("penalty", Map.of()));
    var metrics = new LinkedHashMap<String, Double>();
    int first = 0;
    for (Model.Metric metric : model.metrics()) {
      Map<String, Values> sums = accumulated(results, metric.accumulations(), first);
      first += metric.accumulations().size();
      metrics.put(metric.name(), run("metric." + metric.name(), sums).get("value").data()[0]);
    }
    return new Evaluated(sum(losses) + sum(penalties), losses, penalties, metrics);
  }

  /** Fitted states by path; each sees the earlier ones. */
  Map<String, Values> fit() {
    var fitted = new LinkedHashMap<String, Values>();
    for (Model.Fit fit : model.fits()) {
      String form = "fit." + fit.state().name();
      Map<String, Values> sums = accumulated(run(form, fitted), fit.accumulations(), 0);
      sums.putAll(fitted);
      fitted.put(fit.state().name(), run(form + ".finish", sums).get("value"));
    }
    return fitted;
  }

  Derived train() {
    double[] seeds = new double[rows];
    Arrays.fill(seeds, 1.0 / rows);
    Map<String, Values> results = run("train", Map.of("seed", Values.vector(seeds)));
    Map<String, Values> penalty = run("penalty", Map.of());
    Map<String, Double> losses = means("loss.", results);
    var parameters = new LinkedHashMap<String, Values>();
    for (Model.Variable parameter : model.parameters()) {
      String name = "grad.param." + parameter.tensor().name();
      int[] shape = parameter.tensor().shape().stream().mapToInt(e -> e.size()).toArray();
      double[] gradient = new double[parameter.tensor().elements()];
      Stream.of(results, penalty)
          .filter(r -> r.containsKey(name))
          .forEach(r -> Arrays.setAll(gradient, i -> gradient[i] + r.get(name).data()[i]));
      parameters.put(parameter.tensor().name(), new Values(shape, gradient));
    }
    return new Derived(
        sum(losses) + sum(means("penalty.", penalty)),
        losses,
        parameters,
        strip("grad.input.", results),
        strip("out.", results));
  }

  /** What the runtime adds up over all rows, under the names of a finishing form's inputs. */
  private Map<String, Values> accumulated(
      Map<String, Values> results, List<Model.Accumulation> accumulations, int first) {
    var sums = new LinkedHashMap<String, Values>();
    for (int i = 0; i < accumulations.size(); i++) {
      String number = Integer.toString(first + i);
      Values source = results.get("accumulate." + number);
      boolean isPerExample = accumulations.get(i).source().isPerExample();
      int[] shape =
          accumulations.get(i).result().shape().stream().mapToInt(e -> e.size()).toArray();
      Values joined = isPerExample ? overRows(source, accumulations.get(i).operator()) : source;
      sums.put("accumulated." + number, new Values(shape, joined.data()));
    }
    return sums;
  }

  private static Values overRows(Values source, Reduction.Operator operator) {
    int rows = source.shape()[0];
    int size = source.data().length / rows;
    double[] sums = Arrays.copyOf(source.data(), size);
    for (int row = 1; row < rows; row++) {
      for (int e = 0; e < size; e++) {
        sums[e] = join(operator, sums[e], source.data()[row * size + e]);
      }
    }
    return new Values(Arrays.copyOfRange(source.shape(), 1, source.shape().length), sums);
  }

  private static double join(Reduction.Operator operator, double a, double b) {
    return switch (operator) {
      case SUM -> a + b;
      case PROD -> a * b;
      case MAX, ANY -> Math.max(a, b);
      case MIN, ALL -> Math.min(a, b);
      case ARGMAX, ARGMIN -> throw new AssertionError(operator + " over the batch");
    };
  }

  private static Map<String, Double> means(String prefix, Map<String, Values> results) {
    var means = new LinkedHashMap<String, Double>();
    strip(prefix, results)
        .forEach((name, v) -> means.put(name, Arrays.stream(v.data()).average().orElseThrow()));
    return means;
  }

  private static double sum(Map<String, Double> numbers) {
    return new ArrayList<>(numbers.values()).stream().mapToDouble(v -> v).sum();
  }

  private static Map<String, Values> strip(String prefix, Map<String, Values> results) {
    var some = new LinkedHashMap<String, Values>();
    results.forEach(
        (name, v) -> {
          if (name.startsWith(prefix)) {
            some.put(name.substring(prefix.length()), v);
          }
        });
    return some;
  }
}
