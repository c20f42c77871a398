package netc.rewrite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import netc.grad.Gradient;
import netc.ir.Algebra;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Mapper;
import netc.ir.Model;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;
import netc.source.Place;

/**
 * The programs made of a model: what is computed when predicting, evaluating, training, and when a
 * metric or a fitted state is finished. Forms without results are left out.
 */
public final class Forms {
  private static final String VALUE = "value";

  private final Model model;
  private final SequencedMap<String, Program> forms = new LinkedHashMap<>();

  private Forms(Model model) {
    this.model = model;
  }

  /**
   * All forms of a model by name, differentiated, not yet optimised.
   *
   * @param inspect whether the train form also gives the outputs and the gradients of real inputs
   */
  public static SequencedMap<String, Program> of(Model model, boolean inspect) {
    var forms = new Forms(model);
    forms.predict();
    forms.conditional();
    forms.steps();
    forms.evaluate();
    forms.train(inspect);
    forms.penalty();
    forms.metrics();
    forms.fits();
    return forms.forms;
  }

  /** The model of which no part is training: its train form differentiates what is evaluated. */
  public static Model evaluating(Model model) {
    Program all = new Program(model.name(), model.steps(), List.of());
    return model.withSteps(new ResolveTraining(false).apply(all).steps());
  }

  /** The forms of {@link #of}, each through the whole {@link Pipeline}. */
  public static SequencedMap<String, Program> optimised(Model model, boolean inspect) {
    var optimised = new LinkedHashMap<String, Program>();
    of(model, inspect).forEach((name, program) -> optimised.put(name, Pipeline.optimise(program)));
    return optimised;
  }

  /**
   * The forms with smaller formulas, for methods that came out too long: the {@code times}-th time of
   * half of what was allowed the time before, or nothing when they cannot be made smaller.
   */
  public static Optional<SequencedMap<String, Program>> split(
      SequencedMap<String, Program> optimised, int times) {
    int largest = SplitLarge.LARGEST >> times;
    if (largest < SplitLarge.SMALLEST) {
      return Optional.empty();
    }
    var split = new LinkedHashMap<String, Program>();
    optimised.forEach((name, program) -> split.put(name, Pipeline.split(program, largest)));
    return Optional.of(split);
  }

  /**
   * The name under which the runtime knows an input of a form: {@code input.x}, {@code target.y}, {@code
   * seed}, {@code accumulated.0}; of a parameter or state, its path.
   */
  public static String binding(Tensor input) {
    return switch (input.role()) {
      case INPUT -> "input." + input.name();
      case TARGET -> "target." + input.name();
      case SAMPLE -> "sample." + input.name();
      case SEED, ACCUMULATED, STREAM, PARAMETER, STATE, VALUE -> input.name();
    };
  }

  private void predict() {
    List<Program.Result> all = model.outputs().stream().map(Forms::result).toList();
    add("predict", false, model.steps(), all);
    if (all.size() > 1) {
      for (Model.Output output : model.outputs()) {
        add("predict:" + output.name(), false, model.steps(), List.of(result(output)));
      }
    }
  }

  private void conditional() {
    for (Model.Conditional conditional : model.conditionals()) {
      Model.Output output = conditional.output();
      List<Step> steps = conditional.computed(model.steps());
      add(conditionalName(output.name()), false, steps, List.of(result(output)));
    }
  }

  /** The form of {@code output xhat given z}. */
  public static String conditionalName(String output) {
    return "given:" + output;
  }

  /** One step of each output that can be streamed. */
  private void steps() {
    for (Model.Output output : model.outputs()) {
      Streaming.find(model, output)
          .filter(found -> found.obstacle().isEmpty())
          .ifPresent(found -> forms.put("step:" + output.name(), StepForm.of(found)));
    }
  }

  private static Program.Result result(Model.Output output) {
    return new Program.Result("out." + output.name(), output.tensor());
  }

  private static List<Program.Result> results(String prefix, List<Model.Objective> objectives) {
    return objectives.stream().map(o -> new Program.Result(prefix + o.name(), o.tensor())).toList();
  }

  private void add(
      String name, boolean training, List<Step> steps, List<Program.Result> results) {
    if (!results.isEmpty()) {
      var program = new Program(model.name() + "." + name, steps, results);
      forms.put(name, Pipeline.resolve(program, training));
    }
  }

  private void evaluate() {
    var results = new ArrayList<>(results("loss.", model.losses()));
    results.addAll(
        accumulate(model.metrics().stream().flatMap(m -> m.accumulations().stream()).toList()));
    add("evaluate", false, model.steps(), results);
  }

  private static List<Program.Result> accumulate(List<Model.Accumulation> accumulations) {
    var results = new ArrayList<Program.Result>();
    for (Model.Accumulation accumulation : accumulations) {
      results.add(new Program.Result("accumulate." + results.size(), accumulation.source()));
    }
    return results;
  }

  /** Objective: Σ over the rows of seed · losses per example, plus Σ seed · the shared losses. */
  private void train(boolean inspect) {
    if (model.losses().isEmpty()) {
      return;
    }
    var results = new ArrayList<>(results("loss.", model.losses()));
    for (Model.Update update : model.updates()) {
      results.add(new Program.Result("state." + update.state().name(), update.value()));
    }
    if (inspect) {
      model.outputs().forEach(output -> results.add(result(output)));
    }
    var program = new Program(model.name() + ".train", model.steps(), results);
    Program prepared = Pipeline.prepare(Pipeline.resolve(program, true));
    Map<Tensor, String> to = parameters();
    if (inspect) {
      model.inputs().stream()
          .filter(input -> input.tensor().type() == ElementType.REAL)
          .forEach(input -> to.put(input.tensor(), "grad.input." + input.name()));
    }
    Tensor seed = Tensor.real("seed", Tensor.Role.SEED, List.of(Extent.BATCH));
    Tensor whole = Tensor.real("seed.sum", Tensor.Role.VALUE, List.of());
    var objectives = new ArrayList<Gradient.Objective>();
    for (Model.Objective loss : model.losses()) {
      Tensor tensor = resultTensor(prepared, "loss." + loss.name());
      objectives.add(new Gradient.Objective(tensor, tensor.isPerExample() ? seed : whole));
    }
    boolean isShared = objectives.stream().anyMatch(o -> o.start().equals(whole));
    Program started = isShared ? with(prepared, total(whole, seed)) : prepared;
    forms.put("train", differentiated(started, objectives, to));
  }

  private Map<Tensor, String> parameters() {
    var to = new LinkedHashMap<Tensor, String>();
    model
        .parameters()
        .forEach(p -> to.put(p.tensor(), "grad.param." + p.tensor().name()));
    return to;
  }

  private static Tensor resultTensor(Program program, String name) {
    return program.results().stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow()
        .tensor();
  }

  private Step total(Tensor whole, Tensor seed) {
    Index batch = new Index("batch", Extent.BATCH);
    var sum = new Reduction(Reduction.Operator.SUM, List.of(batch), Optional.empty());
    Expr body = Expr.read(seed, List.of(Subscript.of(batch)));
    return new Step.Equation(
        whole, List.of(), Optional.of(sum), body, model.losses().getFirst().place());
  }

  private static Program with(Program program, Step first) {
    var steps = new ArrayList<Step>();
    steps.add(first);
    steps.addAll(program.steps());
    return new Program(program.name(), steps, program.results());
  }

  private static Program differentiated(
      Program program, List<Gradient.Objective> objectives, Map<Tensor, String> to) {
    Gradient.Derived derived = Gradient.of(program, objectives, to.keySet());
    var results = new ArrayList<>(program.results());
    to.forEach(
        (tensor, name) -> {
          Tensor gradient = derived.gradients().get(tensor);
          if (gradient != null) {
            results.add(new Program.Result(name, gradient));
          }
        });
    return new DeadCode()
        .apply(new Program(program.name(), derived.program().steps(), results));
  }

  private void penalty() {
    if (model.penalties().isEmpty()) {
      return;
    }
    var program =
        new Program(
            model.name() + ".penalty", model.steps(), results("penalty.", model.penalties()));
    Program prepared = Pipeline.prepare(Pipeline.resolve(program, true));
    Tensor one = Tensor.real("one", Tensor.Role.VALUE, List.of());
    Place place = model.penalties().getFirst().place();
    var start = new Step.Equation(one, List.of(), Optional.empty(), Algebra.ONE, place);
    List<Gradient.Objective> objectives =
        prepared.results().stream().map(r -> new Gradient.Objective(r.tensor(), one)).toList();
    forms.put("penalty", differentiated(with(prepared, start), objectives, parameters()));
  }

  private void metrics() {
    int first = 0;
    for (Model.Metric metric : model.metrics()) {
      finish("metric." + metric.name(), metric.accumulations(), first, metric.finish(), metric.value());
      first += metric.accumulations().size();
    }
  }

  private void fits() {
    for (Model.Fit fit : model.fits()) {
      String name = "fit." + fit.state().name();
      add(name, false, model.steps(), accumulate(fit.accumulations()));
      finish(name + ".finish", fit.accumulations(), 0, fit.finish(), fit.value());
    }
  }

  /** Accumulated tensors are known to the runtime by number. */
  private void finish(
      String name,
      Collection<Model.Accumulation> accumulations,
      int first,
      List<Step> finish,
      Tensor value) {
    var numbered = new LinkedHashMap<Tensor, Tensor>();
    for (Model.Accumulation accumulation : accumulations) {
      Tensor tensor = accumulation.result();
      numbered.put(
          tensor,
          new Tensor(
              "accumulated." + (first + numbered.size()),
              Tensor.Role.ACCUMULATED,
              tensor.type(),
              tensor.shape(),
              tensor.interval()));
    }
    var renaming =
        new Mapper() {
          @Override
          protected Expr read(Expr.Read read) {
            Tensor tensor = numbered.getOrDefault(read.tensor(), read.tensor());
            return new Expr.Read(tensor, read.at(), read.outside());
          }
        };
    List<Step> steps =
        Stream.concat(model.steps().stream(), finish.stream().map(renaming::map)).toList();
    Tensor result = numbered.getOrDefault(value, value);
    add(name, false, steps, List.of(new Program.Result(VALUE, result)));
  }
}
