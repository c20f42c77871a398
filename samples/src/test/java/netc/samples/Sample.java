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
record Sample(String file, String measure, Promise promise, double bound) {

  /** On which side of the bound the measure lies. */
  enum Promise {
    AT_LEAST,
    AT_MOST
  }

  /** All samples whose data are in the repository. */
  static final List<Sample> ALL =
      List.of(
          new Sample("lesson/lesson.net", "correct", Promise.AT_LEAST, 1),
          new Sample("xor/xor.net", "correct", Promise.AT_LEAST, 1),
          new Sample("iris/iris.net", "accuracy", Promise.AT_LEAST, 0.93),
          new Sample("digits/digits.net", "accuracy", Promise.AT_LEAST, 0.97),
          new Sample("diabetes/diabetes.net", "rmse", Promise.AT_MOST, 56),
          new Sample("breast_cancer/logistic.net", "accuracy", Promise.AT_LEAST, 0.95),
          new Sample("autoencoder/autoencoder.net", "rmse", Promise.AT_MOST, 0.145),
          new Sample("recommender/recommender.net", "rmse", Promise.AT_MOST, 0.65));

  /** The samples on Fashion-MNIST, which is installed or not. */
  static final List<Sample> FASHION =
      List.of(
          new Sample("fashion/mlp.net", "accuracy", Promise.AT_LEAST, 0.865),
          new Sample("fashion/lenet.net", "accuracy", Promise.AT_LEAST, 0.87));

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
  double train(TrainSettings settings, int rows) {
    LoadedNet loaded = compile(Precision.F32).load();
    Splits splits = data(loaded.metadata());
    var trainer = new Trainer<Network>(loaded.init(seed(loaded.metadata())), settings);
    Dataset all = splits.train();
    trainer.fit(all.rows() <= rows ? all : all.select(IntStream.range(0, rows).toArray()));
    Dataset kept = splits.test().orElse(all);
    Evaluation evaluation = trainer.network().evaluate(kept.tensors(), kept.rows());
    return evaluation.metrics().get(measure);
  }

  void assertKept(double value) {
    boolean kept = promise == Promise.AT_LEAST ? value >= bound : value <= bound;
    assertTrue(kept, () -> file + ": " + measure + " is " + value + ", promised was " + bound);
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
