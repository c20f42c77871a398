package netc.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as processes of their own: standard streams, exit codes, signals. */
class ProcessTest {
  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void lay() {
    bench = new Bench(folder).withIris();
  }

  private Process start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  private Process start(List<String> options, String... arguments) throws IOException {
    String path = System.getProperty("jdk.module.path", "");
    String classes = System.getProperty("java.class.path") + java.io.File.pathSeparator + path;
    var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-cp", classes));
    command.addAll(options);
    command.add("netc.cli.Main");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(bench.path("out").toFile())
        .redirectError(bench.path("err").toFile())
        .start();
  }

  private int end(Process process) throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end: " + bench.text("err"));
    }
    return process.exitValue();
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    return end(start(arguments));
  }

  /** What NETC_JAVA_OPTS may ask for in vain. */
  @Test
  void aFlavourThatIsNotThereIsAMistakeOfTheCommand() throws IOException, InterruptedException {
    assertEquals(2, end(start(List.of("-Dnetc.flavour=vectr"), "check", "iris.net")));
    assertEquals(
        "error: -Dnetc.flavour=vectr: there is no flavour `vectr`; did you mean `vector`? (there are: vector,"
            + " portable; left out, what suits the JVM)\n",
        bench.text("err"));
    assertEquals(2, end(start(List.of("-Dnetc.flavour=vector"), "check", "iris.net")));
    String said = bench.text("err");
    assertTrue(said.startsWith("error: -Dnetc.flavour=vector: vectors need the module"), said);
    assertEquals(0, end(start(List.of("-Dnetc.flavour=portable"), "check", "iris.net")), () -> bench.text("err"));
  }

  @Test
  void trainEvaluatePredict() throws IOException, InterruptedException {
    assertEquals(0, run("train", "iris.net", "--epochs", "40"), () -> bench.text("err"));
    assertTrue(bench.text("out").endsWith("weights in iris.safetensors\n"), bench.text("out"));
    assertEquals(0, run("eval", "iris.net"), () -> bench.text("err"));
    Process predict = start("predict", "iris.net", "-");
    try (var in = predict.getOutputStream()) {
      in.write(bench.bytes("iris.csv"));
    }
    assertEquals(0, end(predict), () -> bench.text("err"));
    assertEquals("", bench.text("err"));
    assertTrue(bench.text("out").startsWith("p[setosa],p[versicolor],p[virginica],y\n"));
    assertEquals(1, run("train", "none.net"));
    assertEquals("error: there is no file none.net\n", bench.text("err"));
    assertEquals(2, run("train", "iris.net", "--epochs"));
  }

  @Test
  void theEndOfTheProcessKeepsOldWeightsAndSavesWhatWasReached()
      throws IOException, InterruptedException {
    bench.run("train", "@iris.net", "--epochs", "1").succeeds();
    byte[] before = bench.bytes("iris.safetensors");
    Process training = start("train", "iris.net", "--epochs", "1000000000", "--threads", "2");
    long limit = System.nanoTime() + 120_000_000_000L;
    while (!bench.text("err").contains("epoch 1/")) {
      assertTrue(training.isAlive() && System.nanoTime() < limit, () -> bench.text("err"));
      Thread.sleep(50);
    }
    training.destroy(); // the same road as Ctrl-C, which a test runner may have switched off
    assertEquals(143, end(training));
    assertTrue(
        bench.text("err").contains(
            "it is saved as iris.interrupted.safetensors (go on with --weights), and iris.safetensors is"
                + " as it was"),
        bench.text("err"));
    assertArrayEquals(before, bench.bytes("iris.safetensors"));
    bench.run("eval", "@iris.net", "--weights", "@iris.interrupted.safetensors").succeeds();
    assertTrue(bench.files().stream().noneMatch(name -> name.endsWith(".tmp")));
    Path left = bench.path("iris.interrupted.safetensors");
    String note = "to go on from there, add --weights " + left;
    assertTrue(bench.run("train", "@iris.net", "--epochs", "1").succeeds().err().contains(note));
    Bench.Run onward = bench.run("train", "@iris.net", "--epochs", "1", "--weights", left.toString());
    assertFalse(onward.succeeds().err().contains(note), onward.err());
  }

  @Test
  void aFullOutputIsAnError() throws IOException, InterruptedException {
    bench.run("train", "@iris.net", "--epochs", "1").succeeds();
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
    Process process = start("predict", "iris.net", "-o", "/dev/full");
    assertEquals(1, end(process));
    assertEquals(
        "error: cannot write /dev/full: No space left on device; what was there before is unchanged\n",
        new String(bench.bytes("err"), StandardCharsets.UTF_8));
  }
}
