package netc.bench.dl4j;

import java.util.LinkedHashMap;
import java.util.Map;
import netc.bench.Layer;
import netc.bench.Workload;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Adds layers to a DL4J configuration, whose length is all that a builder has to know of them. */
final class Dl4jLayers implements Layer.Builder<Integer> {
  private final NeuralNetConfiguration.ListBuilder list;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Workload workload;

  Dl4jLayers(NeuralNetConfiguration.ListBuilder list, Workload workload) {
    this.list = list;
    this.workload = workload;
  }

  /** DL4J's name of a parameter by PyTorch's: {@code 0_W} for {@code fc1.weight}. */
  Map<String, String> names() {
    return names;
  }

  private void name(int at, String layer) {
    names.put(layer + ".weight", at + "_W");
    names.put(layer + ".bias", at + "_b");
  }

  private static Activation of(Layer.Activation kind) {
    return switch (kind) {
      case NONE -> Activation.IDENTITY;
      case RELU -> Activation.RELU;
      case RELU6 -> Activation.RELU6;
    };
  }

  /** The last layer is known by its size. */
  @Override
  public Integer dense(Layer.Dense layer, Integer at) {
    name(at, layer.name());
    if (layer.activation() == Layer.Activation.NONE && layer.out() == workload.outputs) {
      list.layer(
          new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
              .activation(Activation.SOFTMAX).nIn(layer.in()).nOut(layer.out()).build());
    } else {
      list.layer(
          new DenseLayer.Builder()
              .activation(of(layer.activation())).nIn(layer.in()).nOut(layer.out()).build());
    }
    return at + 1;
  }

  @Override
  public Integer convolution(Layer.Convolution layer, Integer at) {
    if (at == 0) {
      list.setInputType(InputType.convolutional(layer.size(), layer.size(), layer.in()));
    }
    name(at, layer.name());
    list.layer(
        new ConvolutionLayer.Builder(layer.kernel(), layer.kernel())
            .stride(layer.stride(), layer.stride())
            .padding(layer.padding(), layer.padding())
            .activation(of(layer.activation()))
            .nIn(layer.in())
            .nOut(layer.out())
            .build());
    return at + 1;
  }

  @Override
  public Integer maxPool(Layer.MaxPool layer, Integer at) {
    list.layer(
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(layer.size(), layer.size())
            .stride(layer.stride(), layer.stride())
            .build());
    return at + 1;
  }

  /** DL4J flattens between a convolution and a dense layer by itself. */
  @Override
  public Integer flatten(Integer at) {
    return at;
  }

  /** A layer's activation is a part of it. */
  @Override
  public Integer activation(Layer.Activation kind, Integer at) {
    return at;
  }

  @Override
  public Integer globalAverage(Integer at) {
    throw new UnsupportedOperationException(workload.label);
  }

  @Override
  public Integer recurrent(Layer.Recurrent layer, Integer at) {
    throw new UnsupportedOperationException(workload.label);
  }

  @Override
  public Integer encoder(Layer.Encoder layer, Integer at) {
    throw new UnsupportedOperationException(workload.label);
  }

  @Override
  public Integer sum(Integer a, Integer b) {
    throw new UnsupportedOperationException(workload.label);
  }
}
