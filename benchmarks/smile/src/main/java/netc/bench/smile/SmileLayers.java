package netc.bench.smile;

import java.util.ArrayList;
import java.util.List;
import netc.bench.Layer;
import netc.bench.Workload;
import smile.model.mlp.LayerBuilder;
import smile.model.mlp.OutputFunction;

/** Adds dense layers to a list of Smile's builders, whose length is all that one has to know of them. */
final class SmileLayers implements Layer.Builder<Integer> {
  private final List<LayerBuilder> list;
  private final Workload workload;
  private final List<String> names = new ArrayList<>();

  SmileLayers(List<LayerBuilder> list, Workload workload) {
    this.list = list;
    this.workload = workload;
  }

  /** Of the layers behind the input, in order. */
  List<String> names() {
    return names;
  }

  /** The last layer is the one without an activation; its softmax belongs to the cost. */
  @Override
  public Integer dense(Layer.Dense layer, Integer at) {
    names.add(layer.name());
    list.add(
        switch (layer.activation()) {
          case NONE -> smile.model.mlp.Layer.mle(layer.out(), OutputFunction.SOFTMAX);
          case RELU -> smile.model.mlp.Layer.rectifier(layer.out());
          case RELU6 -> throw unknown();
        });
    return at + 1;
  }

  /** A layer's activation is a part of it. */
  @Override
  public Integer activation(Layer.Activation kind, Integer at) {
    return at;
  }

  private UnsupportedOperationException unknown() {
    return new UnsupportedOperationException("Smile's perceptron has dense layers only: " + workload.label);
  }

  @Override
  public Integer convolution(Layer.Convolution layer, Integer at) {
    throw unknown();
  }

  @Override
  public Integer maxPool(Layer.MaxPool layer, Integer at) {
    throw unknown();
  }

  @Override
  public Integer globalAverage(Integer at) {
    throw unknown();
  }

  @Override
  public Integer flatten(Integer at) {
    throw unknown();
  }

  @Override
  public Integer recurrent(Layer.Recurrent layer, Integer at) {
    throw unknown();
  }

  @Override
  public Integer encoder(Layer.Encoder layer, Integer at) {
    throw unknown();
  }

  @Override
  public Integer sum(Integer a, Integer b) {
    throw unknown();
  }
}
