package netc.bench;

import java.util.List;

/**
 * One layer of a workload, as every engine builds it from the same weights, which are named and laid out
 * as in PyTorch. An engine is a {@link Builder}; the operations are those of the layer's contractions, a
 * multiplication and an addition counted as two.
 */
public interface Layer {

  /** What the layer makes of {@code x} with this engine. */
  <T> T build(Builder<T> engine, T x);

  /** Operations of the forward pass for one example. */
  long operations();

  /** Layers one after the other. */
  static <T> T build(List<Layer> layers, Builder<T> engine, T x) {
    T value = x;
    for (Layer layer : layers) {
      value = layer.build(engine, value);
    }
    return value;
  }

  /** Of several layers. */
  static long operations(List<Layer> layers) {
    return layers.stream().mapToLong(Layer::operations).sum();
  }

  /** Builds layers from tensors, or from whatever stands for them, of type {@code T}. */
  interface Builder<T> {
    T dense(Dense layer, T x);

    T convolution(Convolution layer, T x);

    T maxPool(MaxPool layer, T x);

    T globalAverage(T x);

    T flatten(T x);

    T recurrent(Recurrent layer, T x);

    T encoder(Encoder layer, T x);

    T sum(T a, T b);

    T activation(Activation kind, T x);
  }

  /** What is applied to each number. */
  enum Activation {
    NONE, RELU, RELU6
  }

  /** {@code name.weight[out, in]} and {@code name.bias[out]}. */
  record Dense(String name, int in, int out, Activation activation) implements Layer {
    @Override
    public <T> T build(Builder<T> engine, T x) {
      return engine.activation(activation, engine.dense(this, x));
    }

    @Override
    public long operations() {
      return 2L * in * out;
    }
  }

  /**
   * {@code name.weight[out, in/groups, kernel, kernel]}, and {@code name.bias[out]} or, where {@code norm}
   * is not empty, a batch norm of that name with the mean and variance of its states.
   */
  record Convolution(
      String name, String norm, int in, int out, int kernel, int stride, int padding, int groups, int size,
      Activation activation)
      implements Layer {
    @Override
    public <T> T build(Builder<T> engine, T x) {
      return engine.activation(activation, engine.convolution(this, x));
    }

    public boolean normed() {
      return !norm.isEmpty();
    }

    /** {@code size} is the input's height and width; taps in the padding are counted, as all peers do. */
    @Override
    public long operations() {
      long outSize = (size + 2L * padding - kernel) / stride + 1;
      return 2L * in / groups * kernel * kernel * out * outSize * outSize;
    }
  }

  /** The largest of each square of so many pixels. */
  record MaxPool(int size, int stride, int padding) implements Layer {
    @Override
    public <T> T build(Builder<T> engine, T x) {
      return engine.maxPool(this, x);
    }

    @Override
    public long operations() {
      return 0;
    }
  }

  /** The mean of each channel, {@code [channels]}. */
  record GlobalAverage() implements Layer {
    @Override
    public <T> T build(Builder<T> engine, T x) {
      return engine.globalAverage(x);
    }

    @Override
    public long operations() {
      return 0;
    }
  }

  /** All axes of an example become one. */
  record Flatten() implements Layer {
    @Override
    public <T> T build(Builder<T> engine, T x) {
      return engine.flatten(x);
    }

    @Override
    public long operations() {
      return 0;
    }
  }

  /** A gru or lstm over {@code [steps, in]}; its result is the last step's {@code h[hidden]}. */
  record Recurrent(String name, boolean lstm, int steps, int in, int hidden) implements Layer {
    public int gates() {
      return lstm ? 4 : 3;
    }

    @Override
    public <T> T build(Builder<T> engine, T x) {
      return engine.recurrent(this, x);
    }

    @Override
    public long operations() {
      return 2L * steps * gates() * hidden * (in + hidden);
    }
  }

  /** The body's result added to x, or to what the shortcut makes of it; then the activation. */
  record Residual(List<Layer> body, List<Layer> shortcut, Activation activation) implements Layer {
    @Override
    public <T> T build(Builder<T> engine, T x) {
      T sum = engine.sum(Layer.build(body, engine, x), Layer.build(shortcut, engine, x));
      return engine.activation(activation, sum);
    }

    @Override
    public long operations() {
      return Layer.operations(body) + Layer.operations(shortcut);
    }
  }

  /** {@code torch.nn.TransformerEncoderLayer} over {@code [steps, width]}, with its defaults. */
  record Encoder(String name, int steps, int width, int heads, int inner) implements Layer {
    @Override
    public <T> T build(Builder<T> engine, T x) {
      return engine.encoder(this, x);
    }

    @Override
    public long operations() {
      return 2L * steps * width * (4L * width + 2L * inner) + 4L * steps * steps * width;
    }
  }
}
