package netc.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Program;
import netc.runtime.DType;
import netc.runtime.Draws;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tensor;

/** Runs the forms of a model with the interpreter: what the generated class has to agree with. */
final class InterpretedRun {
  private final Map<String, Program> forms;
  private final Network network;
  private final Examples examples;
  private final Metadata metadata;
  private final long seed;

  /**
   * @param forms before any optimisation, the train form with outputs and gradients of inputs
   * @param network for its weights only
   * @param seed of what the net draws
   */
  InterpretedRun(
      Map<String, Program> forms, Network network, Examples examples, long seed) {
    this.seed = seed;
    this.forms = forms;
    this.network = network;
    this.examples = examples;
    metadata = network.metadata();
  }

  Results predict(ChosenOutput chosen) {
    return Results.ofPrediction(outputs(run(chosen.form()), chosen.metadata()));
  }

  Results evaluate() {
    Map<String, Double> losses = losses(run("evaluate"));
    return Results.ofEvaluation(outputs(run("predict"), metadata), objective(losses), losses);
  }

  /** As {@link ClassRun#train}. */
  Results train(boolean gradients, boolean states) {
    Map<String, Values> found = run("train");
    Map<String, Double> losses = losses(found);
    var parameters = new LinkedHashMap<String, Tensor>();
    var inputs = new LinkedHashMap<String, Tensor>();
    if (gradients) {
      network.parameters().forEach((path, weight) -> parameters.put(path, gradient(found, path, weight)));
      for (Metadata.Port port : metadata.inputs()) {
        Values values = found.get("grad.input." + port.name());
        if (values != null) {
          inputs.put(port.name(), Tensor.of(values.data(), values.shape()));
        }
      }
    }
    return new Results(
        outputs(found, metadata),
        objective(losses),
        losses,
        parameters,
        gradients
            ? Results.withZeros(inputs, metadata.inputs(), examples, Precision.F64)
            : Map.of(),
        states ? states(found) : Map.of());
  }

  private Tensor gradient(Map<String, Values> found, String path, Tensor weight) {
    double[] sum = new double[weight.elements()];
    for (Map<String, Values> results : java.util.List.of(found, run("penalty"))) {
      Values part = results.get("grad.param." + path);
      for (int i = 0; part != null && i < sum.length; i++) {
        sum[i] += part.data()[i];
      }
    }
    return Tensor.of(sum, weight.shape());
  }

  private Map<String, Tensor> states(Map<String, Values> found) {
    var states = new LinkedHashMap<String, Tensor>();
    network
        .states()
        .forEach(
            (path, state) -> {
              Values after = found.get("state." + path);
              states.put(path, after == null ? state : Tensor.of(after.data(), state.shape()));
            });
    return states;
  }

  private double objective(Map<String, Double> losses) {
    double sum = losses.values().stream().mapToDouble(Double::doubleValue).sum();
    for (Map.Entry<String, Values> result : run("penalty").entrySet()) {
      if (result.getKey().startsWith("penalty.")) {
        sum += result.getValue().data()[0];
      }
    }
    return sum;
  }

  /** The mean over the rows; of a shared loss, itself. */
  private Map<String, Double> losses(Map<String, Values> found) {
    var means = new LinkedHashMap<String, Double>();
    for (String loss : metadata.losses()) {
      means.put(loss, Arrays.stream(found.get("loss." + loss).data()).average().orElseThrow());
    }
    return means;
  }

  private static Map<String, Tensor> outputs(Map<String, Values> found, Metadata metadata) {
    var outputs = new LinkedHashMap<String, Tensor>();
    for (Metadata.Port port : metadata.outputs()) {
      Values values = found.get("out." + port.name());
      Tensor tensor = Tensor.of(values.data(), values.shape());
      outputs.put(port.name(), port.type() == Metadata.Type.REAL ? tensor : tensor.as(DType.I32));
    }
    return outputs;
  }

  /** The results of a form; none when the net has no such form. */
  private Map<String, Values> run(String form) {
    Program program = forms.get(form);
    if (program == null) {
      return Map.of();
    }
    var inputs = new LinkedHashMap<String, Values>();
    for (netc.ir.Tensor tensor : program.inputs()) {
      inputs.put(tensor.name(), value(tensor));
    }
    return Interpreter.run(program, inputs, examples.rows()).results();
  }

  private Values value(netc.ir.Tensor tensor) {
    return switch (tensor.role()) {
      case INPUT, TARGET -> values(examples.tensors().get(tensor.name()));
      case PARAMETER -> values(network.parameter(tensor.name()));
      case STATE -> values(network.state(tensor.name()));
      case SAMPLE -> values(draws(tensor.name()));
      case SEED -> {
        double[] factors = new double[examples.rows()];
        Arrays.fill(factors, 1.0 / examples.rows());
        yield Values.vector(factors);
      }
      case ACCUMULATED, STREAM, VALUE -> null; // the interpreter names what is missing
    };
  }

  /** The numbers that the class draws. */
  private Tensor draws(String path) {
    return metadata.samples().stream()
        .filter(sample -> sample.path().equals(path))
        .findFirst()
        .map(sample -> Draws.tensor(sample, seed, 0, examples.rows()))
        .orElseThrow();
  }

  private static Values values(Tensor tensor) {
    return tensor == null ? null : new Values(tensor.shape(), tensor.doubles());
  }
}
