package netc.bench.dl4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.bench.Engine;
import netc.bench.Workload;
import netc.runtime.Tensor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** DL4J with its native backend: dense networks and LeNet; of the optimisers only SGD is ours. */
public final class Dl4jEngine implements Engine {

  /** A network and DL4J's names of its parameters. */
  private record Built(MultiLayerNetwork network, Map<String, String> names) {}

  @Override
  public String version() {
    String jar = MultiLayerNetwork.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return "DL4J " + jar.replaceAll(".*/deeplearning4j-nn-(.*)\\.jar", "$1");
  }

  @Override
  public Predictor predictor(Workload workload, Map<String, Tensor> weights, int threads) {
    MultiLayerNetwork network = build(workload, weights).network;
    long[] shape = workload.shape(1);
    return example -> network.output(Nd4j.create(example, shape, 'c')).data().asFloat();
  }

  @Override
  public BatchPredictor batchPredictor(
      Workload workload, Map<String, Tensor> weights, int rows, int threads) {
    MultiLayerNetwork network = build(workload, weights).network;
    long[] shape = workload.shape(rows);
    return (examples, probabilities) -> {
      INDArray p = network.output(Nd4j.create(examples, shape, 'c')).dup('c');
      System.arraycopy(p.data().asFloat(), 0, probabilities, 0, probabilities.length);
    };
  }

  @Override
  public Learner learner(
      Workload workload, Map<String, Tensor> weights, float[] examples, int[] labels, int threads) {
    if (workload.optimizer != Workload.Optimizer.SGD) {
      throw new UnsupportedOperationException(
          "DL4J's momentum is Nesterov's, and its Adam adds epsilon before the correction of the variance");
    }
    Built built = build(workload, weights);
    List<DataSet> batches = new ArrayList<>();
    for (int row = 0; row < labels.length; row += workload.batch) {
      int rows = Math.min(workload.batch, labels.length - row);
      float[] x = new float[rows * workload.inputs()];
      System.arraycopy(examples, row * workload.inputs(), x, 0, x.length);
      float[] y = new float[rows * workload.outputs];
      for (int i = 0; i < rows; i++) {
        y[i * workload.outputs + labels[row + i]] = 1;
      }
      batches.add(
          new DataSet(
              Nd4j.create(x, workload.shape(rows), 'c'),
              Nd4j.create(y, new long[] {rows, workload.outputs}, 'c')));
    }
    return new Learner() {
      @Override
      public void epoch() {
        batches.forEach(built.network::fit);
      }

      @Override
      public Map<String, float[]> weights() {
        Map<String, float[]> now = new LinkedHashMap<>();
        built.names.forEach(
            (path, name) -> {
              INDArray values = built.network.getParam(name);
              boolean turned = weights.get(path).rank() == 2;
              now.put(path, (turned ? values.transpose() : values).dup('c').data().asFloat());
            });
        return now;
      }
    };
  }

  private static Built build(Workload workload, Map<String, Tensor> weights) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().updater(new Sgd(workload.optimizer.rate)).list();
    Dl4jLayers layers = new Dl4jLayers(list, workload);
    workload.build(layers, 0);
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    layers.names().forEach((path, name) -> network.setParam(name, array(weights.get(path))));
    return new Built(network, layers.names());
  }

  /** Dense weights have the inputs first, biases are rows. */
  private static INDArray array(Tensor weight) {
    long[] shape = new long[weight.rank()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = weight.size(i);
    }
    float[] values = weight.floats();
    return switch (shape.length) {
      case 1 -> Nd4j.create(values, new long[] {1, values.length}, 'c');
      case 2 -> Nd4j.create(values, shape, 'c').transpose();
      default -> Nd4j.create(values, shape, 'c');
    };
  }
}
