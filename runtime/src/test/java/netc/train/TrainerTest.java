package netc.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import netc.data.Dataset;
import netc.io.Checkpoint;
import netc.runtime.Lesson.Net32;
import netc.runtime.Lesson.Net64;
import netc.runtime.Network;
import netc.runtime.RandomStream;
import netc.runtime.Rule;
import netc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  @TempDir Path folder;

  /** Two classes on either side of a plane far from the origin, so that {@code fit mu} matters. */
  private static Dataset data(int rows, long seed) {
    var random = new RandomStream(seed, "points");
    float[] x = new float[3 * rows];
    int[] c = new int[rows];
    float[] y = new float[2 * rows];
    for (int i = 0; i < rows; i++) {
      double side = 0;
      for (int k = 0; k < 3; k++) {
        double value = random.normal(3L * i + k);
        side += value;
        x[3 * i + k] = (float) (value + 5);
      }
      c[i] = i % 4;
      y[2 * i] = side > 0 ? 1 : 0;
      y[2 * i + 1] = 1 - y[2 * i];
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("x", Tensor.of(x, rows, 3));
    tensors.put("c", Tensor.of(c, rows));
    tensors.put("y", Tensor.of(y, rows, 2));
    return Dataset.of(tensors);
  }

  private static TrainSettings settings() {
    return Adam.rate(0.05).seed(7).batchSize(50).epochs(12).threads(1);
  }

  @Test
  void trainingFindsThePlane() {
    Dataset test = data(300, 2);
    for (Network network : List.of(Net32.init(1), Net64.init(1))) {
      double before = network.evaluate(test.tensors(), 300).metrics().get("correct");
      var trainer = new Trainer<>(network, settings());
      TrainReport report = trainer.fit(data(1000, 1));
      Network better = trainer.network();
      double after = better.evaluate(test.tensors(), 300).metrics().get("correct");
      assertTrue(after > 0.97 && before < 0.9, before + " → " + after);
      assertEquals(12 * 20, report.steps());
      assertEquals(5, better.state("mu").get(0), 0.2);
      assertNotSame(network, better);
      assertEquals(0, network.state("mu").get(0), "the first network is as it was");
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() throws InterruptedException {
    Dataset data = data(997, 1);
    List<TrainSettings> ways = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3, 8}) {
      ways.add(settings().threads(threads));
    }
    var executor = Executors.newFixedThreadPool(3);
    ways.add(settings().executor(executor, 4));
    List<Map<String, Tensor>> results = new ArrayList<>();
    for (TrainSettings way : ways) {
      var trainer = new Trainer<>(Net32.init(1), way.clipNorm(0.5));
      trainer.fit(data, Length.epochs(3));
      results.add(trainer.network().parameters());
    }
    for (Map<String, Tensor> result : results) {
      assertEquals(results.get(0), result);
    }
    assertFalse(executor.isShutdown());
    executor.shutdown();
    assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
    boolean running =
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().startsWith("netc-train"));
    assertFalse(running, "own threads end with fit");
  }

  @Test
  void theSeedDecidesTheOrder() {
    var first = new Trainer<>(Net32.init(1), settings());
    first.fit(data(200, 1), Length.epochs(1));
    var second = new Trainer<>(Net32.init(1), settings().seed(8));
    second.fit(data(200, 1), Length.epochs(1));
    assertNotEquals(first.network().parameters(), second.network().parameters());
  }

  @Test
  void aSelectionTrainsAsItsCopyDoes() {
    Dataset all = data(300, 1);
    int[] rows = new RandomStream(1, "select").permutation(300);
    Dataset view = all.select(java.util.Arrays.copyOf(rows, 100));
    Dataset copy = Dataset.of(view.tensors());
    var first = new Trainer<>(Net32.init(1), settings());
    first.fit(view);
    var second = new Trainer<>(Net32.init(1), settings());
    second.fit(copy);
    assertEquals(first.network().parameters(), second.network().parameters());
  }

  @Test
  void fittedStatesStayWhenWeightsWereTrainedBefore() {
    var trainer = new Trainer<>(Net32.init(1), settings());
    trainer.fit(data(200, 1), Length.epochs(1));
    Net32 trained = trainer.network();
    var next = new Trainer<>(trained, settings());
    next.fit(data(50, 9), Length.epochs(1));
    assertEquals(trained.states(), next.network().states());
    var anew = new Trainer<>(trained, settings().fitStates(true));
    anew.fit(data(50, 9), Length.epochs(1));
    assertNotEquals(trained.states(), anew.network().states());
  }

  @Test
  void oneStepOfGradientDescentFollowsTheFormula() {
    Net64 net = Net64.init(4);
    Dataset data = data(10, 3);
    Map<String, Tensor> slopes = net.gradients(data.tensors(), 10).parameters();
    var trainer =
        new Trainer<>(net, Sgd.rate(0.1).batchSize(10).threads(1).fitStates(false));
    trainer.fit(data, Length.steps(1));
    for (String path : slopes.keySet()) {
      for (int i = 0; i < slopes.get(path).elements(); i++) {
        double expected = net.parameter(path).get(i) - 0.1 * slopes.get(path).get(i);
        assertEquals(expected, trainer.network().parameter(path).get(i), 1e-12);
      }
    }
  }

  @Test
  void clippingBoundsTheStep() {
    Net64 net = Net64.init(4);
    for (String limit : List.of("clip_norm", "clip_value")) {
      var settings = Sgd.rate(1).batchSize(10).threads(1).fitStates(false);
      settings = limit.equals("clip_norm") ? settings.clipNorm(1e-3) : settings.clipValue(1e-3);
      var trainer = new Trainer<>(net, settings);
      trainer.fit(data(10, 3), Length.steps(1));
      double square = 0;
      double most = 0;
      for (String path : net.parameters().keySet()) {
        for (int i = 0; i < net.parameter(path).elements(); i++) {
          double moved = trainer.network().parameter(path).get(i) - net.parameter(path).get(i);
          square += moved * moved;
          most = Math.max(most, Math.abs(moved));
        }
      }
      double found = limit.equals("clip_norm") ? Math.sqrt(square) : most;
      assertEquals(1e-3, found, limit.equals("clip_norm") ? 1e-7 : 1e-15, limit);
    }
  }

  @Test
  void earlyStoppingKeepsTheBest() {
    var told = new ArrayList<TrainListener.Epoch>();
    Path file = folder.resolve("best.safetensors");
    var settings =
        settings()
            .earlyStop(3, "correct", true, 0)
            .keepBest(file)
            .listener(
                new TrainListener() {
                  @Override
                  public void epoch(Epoch epoch) {
                    told.add(epoch);
                  }
                });
    var trainer = new Trainer<>(Net32.init(1), settings);
    Dataset valid = data(200, 2);
    TrainReport report = trainer.fit(data(1000, 1), Optional.of(valid), Length.epochs(200));
    assertTrue(report.stoppedEarly());
    assertEquals(report.epochs(), told.size());
    assertEquals(report.bestEpoch() + 3, report.epochs());
    double best = told.get(report.bestEpoch() - 1).validation().get().metrics().get("correct");
    assertEquals(best, trainer.best().evaluate(valid.tensors(), 200).metrics().get("correct"));
    Net32 loaded = new Net32(Checkpoint.load(file, trainer.network().metadata()));
    assertEquals(trainer.best().parameters(), loaded.parameters());
  }

  @Test
  void aLossThatIsNoNumberStopsTraining() {
    Net32 net = Net32.init(1);
    Dataset data = data(20, 1);
    var tensors = new LinkedHashMap<>(data.tensors());
    float[] x = data.tensor("x").floats();
    x[3] = Float.NaN;
    tensors.put("x", Tensor.of(x, 20, 3));
    var trainer = new Trainer<>(net, settings().fitStates(false));
    String message =
        assertThrows(TrainingException.class, () -> trainer.fit(Dataset.of(tensors))).getMessage();
    assertTrue(
        message.startsWith("demo.Lesson: the loss became NaN in epoch 1, step 1;"), message);
    assertEquals(net.parameters(), trainer.network().parameters());
  }

  @Test
  void schedulesFollowTheirFormulas() {
    Rule cosine = Schedule.cosine(10, 0);
    assertEquals(0.1, Schedule.factor(cosine, 0, 0, 110), 1e-12);
    assertEquals(1, Schedule.factor(cosine, 10, 0, 110), 1e-12);
    assertEquals(0.5, Schedule.factor(cosine, 60, 0, 110), 1e-12);
    assertEquals(0, Schedule.factor(cosine, 110, 0, 110), 1e-12);
    assertEquals(0.01, Schedule.factor(Schedule.step(3, 0.1), 0, 7, 99), 1e-12);
    assertEquals(0.81, Schedule.factor(Schedule.exponential(0.9), 0, 2, 99), 1e-12);
    assertEquals(0.55, Schedule.factor(Schedule.linear(0, 0.1), 50, 0, 100), 1e-12);
    assertEquals(0.6, Schedule.factor(Schedule.constant(5), 2, 0, 100), 1e-12);
    assertEquals(1, Schedule.factor(Schedule.constant(0), 50, 0, 100));
  }

  @Test
  void aPlateauLowersTheRate() {
    List<Double> rates = new ArrayList<>();
    var settings =
        Sgd.rate(1e-12) // nothing improves by so little that it shows
            .threads(1)
            .schedule(Schedule.plateau(2, 0.5, "correct", true))
            .listener(
                new TrainListener() {
                  @Override
                  public void epoch(Epoch epoch) {
                    rates.add(epoch.rate() / 1e-12);
                  }
                });
    new Trainer<>(Net32.init(1), settings).fit(data(60, 1), Length.epochs(8));
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.25), rates);
  }

  @Test
  void wrongSettingsAreExplained() {
    TrainSettings settings = TrainSettings.defaults();
    assertThrows(IllegalArgumentException.class, () -> settings.batchSize(0));
    assertThrows(IllegalArgumentException.class, () -> settings.clipNorm(-1));
    assertSetting(settings.optimizer(Rule.of("adm", "lr", 1)), "there is no optimizer `adm`; did you");
    assertSetting(settings.earlyStop(3, "corect", true, 0), "there is no metric `corect`; did you");
    assertSetting(
        settings.schedule(Schedule.plateau(3, 0.5, "corect", true)), "there is no metric `corect`");
  }

  private static void assertSetting(TrainSettings settings, String expected) {
    String message =
        assertThrows(TrainingException.class, () -> new Trainer<>(Net32.init(1), settings))
            .getMessage();
    assertTrue(message.startsWith(expected), message);
  }
}
