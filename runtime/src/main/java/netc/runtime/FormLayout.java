package netc.runtime;

import java.util.List;
import java.util.Map;

/** Where the inputs and results of a form lie, by their position in {@link Form#inputs()}. */
final class FormLayout {
  final Form form;
  final int number;
  final String[] inputNames;
  final Slot[] inputSlots;

  /** The declared input or target, or null for the seed and accumulated sums. */
  final Metadata.Port[] inputPorts;

  final String[] resultNames;

  /** The declared output, or null for another result. */
  final Metadata.Port[] resultPorts;

  /** Null where the result is a weight. */
  final Slot[] resultSlots;

  /** The position in {@link Weights} where the result is a weight. */
  final int[] resultWeights;

  final Draws draws;

  /** What stands for the inputs and the outputs in a form of {@code output … given …}. */
  private Metadata.Conditional given;

  FormLayout(Metadata metadata, int number) {
    this.number = number;
    form = metadata.forms().get(number);
    for (Metadata.Conditional conditional : metadata.conditionals()) {
      if ((form.name() + ".").startsWith("given:" + conditional.output().name() + ".")) {
        given = conditional;
      }
    }
    int inputs = form.inputs().size();
    inputNames = form.inputs().keySet().toArray(new String[0]);
    inputSlots = new Slot[inputs];
    inputPorts = new Metadata.Port[inputs];
    int i = 0;
    for (Map.Entry<String, Integer> input : form.inputs().entrySet()) {
      inputSlots[i] = form.slots().get(input.getValue());
      inputPorts[i] = port(metadata, input.getKey());
      i++;
    }
    draws = new Draws(metadata, inputNames, inputSlots);
    int results = form.results().size();
    resultNames = form.results().keySet().toArray(new String[0]);
    resultPorts = new Metadata.Port[results];
    resultSlots = new Slot[results];
    resultWeights = new int[results];
    i = 0;
    for (int at : form.results().values()) {
      resultPorts[i] = port(metadata, resultNames[i]);
      resultSlots[i] = at < 0 ? null : form.slots().get(at);
      resultWeights[i] = -1 - at;
      i++;
    }
  }

  private Metadata.Port port(Metadata metadata, String binding) {
    if (binding.startsWith("at:")) {
      return named(metadata.inputs(), binding.substring(binding.indexOf(':', 3) + 1));
    }
    if (binding.startsWith("input.")) {
      return named(given == null ? metadata.inputs() : given.given(), binding.substring(6));
    }
    if (binding.startsWith("out.")) {
      return given == null
          ? named(metadata.outputs(), binding.substring(4))
          : given.output();
    }
    return binding.startsWith("target.") ? named(metadata.targets(), binding.substring(7)) : null;
  }

  static Metadata.Port named(List<Metadata.Port> ports, String name) {
    for (Metadata.Port port : ports) {
      if (port.name().equals(name)) {
        return port;
      }
    }
    throw new IllegalArgumentException("a form reads `" + name + "`, which is not declared");
  }

  int line(int input) {
    return inputPorts[input] == null ? 0 : inputPorts[input].line();
  }
}
