package netc.cli;

import java.util.Map;
import netc.runtime.Derivatives;
import netc.runtime.Evaluation;
import netc.runtime.Network;
import netc.runtime.Tensor;

/** Runs the generated class. */
final class ClassRun {
  private final Network network;
  private final Examples examples;
  private final long seed;

  /** @param seed of what the net draws */
  ClassRun(Network network, Examples examples, long seed) {
    this.seed = seed;
    this.network = network;
    this.examples = examples;
  }

  Results predict(ChosenOutput chosen) {
    return Results.ofPrediction(chosen.compute(network, examples.tensors(), examples.rows(), seed));
  }

  Results evaluate() {
    Evaluation evaluation = network.evaluate(examples.tensors(), examples.rows(), seed);
    return Results.ofEvaluation(outputs(), evaluation.loss(), evaluation.losses());
  }

  /** @param states whether the run is one of training, after which states may be others */
  Results train(boolean gradients, boolean states) {
    Derivatives found = network.gradients(examples.tensors(), examples.rows(), seed);
    return new Results(
        found.outputs(),
        found.loss(),
        found.losses(),
        gradients ? found.parameters() : Map.of(),
        gradients
            ? Results.withZeros(
                found.inputs(), network.metadata().inputs(), examples, network.precision())
            : Map.of(),
        states ? states(found) : Map.of());
  }

  private Map<String, Tensor> states(Derivatives found) {
    Map<String, Tensor> states = network.states();
    states.putAll(found.states());
    return states;
  }

  private Map<String, Tensor> outputs() {
    return network.predict(examples.tensors(), examples.rows(), seed);
  }
}
