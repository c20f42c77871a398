package netc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.LoadedNet;
import netc.Netc;
import netc.data.DataSpec;
import netc.data.Dataset;
import netc.data.Splits;
import netc.runtime.Evaluation;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.source.SourceFile;
import netc.train.TrainSettings;
import netc.train.Trainer;

/** One {@code .net} file of this folder, with what its README promises. */
record Sample(String file, List<Promise> promises) {

  /**
   * A bound that a training keeps.
   *
   * @param measure a metric, or {@code loss}
   */
  record Promise(String measure, Side side, double bound) {

    /** On which side of the bound the measure lies. */
    enum Side {
      AT_LEAST,
      AT_MOST
    }

    boolean isKept(double value) {
      return side == Side.AT_LEAST ? value >= bound : value <= bound;
    }
  }

  /** All samples whose data are in the repository. */
  static final List<Sample> ALL =
      List.of(
          of("lesson/lesson.net", atLeast("correct", 1)),
          of("xor/xor.net", atLeast("correct", 1)),
          of("iris/iris.net", atLeast("accuracy", 0.93)),
          of("digits/digits.net", atLeast("accuracy", 0.97)),
          of("diabetes/diabetes.net", atMost("rmse", 56)),
          of("breast_cancer/logistic.net", atLeast("accuracy", 0.95)),
          of("autoencoder/autoencoder.net", atMost("rmse", 0.145)),
          of("recommender/recommender.net", atMost("rmse", 0.65)),
          of("char_lstm/char_lstm.net", atMost("bpc", 2.95)),
          of("tiny_gpt/tiny_gpt.net", atMost("bpc", 3.1)),
          of("vae/vae.net", atMost("loss", 25)),
          of("resnet/resnet8.net", atLeast("accuracy", 0.97)),
          of("burgers/burgers.net", atMost("error", 0.004), atMost("pde", 5e-4)),
          of("two_towers/two_towers.net", atLeast("top1", 0.5)));

  /** The samples on Fashion-MNIST, which is installed or not. */
  static final List<Sample> FASHION =
      List.of(
          of("fashion/mlp.net", atLeast("accuracy", 0.865)),
          of("fashion/lenet.net", atLeast("accuracy", 0.87)));

  private static Sample of(String file, Promise... promises) {
    return new Sample(file, List.of(promises));
  }

  private static Promise atLeast(String measure, double bound) {
    return new Promise(measure, Promise.Side.AT_LEAST, bound);
  }

  private static Promise atMost(String measure, double bound) {
    return new Promise(measure, Promise.Side.AT_MOST, bound);
  }

  /** The sample of a file. */
  static Sample named(String file) {
    return ALL.stream().filter(sample -> sample.file.equals(file)).findFirst().orElseThrow();
  }

  Path path() {
    return Path.of("").toAbsolutePath().resolve(file);
  }

  /** Compiles without any message, not even a warning. */
  CompiledNet compile(Precision precision) {
    var result =
        Netc.compile(
            SourceFile.read(path()), CompileOptions.DEFAULT.withPrecision(precision).inspecting());
    assertEquals(List.of(), result.diagnostics());
    assertEquals(1, result.nets().size());
    return result.nets().getFirst();
  }

  Splits data(Metadata metadata) {
    return DataSpec.of(metadata).load(path().getParent(), seed(metadata));
  }

  /**
   * Trains as {@code netc train} does, but with so many rows at most, and measures the rows kept aside
   * or, without such, all rows.
   */
  Evaluation train(TrainSettings settings, int rows) {
    LoadedNet loaded = compile(Precision.F32).load();
    Splits splits = data(loaded.metadata());
    var trainer = new Trainer<Network>(loaded.init(seed(loaded.metadata())), settings);
    Dataset all = splits.train();
    trainer.fit(all.rows() <= rows ? all : all.select(IntStream.range(0, rows).toArray()));
    Dataset kept = splits.test().orElse(all);
    return trainer.network().evaluate(kept.tensors(), kept.rows());
  }

  void assertKept(Evaluation evaluation) {
    for (Promise promise : promises) {
      double value = value(promise, evaluation);
      assertTrue(promise.isKept(value), () -> file + ": " + value + ", promised was " + promise);
    }
  }

  private static double value(Promise promise, Evaluation evaluation) {
    return promise.measure().equals("loss")
        ? evaluation.loss()
        : evaluation.metrics().get(promise.measure());
  }

  static boolean fashionIsInstalled() {
    return Files.exists(Path.of("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz"));
  }

  static long seed(Metadata metadata) {
    return TrainSettings.defaults().seed(metadata);
  }

  @Override
  public String toString() {
    return file;
  }
}
