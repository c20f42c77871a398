package netc.bench.torch;

import java.util.Map;
import netc.bench.Layer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Layers as calls of PyTorch's functions, executed at once; images are laid out as the kernels are. */
final class TorchLayers implements Layer.Builder<Tensor> {
  private static final long[] ONE = {1, 1};
  private static final double EPSILON = 1e-5;

  private final Map<String, Tensor> weights;

  TorchLayers(Map<String, Tensor> weights) {
    this.weights = weights;
  }

  @Override
  public Tensor dense(Layer.Dense layer, Tensor x) {
    return linear(layer.name(), x);
  }

  @Override
  public Tensor convolution(Layer.Convolution layer, Tensor x) {
    long[] padding = {layer.padding(), layer.padding()};
    long[] stride = {layer.stride(), layer.stride()};
    Tensor weight = weights.get(layer.name() + ".weight");
    Tensor images = x.contiguous(weight.suggest_memory_format());
    TensorOptional bias = layer.normed() ? new TensorOptional() : optional(layer.name() + ".bias");
    Tensor y = torch.conv2d(images, weight, bias, stride, padding, ONE, layer.groups());
    if (!layer.normed()) {
      return y;
    }
    return torch.batch_norm(
        y,
        optional(layer.norm() + ".weight"),
        optional(layer.norm() + ".bias"),
        optional(layer.norm() + ".running_mean"),
        optional(layer.norm() + ".running_var"),
        false,
        0.1,
        EPSILON,
        false);
  }

  @Override
  public Tensor maxPool(Layer.MaxPool layer, Tensor x) {
    long[] size = {layer.size(), layer.size()};
    long[] stride = {layer.stride(), layer.stride()};
    long[] padding = {layer.padding(), layer.padding()};
    return torch.max_pool2d(x, size, stride, padding, ONE, false);
  }

  @Override
  public Tensor globalAverage(Tensor x) {
    return torch.flatten(torch.adaptive_avg_pool2d(x, 1, 1), 1, -1);
  }

  @Override
  public Tensor sum(Tensor a, Tensor b) {
    return torch.add(a, b);
  }

  @Override
  public Tensor activation(Layer.Activation kind, Tensor x) {
    return switch (kind) {
      case NONE -> x;
      case RELU -> torch.relu(x);
      case RELU6 -> torch.relu6(x);
    };
  }

  @Override
  public Tensor encoder(Layer.Encoder layer, Tensor x) {
    String name = layer.name();
    long rows = x.size(0);
    long width = layer.width() / layer.heads();
    Tensor stacked =
        torch.linear(
            x,
            weights.get(name + ".self_attn.in_proj_weight"),
            optional(name + ".self_attn.in_proj_bias"));
    Tensor parts = stacked.view(rows, layer.steps(), 3, layer.heads(), width).transpose(1, 3);
    Tensor heads =
        torch.scaled_dot_product_attention(
            parts.select(2, 0), parts.select(2, 1), parts.select(2, 2));
    Tensor joined = heads.transpose(1, 2).reshape(rows, layer.steps(), layer.width());
    Tensor h = norm(layer, ".norm1", x.add(linear(name + ".self_attn.out_proj", joined)));
    Tensor inner = torch.relu(linear(name + ".linear1", h));
    return norm(layer, ".norm2", h.add(linear(name + ".linear2", inner)));
  }

  private Tensor norm(Layer.Encoder layer, String part, Tensor x) {
    String name = layer.name() + part;
    return torch.layer_norm(
        x,
        new long[] {layer.width()},
        optional(name + ".weight"),
        optional(name + ".bias"),
        EPSILON,
        false);
  }

  private Tensor linear(String name, Tensor x) {
    return torch.linear(x, weights.get(name + ".weight"), optional(name + ".bias"));
  }

  @Override
  public Tensor flatten(Tensor x) {
    return torch.flatten(x, 1, -1);
  }

  @Override
  public Tensor recurrent(Layer.Recurrent layer, Tensor x) {
    TensorVector parameters =
        new TensorVector(
            weights.get(layer.name() + ".weight_ih_l0"),
            weights.get(layer.name() + ".weight_hh_l0"),
            weights.get(layer.name() + ".bias_ih_l0"),
            weights.get(layer.name() + ".bias_hh_l0"));
    Tensor start = torch.zeros(1, x.size(0), layer.hidden());
    boolean training = weights.get(layer.name() + ".bias_ih_l0").requires_grad();
    Tensor all =
        layer.lstm()
            ? torch.lstm(
                    x, new TensorVector(start, start), parameters, true, 1, 0, training, false, true)
                .get0()
            : torch.gru(x, start, parameters, true, 1, 0, training, false, true).get0();
    return all.select(1, layer.steps() - 1);
  }

  private TensorOptional optional(String path) {
    return new TensorOptional(weights.get(path));
  }
}
