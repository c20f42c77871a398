package netc.bench;

import bench.DeepMlp;
import bench.Encoder;
import bench.Gru;
import bench.LeNet;
import bench.Lstm;
import bench.Mlp;
import bench.MobileNetV2;
import bench.ResNet18;
import bench.Tiny;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import netc.data.Dataset;
import netc.runtime.FloatNetwork;
import netc.runtime.Tensor;
import netc.train.Adam;
import netc.train.Length;
import netc.train.Sgd;
import netc.train.TrainSettings;
import netc.train.Trainer;

/** The generated classes, called by their typed methods. */
public final class NetcEngine implements Engine {
  private static final long SEED = 1;
  private static final String SINGLE = "large networks predict single examples";

  @Override
  public String version() {
    return "netc " + Mlp.COMPILER_VERSION;
  }

  /** The weights with which every engine starts. */
  public static Map<String, Tensor> weights(Workload workload) {
    FloatNetwork network =
        switch (workload) {
          case TINY -> Tiny.init(SEED);
          case MLP -> Mlp.init(SEED);
          case DEEP_MLP -> DeepMlp.init(SEED);
          case LENET -> LeNet.init(SEED);
          case GRU -> Gru.init(SEED);
          case LSTM -> Lstm.init(SEED);
          case RESNET18 -> ResNet18.init(SEED);
          case MOBILENET -> MobileNetV2.init(SEED);
          case ENCODER -> Encoder.init(SEED);
        };
    Map<String, Tensor> weights = new LinkedHashMap<>(network.parameters());
    network.states().forEach((path, state) -> weights.put(path, statistics(path, state)));
    return weights;
  }

  /** Means around 0 and variances around 2, as a trained batch norm has some. */
  private static Tensor statistics(String path, Tensor state) {
    Random random = new Random(path.hashCode());
    float[] values = new float[state.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = path.endsWith("var") ? 1 + 2 * random.nextFloat() : random.nextFloat() - 0.5f;
    }
    return Tensor.of(values, state.shape());
  }

  @Override
  public Predictor predictor(Workload workload, Map<String, Tensor> weights, int threads) {
    return switch (workload) {
      case TINY -> Tiny.init(SEED).withParameters(weights)::p;
      case MLP -> Mlp.init(SEED).withParameters(weights)::p;
      case DEEP_MLP -> DeepMlp.init(SEED).withParameters(weights)::p;
      case LENET -> LeNet.init(SEED).withParameters(weights)::p;
      case GRU -> Gru.init(SEED).withParameters(weights)::p;
      case LSTM -> Lstm.init(SEED).withParameters(weights)::p;
      case RESNET18 -> ResNet18.init(SEED).withParameters(weights)::p;
      case MOBILENET -> MobileNetV2.init(SEED).withParameters(weights)::p;
      case ENCODER -> Encoder.init(SEED).withParameters(weights)::p;
    };
  }

  /** netc predicts on the caller's thread; an application that has several gives each a part of the rows. */
  @Override
  public BatchPredictor batchPredictor(
      Workload workload, Map<String, Tensor> weights, int rows, int threads) {
    IntFunction<BatchPredictor> network = batchPredictors(workload, weights);
    return threads == 1
        ? network.apply(rows)
        : new SharedRows(network, rows, workload.inputs(), workload.outputs, threads);
  }

  /** Predictors by their number of rows, each with a workspace of its own, all of one network. */
  private static IntFunction<BatchPredictor> batchPredictors(
      Workload workload, Map<String, Tensor> weights) {
    return switch (workload) {
      case TINY -> {
        Tiny net = Tiny.init(SEED).withParameters(weights);
        yield rows -> {
          Tiny.Workspace workspace = net.workspace(rows);
          return (x, p) -> net.p(workspace, x, rows, p);
        };
      }
      case MLP -> {
        Mlp net = Mlp.init(SEED).withParameters(weights);
        yield rows -> {
          Mlp.Workspace workspace = net.workspace(rows);
          return (x, p) -> net.p(workspace, x, rows, p);
        };
      }
      case DEEP_MLP -> {
        DeepMlp net = DeepMlp.init(SEED).withParameters(weights);
        yield rows -> {
          DeepMlp.Workspace workspace = net.workspace(rows);
          return (x, p) -> net.p(workspace, x, rows, p);
        };
      }
      case LENET -> {
        LeNet net = LeNet.init(SEED).withParameters(weights);
        yield rows -> {
          LeNet.Workspace workspace = net.workspace(rows);
          return (x, p) -> net.p(workspace, x, rows, p);
        };
      }
      case GRU -> {
        Gru net = Gru.init(SEED).withParameters(weights);
        yield rows -> {
          Gru.Workspace workspace = net.workspace(rows);
          return (x, p) -> net.p(workspace, x, rows, p);
        };
      }
      case LSTM -> {
        Lstm net = Lstm.init(SEED).withParameters(weights);
        yield rows -> {
          Lstm.Workspace workspace = net.workspace(rows);
          return (x, p) -> net.p(workspace, x, rows, p);
        };
      }
      case RESNET18, MOBILENET, ENCODER -> throw new UnsupportedOperationException(SINGLE);
    };
  }

  @Override
  public Learner learner(
      Workload workload, Map<String, Tensor> weights, float[] examples, int[] labels, int threads) {
    TrainSettings settings =
        settings(workload.optimizer)
            .batchSize(workload.batch)
            .threads(threads)
            .shuffle(false);
    Trainer<? extends FloatNetwork> trainer =
        switch (workload) {
          case TINY -> Tiny.init(SEED).withParameters(weights).trainer(settings);
          case MLP -> Mlp.init(SEED).withParameters(weights).trainer(settings);
          case DEEP_MLP -> DeepMlp.init(SEED).withParameters(weights).trainer(settings);
          case LENET -> LeNet.init(SEED).withParameters(weights).trainer(settings);
          case GRU -> Gru.init(SEED).withParameters(weights).trainer(settings);
          case LSTM -> Lstm.init(SEED).withParameters(weights).trainer(settings);
          case RESNET18, MOBILENET, ENCODER -> throw new UnsupportedOperationException(SINGLE);
        };
    int[] shape = new int[workload.shape(labels.length).length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = (int) workload.shape(labels.length)[i];
    }
    Dataset data =
        Dataset.of(
            Map.of("x", Tensor.of(examples, shape), "y", Tensor.of(labels, labels.length)));
    return new Learner() {
      @Override
      public void epoch() {
        trainer.fit(data, Length.epochs(1));
      }

      @Override
      public Map<String, float[]> weights() {
        Map<String, float[]> now = new LinkedHashMap<>();
        trainer.network().parameters().forEach((path, tensor) -> now.put(path, tensor.floats()));
        return now;
      }
    };
  }

  private static TrainSettings settings(Workload.Optimizer optimizer) {
    return switch (optimizer) {
      case SGD -> Sgd.rate(optimizer.rate);
      case MOMENTUM ->
          TrainSettings.defaults().optimizer(Sgd.rule(optimizer.rate).with("momentum", 0.9));
      case ADAM -> Adam.rate(optimizer.rate);
    };
  }
}
