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

  private final Map<String, Tensor> weights;

  TorchLayers(Map<String, Tensor> weights) {
    this.weights = weights;
  }

  @Override
  public Tensor dense(Layer.Dense layer, Tensor x) {
    Tensor z = torch.linear(x, weights.get(layer.name() + ".weight"), bias(layer.name()));
    return layer.relu() ? torch.relu(z) : z;
  }

  @Override
  public Tensor convolution(Layer.Convolution layer, Tensor x) {
    long[] padding = {layer.padding(), layer.padding()};
    Tensor weight = weights.get(layer.name() + ".weight");
    Tensor images = x.contiguous(weight.suggest_memory_format());
    return torch.relu(torch.conv2d(images, weight, bias(layer.name()), ONE, padding, ONE, 1));
  }

  @Override
  public Tensor maxPool(Layer.MaxPool layer, Tensor x) {
    return torch.max_pool2d(x, layer.size(), layer.size());
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

  private TensorOptional bias(String layer) {
    return new TensorOptional(weights.get(layer + ".bias"));
  }
}
