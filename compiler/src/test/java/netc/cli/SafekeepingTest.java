package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import netc.CompileOptions;
import netc.LoadedNet;
import netc.Netc;
import netc.data.Dataset;
import netc.io.Checkpoint;
import netc.runtime.Tensor;
import netc.source.SourceFile;
import netc.train.Sgd;
import netc.train.TrainListener;
import netc.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafekeepingTest {
  private static final LoadedNet NET =
      Netc.compile(
              new SourceFile(
                  "line.net",
                  "net Line {\n input x\n target y\n param w ~ zeros\n loss l = (w*x - y)^2\n}\n"),
              CompileOptions.DEFAULT)
          .nets()
          .getFirst()
          .load();

  @TempDir Path folder;
  private final StringWriter told = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(new StringWriter()), new PrintWriter(told, true), false, false);

  /** Twenty steps of ten seconds each; what lay in the file after each step, as steps done. */
  private List<String> train(Path file, Safekeeping[] made) {
    var clock = new AtomicLong();
    var seen = new ArrayList<String>();
    try (var interruption = new Interruption()) {
      var safekeeping = new Safekeeping(file, interruption, console, clock::get);
      made[0] = safekeeping;
      var before =
          new TrainListener() {
            @Override
            public void step(Step step) {
              clock.addAndGet(10_000_000_000L);
            }
          };
      var after =
          new TrainListener() {
            @Override
            public void step(Step step) {
              seen.add(
                  Files.exists(file)
                      ? Checkpoint.read(file, NET.metadata()).provenance().get("train.steps_done")
                      : "-");
            }
          };
      var settings = Sgd.rate(0.01).batchSize(1).steps(20).threads(1);
      var trainer =
          new Trainer<>(
              NET.init(1), settings.listener(before).listener(safekeeping).listener(after));
      safekeeping.watch(trainer);
      trainer.fit(
          Dataset.of(
              Map.of("x", Tensor.of(new float[] {1, 2}, 2), "y", Tensor.of(new float[] {2, 4}, 2))));
    }
    return seen;
  }

  @Test
  void onceAMinuteWhatWasReachedIsInAFile() {
    Path file = folder.resolve("line.interrupted.safetensors");
    var made = new Safekeeping[1];
    List<String> seen = train(file, made);
    assertEquals(List.of("-", "-", "-", "-", "-", "6", "6"), seen.subList(0, 7));
    assertEquals(List.of("6", "12", "12", "12", "12", "12", "12", "18"), seen.subList(10, 18));
    assertTrue(made[0].hasWritten());
    made[0].discard();
    assertFalse(Files.exists(file));
    assertEquals("", told.toString());
  }

  @Test
  void aTrainingThatCannotBeSavedGoesOn() {
    Path file = folder.resolve("none/line.interrupted.safetensors");
    var made = new Safekeeping[1];
    assertEquals(20, train(file, made).size());
    assertFalse(made[0].hasWritten());
    assertEquals(1, told.toString().lines().count());
    assertTrue(told.toString().contains("the training goes on without saving in between"));
  }
}
