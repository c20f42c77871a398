package netc.bench;

import java.util.List;
import java.util.Random;

/** What is computed: a network of {@code nets/nets.net} and the same layers for the peers. */
public enum Workload {
  TINY("4-16-3", 32, Optimizer.SGD, new int[] {4}, 3,
      List.of(dense("fc1", 4, 16), logits("fc2", 16, 3))),

  MLP("784-128-10", 32, Optimizer.SGD, new int[] {784}, 10,
      List.of(dense("fc1", 784, 128), logits("fc2", 128, 10))),

  DEEP_MLP("784-512-512-10", 128, Optimizer.ADAM, new int[] {784}, 10,
      List.of(dense("fc1", 784, 512), dense("fc2", 512, 512), logits("fc3", 512, 10))),

  LENET("LeNet-5", 64, Optimizer.MOMENTUM, new int[] {1, 28, 28}, 10,
      List.of(
          new Layer.Convolution("conv1", "", 1, 6, 5, 1, 2, 1, 28, Layer.Activation.RELU),
          new Layer.MaxPool(2, 2, 0),
          new Layer.Convolution("conv2", "", 6, 16, 5, 1, 0, 1, 14, Layer.Activation.RELU),
          new Layer.MaxPool(2, 2, 0),
          new Layer.Flatten(),
          dense("fc1", 400, 120),
          dense("fc2", 120, 84),
          logits("fc3", 84, 10))),

  GRU("GRU 32-64, 20 steps", 32, Optimizer.SGD, new int[] {20, 32}, 10,
      List.of(new Layer.Recurrent("rnn", false, 20, 32, 64), logits("fc", 64, 10))),

  LSTM("LSTM 32-64, 20 steps", 32, Optimizer.SGD, new int[] {20, 32}, 10,
      List.of(new Layer.Recurrent("rnn", true, 20, 32, 64), logits("fc", 64, 10))),

  RESNET18("ResNet-18, 224 x 224", new int[] {3, 224, 224}, 1000, LargeNets.resNet18()),

  MOBILENET("MobileNetV2, 224 x 224", new int[] {3, 224, 224}, 1000, LargeNets.mobileNetV2()),

  ENCODER("6 encoder layers, 128 x 384", new int[] {128, 384}, 128 * 384, LargeNets.encoder());

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

  /** Rows of a training step; 0 for a large network, which only predicts single examples. */
  public final int batch;

  public final Optimizer optimizer;

  /** Numbers of a prediction. */
  public final int outputs;

  private final int[] shape;
  private final List<Layer> layers;

  Workload(
      String label, int batch, Optimizer optimizer, int[] shape, int outputs, List<Layer> layers) {
    this.label = label;
    this.batch = batch;
    this.optimizer = optimizer;
    this.shape = shape;
    this.outputs = outputs;
    this.layers = layers;
  }

  Workload(String label, int[] shape, int outputs, List<Layer> layers) {
    this(label, 0, Optimizer.SGD, shape, outputs, layers);
  }

  private static Layer dense(String name, int in, int out) {
    return new Layer.Dense(name, in, out, Layer.Activation.RELU);
  }

  private static Layer logits(String name, int in, int out) {
    return new Layer.Dense(name, in, out, Layer.Activation.NONE);
  }

  /** Whether only single examples are predicted, without a softmax. */
  public boolean isLarge() {
    return batch == 0;
  }

  public boolean isRecurrent() {
    return layers.get(0) instanceof Layer.Recurrent;
  }

  public boolean isDense() {
    return layers.stream().allMatch(layer -> layer instanceof Layer.Dense);
  }

  /** The layers up to the logits; a softmax of them is the prediction, their cross-entropy the loss. */
  public <T> T build(Layer.Builder<T> engine, T x) {
    return Layer.build(layers, engine, x);
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

  /** The shape of the predictions of so many examples. */
  public long[] outputShape(int rows) {
    return this == ENCODER ? shape(rows) : new long[] {rows, outputs};
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
    return Layer.operations(layers);
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
      labels[i] = random.nextInt(outputs);
    }
    return labels;
  }
}
