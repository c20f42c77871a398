package netc.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/** The generic surface of a network: data by name in, results by name out. */
final class Batches {
  private final Network network;
  private final Metadata metadata;
  private final long seed;

  /** @param seed of what the net draws */
  Batches(Network network, long seed) {
    this.network = network;
    this.seed = seed;
    metadata = network.metadata();
  }

  Map<String, Tensor> predict(Map<String, Tensor> tensors, int rows) {
    var outputs = new LinkedHashMap<String, Tensor>();
    if (!metadata.outputs().isEmpty()) {
      FormRunner runner = network.needPredictor("predict", rows);
      runner.draw(seed, 0);
      Collected collected = new Collected(runner, rows);
      Object[] sources = Rows.check(metadata, tensors, rows).sources(runner);
      int step = runner.examples();
      for (int first = 0; first < rows; first += step) {
        int count = Math.min(step, rows - first);
        for (int i = 0; i < sources.length; i++) {
          runner.fill(i, sources[i], null, first, count);
        }
        runner.run(network.weights(), count, first, rows);
        collected.read(first, count);
      }
      outputs.putAll(collected.outputs);
    }
    return outputs;
  }

  Evaluation evaluate(Map<String, Tensor> tensors, int rows) {
    Evaluator evaluator = new Evaluator(network);
    evaluator.draw(seed);
    return evaluator.evaluate(
        network.weights(), Rows.check(metadata, tensors, rows), Tasks.SEQUENTIAL);
  }

  /** As {@link Backward}, one run; but reads what is per example after each block. */
  Derivatives gradients(Map<String, Tensor> tensors, int rows) {
    Backward backward = new Backward(network, 1);
    backward.draw(seed, 0);
    Rows data = Rows.check(metadata, tensors, rows);
    Object[] sources = data.sources(backward.inputNames());
    Collected collected = new Collected(network.needRunner("train"), rows);
    backward.run(network.weights(), sources, rows, collected);
    Gradients gradients = new Gradients(metadata);
    backward.copyTo(gradients);
    return new Derivatives(
        backward.loss(),
        backward.losses(),
        gradients.all(),
        collected.gradients,
        collected.outputs,
        backward.states(network.weights()));
  }

  /** The tensors into which per-example results are gathered, block by block. */
  final class Collected {
    final Map<String, Tensor> outputs = new LinkedHashMap<>();
    final Map<String, Tensor> gradients = new LinkedHashMap<>();
    private final FormRunner runner;
    private final Object[] targets;

    Collected(FormRunner runner, int rows) {
      this.runner = runner;
      String[] names = runner.resultNames();
      targets = new Object[names.length];
      for (int i = 0; i < names.length; i++) {
        if (names[i].startsWith("out.")) {
          String name = names[i].substring(4);
          Metadata.Port port = FormLayout.named(metadata.outputs(), name);
          targets[i] = array(port.type(), rows(runner, i, rows) * port.elements());
          outputs.put(name, tensor(targets[i], runner.isPerExample(i), rows, port));
        } else if (names[i].startsWith("grad.input.")) {
          String name = names[i].substring(11);
          Metadata.Port port = FormLayout.named(metadata.inputs(), name);
          targets[i] = array(Metadata.Type.REAL, rows * port.elements());
          gradients.put(name, tensor(targets[i], true, rows, port));
        }
      }
    }

    /** Takes the results of a block that this or another runner of the form has computed. */
    void read(FormRunner source, int first, int count) {
      for (int i = 0; i < targets.length; i++) {
        if (targets[i] != null) {
          source.read(i, network.weights(), targets[i], first, count);
        }
      }
    }

    void read(int first, int count) {
      read(runner, first, count);
    }
  }

  private static int rows(FormRunner runner, int result, int rows) {
    return runner.isPerExample(result) ? rows : 1;
  }

  private Object array(Metadata.Type type, int length) {
    return type == Metadata.Type.REAL ? network.precision().array(length) : new int[length];
  }

  private static Tensor tensor(Object array, boolean perExample, int rows, Metadata.Port port) {
    int[] full = perExample ? port.shape(rows) : port.shape();
    if (array instanceof float[] floats) {
      return Tensor.of(floats, full);
    }
    return array instanceof double[] doubles
        ? Tensor.of(doubles, full)
        : Tensor.of((int[]) array, full);
  }
}
