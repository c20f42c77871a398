package netc.bench.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import netc.bench.Layer;
import netc.bench.Workload;
import netc.runtime.Tensor;

/**
 * Writes a workload with its weights as an ONNX file, operator set 17, for a fixed number of rows; the
 * numbers of fields are those of onnx.proto. A tensor is known by its name.
 */
public final class OnnxModel implements Layer.Builder<String> {
  private static final int FLOAT = 1;

  private final Map<String, Tensor> weights;
  private final int rows;
  private final ProtocolBuffer graph = new ProtocolBuffer();
  private int names;

  private OnnxModel(Map<String, Tensor> weights, int rows) {
    this.weights = weights;
    this.rows = rows;
  }

  /** The bytes of a model from input {@code x} to output {@code p}. */
  public static byte[] write(Workload workload, Map<String, Tensor> weights, int rows) {
    OnnxModel model = new OnnxModel(weights, rows);
    String z = workload.build(model, "x");
    model.graph.message(1, node("Softmax", List.of(z), "p").message(5, integer("axis", -1)));
    model.graph.text(2, workload.name());
    model.graph.message(11, value("x", workload.shape(rows)));
    model.graph.message(12, value("p", rows, workload.classes));
    return new ProtocolBuffer()
        .integer(1, 8)
        .text(2, "netc benchmarks")
        .message(7, model.graph)
        .message(8, new ProtocolBuffer().text(1, "").integer(2, 17))
        .toBytes();
  }

  @Override
  public String dense(Layer.Dense layer, String x) {
    String z = fresh();
    graph.message(
        1,
        node("Gemm", List.of(x, given(layer.name() + ".weight"), given(layer.name() + ".bias")), z)
            .message(5, integer("transB", 1)));
    return layer.relu() ? relu(z) : z;
  }

  @Override
  public String convolution(Layer.Convolution layer, String x) {
    String z = fresh();
    long padding = layer.padding();
    graph.message(
        1,
        node("Conv", List.of(x, given(layer.name() + ".weight"), given(layer.name() + ".bias")), z)
            .message(5, integers("kernel_shape", layer.kernel(), layer.kernel()))
            .message(5, integers("pads", padding, padding, padding, padding)));
    return relu(z);
  }

  @Override
  public String maxPool(Layer.MaxPool layer, String x) {
    String y = fresh();
    graph.message(
        1,
        node("MaxPool", List.of(x), y)
            .message(5, integers("kernel_shape", layer.size(), layer.size()))
            .message(5, integers("strides", layer.size(), layer.size())));
    return y;
  }

  @Override
  public String flatten(String x) {
    String y = fresh();
    graph.message(1, node("Flatten", List.of(x), y));
    return y;
  }

  /** ONNX takes steps first, another order of gates, and both biases in one. */
  @Override
  public String recurrent(Layer.Recurrent layer, String x) {
    int[] order = layer.lstm() ? new int[] {0, 3, 1, 2} : new int[] {1, 0, 2};
    int h = layer.hidden();
    String w = added(gates(layer, "weight_ih_l0", order), 1, order.length * h, layer.in());
    String r = added(gates(layer, "weight_hh_l0", order), 1, order.length * h, h);
    float[] first = gates(layer, "bias_ih_l0", order);
    float[] second = gates(layer, "bias_hh_l0", order);
    float[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    String b = added(both, 1, both.length);

    String turned = fresh();
    graph.message(1, node("Transpose", List.of(x), turned).message(5, integers("perm", 1, 0, 2)));
    String last = fresh();
    ProtocolBuffer node =
        node(layer.lstm() ? "LSTM" : "GRU", List.of(turned, w, r, b), "", last)
            .message(5, integer("hidden_size", h));
    graph.message(1, layer.lstm() ? node : node.message(5, integer("linear_before_reset", 1)));
    String y = fresh();
    graph.message(1, node("Reshape", List.of(last, shape(rows, h)), y));
    return y;
  }

  private float[] gates(Layer.Recurrent layer, String parameter, int[] order) {
    float[] given = weights.get(layer.name() + "." + parameter).floats();
    int size = given.length / order.length;
    float[] ordered = new float[given.length];
    for (int g = 0; g < order.length; g++) {
      System.arraycopy(given, order[g] * size, ordered, g * size, size);
    }
    return ordered;
  }

  private String relu(String z) {
    String y = fresh();
    graph.message(1, node("Relu", List.of(z), y));
    return y;
  }

  private String fresh() {
    return "t" + names++;
  }

  /** Adds the weight of this path. */
  private String given(String path) {
    Tensor tensor = weights.get(path);
    graph.message(5, constant(path, tensor.floats(), tensor.shape()));
    return path;
  }

  private String added(float[] values, int... shape) {
    String name = fresh();
    graph.message(5, constant(name, values, shape));
    return name;
  }

  private String shape(long... sizes) {
    String name = fresh();
    ProtocolBuffer tensor = new ProtocolBuffer().integer(1, sizes.length).integer(2, 7);
    for (long size : sizes) {
      tensor.integer(7, size);
    }
    graph.message(5, tensor.text(8, name));
    return name;
  }

  private static ProtocolBuffer constant(String name, float[] values, int... shape) {
    ProtocolBuffer tensor = new ProtocolBuffer();
    for (int size : shape) {
      tensor.integer(1, size);
    }
    return tensor.integer(2, FLOAT).text(8, name).floats(9, values);
  }

  private static ProtocolBuffer node(String operator, List<String> inputs, String... outputs) {
    ProtocolBuffer node = new ProtocolBuffer();
    inputs.forEach(input -> node.text(1, input));
    for (String output : outputs) {
      node.text(2, output);
    }
    return node.text(4, operator);
  }

  private static ProtocolBuffer integer(String name, long value) {
    return new ProtocolBuffer().text(1, name).integer(3, value).integer(20, 2);
  }

  private static ProtocolBuffer integers(String name, long... values) {
    ProtocolBuffer attribute = new ProtocolBuffer().text(1, name);
    for (long value : values) {
      attribute.integer(8, value);
    }
    return attribute.integer(20, 7);
  }

  private static ProtocolBuffer value(String name, long... shape) {
    ProtocolBuffer sizes = new ProtocolBuffer();
    for (long size : shape) {
      sizes.message(1, new ProtocolBuffer().integer(1, size));
    }
    ProtocolBuffer type = new ProtocolBuffer().integer(1, FLOAT).message(2, sizes);
    return new ProtocolBuffer().text(1, name).message(2, new ProtocolBuffer().message(1, type));
  }
}
