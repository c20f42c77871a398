package netc.bench.smile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.bench.Workload;
import netc.runtime.Tensor;
import smile.classification.MLP;
import smile.model.mlp.Layer;
import smile.model.mlp.LayerBuilder;
import smile.tensor.DenseMatrix;
import smile.tensor.Vector;

/** A perceptron whose layers can be read and set by PyTorch's names of their parameters. */
final class Perceptron extends MLP {
  private static final long serialVersionUID = 1;

  private final transient Map<String, Layer> layers = new LinkedHashMap<>();

  private Perceptron(List<String> names, LayerBuilder... builders) {
    super(builders);
    for (int i = 0; i < names.size(); i++) {
      layers.put(names.get(i), i + 1 < net.length ? net[i + 1] : output);
    }
  }

  static Perceptron of(Workload workload, Map<String, Tensor> weights) {
    List<LayerBuilder> list = new ArrayList<>();
    list.add(Layer.input(workload.inputs()));
    SmileLayers layers = new SmileLayers(list, workload);
    workload.build(layers, 0);
    Perceptron network = new Perceptron(layers.names(), list.toArray(new LayerBuilder[0]));
    network.layers.forEach(
        (name, layer) -> {
          setMatrix(layer.weight(), weights.get(name + ".weight").floats());
          setVector(layer.bias(), weights.get(name + ".bias").floats());
        });
    return network;
  }

  Map<String, float[]> weights() {
    Map<String, float[]> now = new LinkedHashMap<>();
    layers.forEach(
        (name, layer) -> {
          now.put(name + ".weight", values(layer.weight()));
          now.put(name + ".bias", layer.bias().toArray(new float[layer.getOutputSize()]));
        });
    return now;
  }

  private static void setMatrix(DenseMatrix matrix, float[] values) {
    for (int i = 0; i < matrix.nrow(); i++) {
      for (int j = 0; j < matrix.ncol(); j++) {
        matrix.set(i, j, values[i * matrix.ncol() + j]);
      }
    }
  }

  private static void setVector(Vector vector, float[] values) {
    for (int i = 0; i < values.length; i++) {
      vector.set(i, values[i]);
    }
  }

  private static float[] values(DenseMatrix matrix) {
    float[] values = new float[matrix.nrow() * matrix.ncol()];
    for (int i = 0; i < matrix.nrow(); i++) {
      for (int j = 0; j < matrix.ncol(); j++) {
        values[i * matrix.ncol() + j] = (float) matrix.get(i, j);
      }
    }
    return values;
  }
}
