package netc.bench.onnx;

import java.util.ArrayList;
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
    if (workload.isLarge()) {
      model.graph.message(1, node("Identity", List.of(z), "p"));
    } else {
      model.graph.message(1, node("Softmax", List.of(z), "p").message(5, integer("axis", -1)));
    }
    model.graph.text(2, workload.name());
    model.graph.message(11, value("x", workload.shape(rows)));
    model.graph.message(12, value("p", workload.outputShape(rows)));
    return new ProtocolBuffer()
        .integer(1, 8)
        .text(2, "netc benchmarks")
        .message(7, model.graph)
        .message(8, new ProtocolBuffer().text(1, "").integer(2, 17))
        .toBytes();
  }

  @Override
  public String dense(Layer.Dense layer, String x) {
    List<String> inputs = List.of(x, given(layer.name() + ".weight"), given(layer.name() + ".bias"));
    return add("Gemm", inputs, integer("transB", 1));
  }

  @Override
  public String convolution(Layer.Convolution layer, String x) {
    long padding = layer.padding();
    List<String> inputs = new ArrayList<>(List.of(x, given(layer.name() + ".weight")));
    if (!layer.normed()) {
      inputs.add(given(layer.name() + ".bias"));
    }
    String y =
        add(
            "Conv",
            inputs,
            integers("kernel_shape", layer.kernel(), layer.kernel()),
            integers("strides", layer.stride(), layer.stride()),
            integers("pads", padding, padding, padding, padding),
            integer("group", layer.groups()));
    if (!layer.normed()) {
      return y;
    }
    List<String> normed = new ArrayList<>(List.of(y));
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      normed.add(given(layer.norm() + "." + part));
    }
    return add("BatchNormalization", normed, real("epsilon", 1e-5f));
  }

  @Override
  public String maxPool(Layer.MaxPool layer, String x) {
    long padding = layer.padding();
    return add(
        "MaxPool",
        List.of(x),
        integers("kernel_shape", layer.size(), layer.size()),
        integers("strides", layer.stride(), layer.stride()),
        integers("pads", padding, padding, padding, padding));
  }

  @Override
  public String globalAverage(String x) {
    return flatten(add("GlobalAveragePool", List.of(x)));
  }

  @Override
  public String sum(String a, String b) {
    return add("Add", List.of(a, b));
  }

  @Override
  public String activation(Layer.Activation kind, String x) {
    return switch (kind) {
      case NONE -> x;
      case RELU -> add("Relu", List.of(x));
      case RELU6 -> add("Clip", List.of(x, added(new float[] {0}), added(new float[] {6})));
    };
  }

  /** As PyTorch's exporter writes it: products with transposed constants, and a bias added to each. */
  @Override
  public String encoder(Layer.Encoder layer, String x) {
    String name = layer.name();
    long width = layer.width() / layer.heads();
    String stacked = linear(name + ".self_attn.in_proj_weight", name + ".self_attn.in_proj_bias", x);
    String parted = add("Reshape", List.of(stacked, shape(rows, layer.steps(), 3, layer.heads(), width)));
    String turned = add("Transpose", List.of(parted), integers("perm", 2, 0, 3, 1, 4));
    String[] heads = new String[3];
    for (int i = 0; i < 3; i++) {
      heads[i] = add("Gather", List.of(turned, scalar(i)), integer("axis", 0));
    }
    String keys = add("Transpose", List.of(heads[1]), integers("perm", 0, 1, 3, 2));
    String scores = add("MatMul", List.of(heads[0], keys));
    float scale = (float) (1 / Math.sqrt(width));
    String scaled = add("Mul", List.of(scores, added(new float[] {scale})));
    String weighted = add("MatMul", List.of(add("Softmax", List.of(scaled), integer("axis", -1)), heads[2]));
    String ordered = add("Transpose", List.of(weighted), integers("perm", 0, 2, 1, 3));
    String joined = add("Reshape", List.of(ordered, shape(rows, layer.steps(), layer.width())));
    String mixed = linear(name + ".self_attn.out_proj.weight", name + ".self_attn.out_proj.bias", joined);
    String h = norm(name + ".norm1", sum(x, mixed));
    String inner =
        activation(Layer.Activation.RELU, linear(name + ".linear1.weight", name + ".linear1.bias", h));
    return norm(name + ".norm2", sum(h, linear(name + ".linear2.weight", name + ".linear2.bias", inner)));
  }

  private String norm(String name, String x) {
    List<String> inputs = List.of(x, given(name + ".weight"), given(name + ".bias"));
    return add("LayerNormalization", inputs, integer("axis", -1), real("epsilon", 1e-5f));
  }

  private String linear(String weight, String bias, String x) {
    Tensor given = weights.get(weight);
    int out = given.size(0);
    int in = given.size(1);
    float[] rowMajor = given.floats();
    float[] transposed = new float[rowMajor.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        transposed[i * out + o] = rowMajor[o * in + i];
      }
    }
    return sum(add("MatMul", List.of(x, added(transposed, in, out))), given(bias));
  }

  @Override
  public String flatten(String x) {
    return add("Flatten", List.of(x));
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

    String turned = add("Transpose", List.of(x), integers("perm", 1, 0, 2));
    String last = fresh();
    ProtocolBuffer node =
        node(layer.lstm() ? "LSTM" : "GRU", List.of(turned, w, r, b), "", last)
            .message(5, integer("hidden_size", h));
    graph.message(1, layer.lstm() ? node : node.message(5, integer("linear_before_reset", 1)));
    return add("Reshape", List.of(last, shape(rows, h)));
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

  /** Adds a node with one output, and names that. */
  private String add(String operator, List<String> inputs, ProtocolBuffer... attributes) {
    String y = fresh();
    ProtocolBuffer node = node(operator, inputs, y);
    for (ProtocolBuffer attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
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

  private String scalar(long value) {
    String name = fresh();
    graph.message(5, new ProtocolBuffer().integer(2, 7).integer(7, value).text(8, name));
    return name;
  }

  private static ProtocolBuffer real(String name, float value) {
    return new ProtocolBuffer().text(1, name).real(2, value).integer(20, 1);
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
