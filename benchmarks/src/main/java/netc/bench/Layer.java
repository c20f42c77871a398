package netc.bench;

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

  /** Builds layers from tensors, or from whatever stands for them, of type {@code T}. */
  interface Builder<T> {
    T dense(Dense layer, T x);

    T convolution(Convolution layer, T x);

    T maxPool(MaxPool layer, T x);

    T flatten(T x);

    T recurrent(Recurrent layer, T x);
  }

  /** {@code name.weight[out, in]} and {@code name.bias[out]}, then relu or nothing. */
  record Dense(String name, int in, int out, boolean relu) implements Layer {
    @Override
    public <T> T build(Builder<T> engine, T x) {
      return engine.dense(this, x);
    }

    @Override
    public long operations() {
      return 2L * in * out;
    }
  }

  /** {@code name.weight[out, in, kernel, kernel]} and {@code name.bias[out]} with stride 1, then relu. */
  record Convolution(String name, int in, int out, int kernel, int padding, int size) implements Layer {
    @Override
    public <T> T build(Builder<T> engine, T x) {
      return engine.convolution(this, x);
    }

    /** {@code size} is the input's height and width; taps in the padding are counted, as all peers do. */
    @Override
    public long operations() {
      long outSize = size + 2L * padding - kernel + 1;
      return 2L * in * kernel * kernel * out * outSize * outSize;
    }
  }

  /** The largest of each square of so many pixels. */
  record MaxPool(int size) implements Layer {
    @Override
    public <T> T build(Builder<T> engine, T x) {
      return engine.maxPool(this, x);
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
}
