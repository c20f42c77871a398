package netc.reference;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.Netc;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Model;
import netc.ir.Program;
import netc.ir.Tensor.Role;
import netc.rewrite.Forms;
import netc.runtime.Precision;
import netc.runtime.Tensor;

/**
 * What the train form of a net gives for the data of a case: outputs and gradients by name, elements
 * row-major.
 */
record Computed(
    double loss,
    Map<String, double[]> outputs,
    Map<String, double[]> inputGradients,
    Map<String, double[]> parameterGradients,
    Map<String, double[]> states) {

  /** The data of a case in the shapes of a net: [rows, …] for inputs and targets. */
  record Data(int rows, Map<String, Tensor> ports, Map<String, Tensor> variables) {
    static Data of(ReferenceCase reference, Model model) {
      var ports = new LinkedHashMap<String, Tensor>();
      Stream.concat(model.inputs().stream(), model.targets().stream())
          .forEach(port -> ports.put(port.name(), rows(port(reference, port.name()), port)));
      int rows = ports.values().iterator().next().size(0);
      var variables = new LinkedHashMap<String, Tensor>();
      model.parameters().forEach(p -> put(variables, p, "param", reference));
      model.states().stream()
          .filter(s -> reference.after(s.tensor().name()).isEmpty())
          .forEach(s -> put(variables, s, "state", reference));
      return new Data(rows, ports, variables);
    }

    private static Tensor port(ReferenceCase reference, String name) {
      String cotangent = name.startsWith("cot_") ? "cot." + name.substring(4) : null;
      return Stream.of("input." + name, "target." + name, "index." + name, cotangent)
          .filter(reference.tensors()::containsKey)
          .map(reference.tensors()::get)
          .findFirst()
          .orElseThrow(() -> new AssertionError(reference.name() + ": no data for " + name));
    }

    /** A single example becomes a batch of one row. */
    private static Tensor rows(Tensor tensor, Model.Data port) {
      if (tensor.rank() == port.tensor().shape().size()) {
        return tensor;
      }
      int[] shape =
          IntStream.concat(IntStream.of(1), Arrays.stream(tensor.shape())).toArray();
      return tensor.reshape(shape);
    }

    private static void put(
        Map<String, Tensor> variables, Model.Variable variable, String kind, ReferenceCase reference) {
      String path = variable.tensor().name();
      double[] elements =
          reference.parts(kind, path).stream()
              .flatMapToDouble(part -> Arrays.stream(part.doubles()))
              .toArray();
      int[] shape = variable.tensor().shape().stream().mapToInt(e -> e.size()).toArray();
      variables.put(path, Tensor.of(elements, shape));
    }
  }

  static Computed byClass(ReferenceCase reference, Model model, Precision precision) {
    Data data = Data.of(reference, model);
    CompileOptions options = CompileOptions.DEFAULT.withPrecision(precision).inspecting();
    var network =
        Netc.compile(model, reference.source(), options)
            .load()
            .init(1)
            .withParameters(data.variables());
    var derivatives = network.gradients(data.ports(), data.rows());
    return new Computed(
        derivatives.loss(),
        elements(derivatives.outputs()),
        elements(derivatives.inputs()),
        elements(derivatives.parameters()),
        elements(derivatives.states()));
  }

  private static Map<String, double[]> elements(Map<String, Tensor> tensors) {
    var elements = new LinkedHashMap<String, double[]>();
    tensors.forEach((name, tensor) -> elements.put(name, tensor.doubles()));
    return elements;
  }

  /** By the definition of what a program means: the train form before any pass but differentiation. */
  static Computed byInterpreter(ReferenceCase reference, Model model) {
    Data data = Data.of(reference, model);
    Program train = Forms.of(model, true).get("train");
    var inputs = new LinkedHashMap<String, Values>();
    for (netc.ir.Tensor input : train.inputs()) {
      Tensor tensor =
          switch (input.role()) {
            case INPUT, TARGET -> data.ports().get(input.name());
            case PARAMETER -> data.variables().get(input.name());
            case STATE ->
                data.variables().computeIfAbsent(input.name(), path -> start(model, path));
            case SAMPLE, SEED, ACCUMULATED, STREAM, VALUE -> seed(input.role(), data.rows());
          };
      inputs.put(input.name(), new Values(tensor.shape(), tensor.doubles()));
    }
    Map<String, Values> results = Interpreter.run(train, inputs, data.rows()).results();
    double loss =
        model.losses().stream()
            .mapToDouble(l -> Arrays.stream(results.get("loss." + l.name()).data()).average().orElseThrow())
            .sum();
    return new Computed(
        loss,
        withPrefix("out.", results),
        withPrefix("grad.input.", results),
        withPrefix("grad.param.", results),
        withPrefix("state.", results));
  }

  /** Zeros or ones: no other state starts otherwise in these nets. */
  private static Tensor start(Model model, String path) {
    Model.Variable state = model.variable(path).orElseThrow();
    int[] shape = state.tensor().shape().stream().mapToInt(e -> e.size()).toArray();
    double[] start = new double[state.tensor().elements()];
    Arrays.fill(start, state.initializer().kind().equals("ones") ? 1 : 0);
    return Tensor.of(start, shape);
  }

  private static Tensor seed(Role role, int rows) {
    if (role != Role.SEED) {
      throw new AssertionError("a train form reads no " + role);
    }
    double[] seed = new double[rows];
    Arrays.fill(seed, 1.0 / rows);
    return Tensor.of(seed, rows);
  }

  private static Map<String, double[]> withPrefix(String prefix, Map<String, Values> results) {
    var chosen = new LinkedHashMap<String, double[]>();
    results.forEach(
        (name, values) -> {
          if (name.startsWith(prefix)) {
            chosen.put(name.substring(prefix.length()), values.data());
          }
        });
    return chosen;
  }

  /** The elements of a parameter's gradient that belong to one of the tensors stacked in it. */
  static double[] part(double[] gradient, List<Tensor> parts, int number) {
    int first = parts.subList(0, number).stream().mapToInt(Tensor::elements).sum();
    return Arrays.copyOfRange(gradient, first, first + parts.get(number).elements());
  }
}
