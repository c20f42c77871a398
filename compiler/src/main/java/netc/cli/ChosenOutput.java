package netc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netc.rewrite.Forms;
import netc.runtime.FormRunner;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Port;
import netc.runtime.Names;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Rows;
import netc.runtime.Tensor;
import netc.runtime.Weights;

/**
 * The outputs that a command computes: all that take inputs, or the one that {@code --output} names.
 *
 * @param form that computes them
 * @param metadata of the net as if it had these outputs only, and what they take as inputs
 */
record ChosenOutput(String form, Metadata metadata) {

  /**
   * @param name as `--output` says, or null
   * @throws OptionException when the net has no such output
   * @throws InputException when it has none that takes inputs
   */
  static ChosenOutput of(Metadata net, String name) {
    if (name == null) {
      if (net.outputs().isEmpty()) {
        throw new InputException(none(net));
      }
      return new ChosenOutput("predict", net);
    }
    for (Metadata.Conditional conditional : net.conditionals()) {
      if (conditional.output().name().equals(name)) {
        return new ChosenOutput(
            Forms.conditionalName(name), with(net, conditional.given(), conditional.output()));
      }
    }
    for (Port output : net.outputs()) {
      if (output.name().equals(name)) {
        List<Port> needed =
            net.inputs().stream().filter(in -> output.needs().contains(in.name())).toList();
        String form = net.outputs().size() == 1 ? "predict" : "predict:" + name;
        return new ChosenOutput(form, with(net, needed, output));
      }
    }
    var known = new ArrayList<String>();
    net.outputs().forEach(port -> known.add(port.name()));
    net.conditionals().forEach(c -> known.add(c.output().name()));
    throw new OptionException(
        "--output: " + net.className() + " has no output `" + name + "`"
            + Names.nearest(name, known).map(n -> "; did you mean `" + n + "`?").orElse("")
            + " (there are: " + (known.isEmpty() ? "none" : String.join(", ", known)) + ")");
  }

  private static String none(Metadata net) {
    return net.conditionals().isEmpty()
        ? net.className() + " declares no output: there is nothing to predict; write"
            + " `output p = …`"
        : net.className() + " has no output that takes inputs; ask for one that takes what is given:"
            + " --output " + net.conditionals().get(0).output().name();
  }

  private static Metadata with(Metadata net, List<Port> inputs, Port output) {
    return of(net, inputs, List.of(output));
  }

  private static Metadata of(Metadata net, List<Port> inputs, List<Port> outputs) {
    return new Metadata(
        net.className(), net.documentation(), net.sourceName(), net.sourceSha256(),
        net.compilerVersion(), net.precision(), inputs, net.targets(), outputs, List.of(),
        net.variables(), net.samples(), net.losses(), net.penalties(), net.metrics(), net.fits(),
        net.data(), net.train(), net.sizes(), net.forms());
  }

  /** What a file of tensors may hold: also the inputs that these outputs do not take. */
  Metadata known(Metadata net) {
    var inputs = new ArrayList<>(metadata.inputs());
    for (Port input : net.inputs()) {
      if (metadata.inputs().stream().noneMatch(other -> other.name().equals(input.name()))) {
        inputs.add(input);
      }
    }
    return of(net, inputs, metadata.outputs());
  }

  /** The outputs of all rows by name, from the generated class. */
  Map<String, Tensor> compute(
      Network network, Map<String, Tensor> inputs, int rows, long seed) {
    if (form.equals("predict")) {
      return network.predict(inputs, rows, seed);
    }
    Port output = metadata.outputs().getFirst();
    FormRunner runner = network.runner(form).orElseThrow();
    runner.draw(seed, 0);
    Object[] sources = Rows.check(metadata, inputs, rows).sources(runner);
    int copies = output.perExample() ? rows : 1;
    Object target = array(output, Math.multiplyExact(copies, output.elements()), network.precision());
    Weights weights = network.copyOfWeights();
    int step = runner.form().blockRows();
    for (int first = 0; first < rows; first += step) {
      int count = Math.min(step, rows - first);
      for (int i = 0; i < sources.length; i++) {
        runner.fill(i, sources[i], null, first, count);
      }
      runner.run(weights, count, first, rows);
      runner.read(0, weights, target, first, count);
    }
    int[] shape = output.perExample() ? Results.prepend(rows, output.shape()) : output.shape();
    return Map.of(output.name(), tensor(target, shape));
  }

  private static Object array(Port port, int length, Precision precision) {
    return switch (port.type()) {
      case REAL -> precision == Precision.F32 ? new float[length] : (Object) new double[length];
      case INDEX, BOOL -> new int[length];
    };
  }

  private static Tensor tensor(Object array, int[] shape) {
    return switch (array) {
      case float[] floats -> Tensor.of(floats, shape);
      case double[] doubles -> Tensor.of(doubles, shape);
      default -> Tensor.of((int[]) array, shape);
    };
  }
}
