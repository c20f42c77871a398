package netc.bench;

import java.util.List;
import java.util.Random;

/** What is computed: a network of {@code nets/nets.net} and the same layers for the peers. */
public enum Workload {
  TINY("4-16-3", 32, Optimizer.SGD, new int[] {4}, 3,
      new Layer.Dense("fc1", 4, 16, true), new Layer.Dense("fc2", 16, 3, false)),

  MLP("784-128-10", 32, Optimizer.SGD, new int[] {784}, 10,
      new Layer.Dense("fc1", 784, 128, true), new Layer.Dense("fc2", 128, 10, false)),

  DEEP_MLP("784-512-512-10", 128, Optimizer.ADAM, new int[] {784}, 10,
      new Layer.Dense("fc1", 784, 512, true),
      new Layer.Dense("fc2", 512, 512, true),
      new Layer.Dense("fc3", 512, 10, false)),

  LENET("LeNet-5", 64, Optimizer.MOMENTUM, new int[] {1, 28, 28}, 10,
      new Layer.Convolution("conv1", 1, 6, 5, 2, 28),
      new Layer.MaxPool(2),
      new Layer.Convolution("conv2", 6, 16, 5, 0, 14),
      new Layer.MaxPool(2),
      new Layer.Flatten(),
      new Layer.Dense("fc1", 400, 120, true),
      new Layer.Dense("fc2", 120, 84, true),
      new Layer.Dense("fc3", 84, 10, false)),

  GRU("GRU 32-64, 20 steps", 32, Optimizer.SGD, new int[] {20, 32}, 10,
      new Layer.Recurrent("rnn", false, 20, 32, 64), new Layer.Dense("fc", 64, 10, false)),

  LSTM("LSTM 32-64, 20 steps", 32, Optimizer.SGD, new int[] {20, 32}, 10,
      new Layer.Recurrent("rnn", true, 20, 32, 64), new Layer.Dense("fc", 64, 10, false));

  /** Of PyTorch's kinds and defaults. The rates are small: weights shall not run away while timing. */
  public enum Optimizer {
    SGD("SGD", 1e-2), MOMENTUM("SGD, momentum 0.9", 1e-2), ADAM("Adam", 1e-5);

    public final String label;
    public final double rate;

    Optimizer(String label, double rate) {
      this.label = label;
      this.rate = rate;
    }
  }

  public final String label;
  public final int batch;
  public final Optimizer optimizer;
  public final int classes;
  private final int[] shape;
  private final List<Layer> layers;

  Workload(String label, int batch, Optimizer optimizer, int[] shape, int classes, Layer... layers) {
    this.label = label;
    this.batch = batch;
    this.optimizer = optimizer;
    this.shape = shape;
    this.classes = classes;
    this.layers = List.of(layers);
  }

  /** The layers up to the logits; a softmax of them is the prediction, their cross-entropy the loss. */
  public <T> T build(Layer.Builder<T> engine, T x) {
    T value = x;
    for (Layer layer : layers) {
      value = layer.build(engine, value);
    }
    return value;
  }

  /** The shape of {@code rows} examples, rows first. */
  public long[] shape(int rows) {
    long[] whole = new long[shape.length + 1];
    whole[0] = rows;
    for (int i = 0; i < shape.length; i++) {
      whole[i + 1] = shape[i];
    }
    return whole;
  }

  /** Numbers of one example. */
  public int inputs() {
    int product = 1;
    for (int size : shape) {
      product *= size;
    }
    return product;
  }

  /** Operations of the contractions of a prediction. */
  public long operations() {
    return layers.stream().mapToLong(Layer::operations).sum();
  }

  /**
   * Operations of the contractions of a training step for one example: forward, the gradients by the
   * weights, and those by the inputs of all layers but the first, which nobody needs.
   */
  public long trainingOperations() {
    return 3 * operations() - inputGradientOfFirst();
  }

  /** A recurrence needs the gradient by its own state, but not by its input. */
  private long inputGradientOfFirst() {
    Layer first = layers.get(0);
    if (first instanceof Layer.Recurrent r) {
      return 2L * r.steps() * r.gates() * r.hidden() * r.in();
    }
    return first.operations();
  }

  /** Rows of random numbers between 0 and 1, the same at each call. */
  public float[] examples(int rows) {
    Random random = new Random(7);
    float[] examples = new float[rows * inputs()];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = random.nextFloat();
    }
    return examples;
  }

  /** Random classes for as many rows. */
  public int[] labels(int rows) {
    Random random = new Random(11);
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = random.nextInt(classes);
    }
    return labels;
  }
}
