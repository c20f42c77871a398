package netc.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.DType;
import netc.runtime.Metadata;
import netc.runtime.Precision;
import netc.runtime.Tensor;

/**
 * What a run computed, whoever ran it.
 *
 * @param outputs by name; per example with the rows first
 * @param loss the mean over the rows of the sum of all losses, plus penalties; null when predicting
 * @param losses the mean of each loss, by name
 * @param parameters gradients by path, inputs gradients by name with the rows first
 * @param states after the update, by path; only of training
 */
record Results(
    Map<String, Tensor> outputs,
    Double loss,
    Map<String, Double> losses,
    Map<String, Tensor> parameters,
    Map<String, Tensor> inputs,
    Map<String, Tensor> states) {

  static Results ofPrediction(Map<String, Tensor> outputs) {
    return new Results(outputs, null, Map.of(), Map.of(), Map.of(), Map.of());
  }

  static Results ofEvaluation(
      Map<String, Tensor> outputs, double loss, Map<String, Double> losses) {
    return new Results(outputs, loss, losses, Map.of(), Map.of(), Map.of());
  }

  /** Under the names of a tensor file: {@code out.p}, {@code loss}, {@code grad.param.w}, … */
  Map<String, Tensor> named(Metadata metadata, Examples examples, Precision precision) {
    var named = new LinkedHashMap<String, Tensor>();
    for (Metadata.Port port : metadata.outputs()) {
      Tensor tensor = outputs.get(port.name());
      Tensor typed = port.type() == Metadata.Type.BOOL ? tensor.as(DType.BOOL) : tensor;
      named.put("out." + port.name(), port.perExample() ? rows(typed, examples) : typed);
    }
    if (loss != null) {
      named.put("loss", number(loss, precision));
      losses.forEach((name, value) -> named.put("loss." + name, number(value, precision)));
    }
    parameters.forEach((path, tensor) -> named.put("grad.param." + path, tensor));
    inputs.forEach((name, tensor) -> named.put("grad.input." + name, rows(tensor, examples)));
    states.forEach((path, tensor) -> named.put("state." + path, tensor));
    return named;
  }

  /** A single example that came without the batch axis leaves without it. */
  private static Tensor rows(Tensor tensor, Examples examples) {
    int[] shape = tensor.shape();
    return examples.single() ? tensor.reshape(Arrays.copyOfRange(shape, 1, shape.length)) : tensor;
  }

  private static Tensor number(double value, Precision precision) {
    return precision == Precision.F32
        ? Tensor.of(new float[] {(float) value})
        : Tensor.of(new double[] {value});
  }

  /** Zeros for a real input that the objective does not depend on. */
  static Map<String, Tensor> withZeros(
      Map<String, Tensor> gradients, List<Metadata.Port> inputs, Examples examples, Precision precision) {
    var all = new LinkedHashMap<String, Tensor>();
    for (Metadata.Port port : inputs) {
      if (port.type() == Metadata.Type.REAL && examples.tensors().containsKey(port.name())) {
        int[] shape = prepend(examples.rows(), port.shape());
        int length = examples.rows() * port.elements();
        Tensor zeros =
            precision == Precision.F32
                ? Tensor.of(new float[length], shape)
                : Tensor.of(new double[length], shape);
        all.put(port.name(), gradients.getOrDefault(port.name(), zeros));
      }
    }
    return all;
  }

  static int[] prepend(int first, int[] rest) {
    int[] shape = new int[rest.length + 1];
    shape[0] = first;
    System.arraycopy(rest, 0, shape, 1, rest.length);
    return shape;
  }
}
