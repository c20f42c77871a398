package netc.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netc.io.SafeTensors;
import netc.runtime.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code netc run}: the lesson against PyTorch, and everything that a file of tensors can get wrong. */
class RunCommandTest {
  private static final String MIXED =
      """
      package test
      net Mixed {
        input x[2]
        input kind : index(3)
        input on : bool
        target y : index(2)
        param E[3, 2] ~ normal(0, 1)
        param unused_here[2] ~ zeros
        state shift[2] ~ zeros
        h[j] = E[kind, j] * x[j] + shift[j] + (if on then 1 else 0)
        output h
        output top = argmax[j] h[j]
        loss ce = cross_entropy(h, y)
        penalty small = 0.5 * sum[j] unused_here[j]^2
      }
      """;

  @TempDir private Path folder;
  private Path lesson;
  private Path tensors;

  @BeforeEach
  void copyLesson() {
    lesson = Cli.copy("lesson.net", folder);
    tensors = Cli.copy("lesson.safetensors", folder);
  }

  private Path write(String name, Map<String, Tensor> content) {
    Path file = folder.resolve(name);
    SafeTensors.write(file, content, Map.of());
    return file;
  }

  private Map<String, Tensor> lessonTensors() {
    return new LinkedHashMap<>(SafeTensors.read(tensors).tensors());
  }

  // ---------- the lesson ----------

  @ParameterizedTest
  @ValueSource(strings = {"--precision=f64", "--interpret"})
  void theLessonAgreesWithPyTorch(String how) {
    var run =
        Cli.run(
            "run", lesson, "--tensors", tensors, "--grad", how, "--compare", tensors, "--rtol", "1e-9");
    assertEquals(0, run.code(), run.err() + run.out());
    for (String name :
        List.of("out.z1", "out.a2", "loss", "grad.param.w1", "grad.param.w2", "grad.input.x")) {
      assertTrue(run.out().contains(name + " "), name + " was not compared:\n" + run.out());
    }
    assertTrue(run.out().contains("8 of 8 agree within 1.0E-9"), run.out());
  }

  @Test
  void aDifferenceIsFound() {
    Map<String, Tensor> wrong = lessonTensors();
    double[] gradient = wrong.get("grad.param.w2").doubles();
    gradient[5] += 1e-6;
    wrong.put("grad.param.w2", Tensor.of(gradient, 2, 4));
    Path expected = write("wrong.safetensors", wrong);
    var run =
        Cli.run(
            "run", lesson, "--tensors", tensors, "--grad", "--precision", "f64", "--compare", expected);
    assertEquals(1, run.code());
    assertTrue(run.out().contains("grad.param.w2  DIFFERS"), run.out());
    assertTrue(run.out().contains("at [1, 1]"), run.out());
    assertTrue(run.out().contains("7 of 8 agree"), run.out());
  }

  @Test
  void nothingInCommonIsNoAgreement() {
    Path expected = write("other.safetensors", Map.of("input.x", lessonTensors().get("input.x")));
    var run = Cli.run("run", lesson, "--tensors", tensors, "--compare", expected);
    assertEquals(1, run.code());
    assertTrue(run.out().contains("nothing to compare"), run.out());
  }

  @Test
  void otherShapesAreNoAgreement() {
    Map<String, Tensor> wrong = lessonTensors();
    wrong.put("out.a2", wrong.get("out.a1"));
    Path expected = write("wrong.safetensors", wrong);
    var run = Cli.run("run", lesson, "--tensors", tensors, "--compare", expected);
    assertEquals(1, run.code());
    assertTrue(run.out().contains("has shape [2], not [4]"), run.out());
  }

  @Test
  void resultsAreWrittenInTheFormOfTheInput() {
    Path single = folder.resolve("single.safetensors");
    assertEquals(
        0, Cli.run("run", lesson, "--tensors", tensors, "--grad", "-o", single).code());
    Map<String, Tensor> one = SafeTensors.read(single).tensors();
    assertEquals(
        Set.of(
            "out.z1", "out.a1", "out.z2", "out.a2", "loss", "loss.C0", "grad.param.w1",
            "grad.param.w2", "grad.input.x"),
        one.keySet());
    assertArrayEquals(new int[] {2}, one.get("out.a2").shape());
    assertArrayEquals(new int[] {3}, one.get("grad.input.x").shape());
    assertArrayEquals(new int[0], one.get("loss").shape());

    Map<String, Tensor> batch = lessonTensors();
    batch.put("input.x", Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3));
    batch.put("target.y", Tensor.of(new double[4], 2, 2));
    Path two = folder.resolve("two.safetensors");
    Path in = write("batch.safetensors", batch);
    assertEquals(0, Cli.run("run", lesson, "--tensors", in, "--grad", "-o", two).code());
    assertArrayEquals(new int[] {2, 2}, SafeTensors.read(two).tensors().get("out.a2").shape());
  }

  @Test
  void theSameRowTwiceHasTheSameMeanLoss() {
    Map<String, Tensor> batch = lessonTensors();
    double[] x = batch.get("input.x").doubles();
    double[] y = batch.get("target.y").doubles();
    batch.put("input.x", Tensor.of(new double[] {x[0], x[1], x[2], x[0], x[1], x[2]}, 2, 3));
    batch.put("target.y", Tensor.of(new double[] {y[0], y[1], y[0], y[1]}, 2, 2));
    Map<String, Tensor> expected = new LinkedHashMap<>();
    for (String name : List.of("loss", "grad.param.w1", "grad.param.w2")) {
      expected.put(name, lessonTensors().get(name));
    }
    var run =
        Cli.run(
            "run", lesson, "--tensors", write("two.safetensors", batch), "--grad", "--precision", "f64",
            "--compare", write("expected.safetensors", expected));
    assertEquals(0, run.code(), run.out());
    assertTrue(run.out().contains("3 of 3 agree"), run.out());
  }

  @Test
  void bareNamesAndSeedsDo() {
    Map<String, Tensor> all = lessonTensors();
    Path bare =
        write("bare.safetensors", Map.of("x", all.get("input.x"), "w1", all.get("param.w1"), "w2", all.get("param.w2")));
    var one = Cli.run("run", lesson, "--tensors", bare);
    assertEquals(0, one.code(), one.err());
    assertEquals(Cli.run("run", lesson, "--tensors", tensors).out(), one.out());

    Path input = write("x.safetensors", Map.of("x", all.get("input.x")));
    var seeded = Cli.run("run", lesson, "--tensors", input, "--seed", "3");
    assertEquals(0, seeded.code(), seeded.err());
    assertEquals(seeded.out(), Cli.run("run", lesson, "--tensors", input, "--seed", "3").out());
    assertFalse(seeded.out().equals(Cli.run("run", lesson, "--tensors", input, "--seed", "4").out()));
  }

  @Test
  void jsonHasEveryElement() {
    var run = Cli.run("run", lesson, "--tensors", tensors, "--precision", "f64", "--json");
    var json = com.google.gson.JsonParser.parseString(run.out()).getAsJsonObject();
    var a2 = json.getAsJsonObject("tensors").getAsJsonObject("out.a2");
    double expected = lessonTensors().get("out.a2").get(1);
    assertEquals(expected, a2.getAsJsonArray("data").get(1).getAsDouble(), 1e-15);
  }

  // ---------- indices, truths, states, penalties ----------

  private Map<String, Tensor> mixedTensors() {
    var all = new LinkedHashMap<String, Tensor>();
    all.put("input.x", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    all.put("index.kind", Tensor.of(new long[] {2, 0}, 2));
    all.put("on", Tensor.of(new boolean[] {true, false}, 2));
    all.put("index.y", Tensor.of(new int[] {1, 0}, 2));
    all.put("param.E", Tensor.of(new float[] {1, -2, 0, 0, 3, 4}, 3, 2));
    all.put("unused_here", Tensor.of(new float[] {1, 2}, 2));
    all.put("state.shift", Tensor.of(new float[] {10, 20}, 2));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"--precision=f64", "--interpret"})
  void everyKindOfTensor(String how) {
    Path file = Cli.write(folder.resolve("mixed.net"), MIXED);
    Path in = write("mixed.safetensors", mixedTensors());
    Path out = folder.resolve("out.safetensors");
    var run = Cli.run("run", file, "--tensors", in, "--grad", how, "-o", out);
    assertEquals(0, run.code(), run.err());
    Map<String, Tensor> results = SafeTensors.read(out).tensors();
    assertEquals(Tensor.of(new double[] {14, 29, 13, 12}, 2, 2), results.get("out.h"));
    assertEquals(Tensor.of(new int[] {1, 0}, 2), results.get("out.top"));
    assertEquals(Tensor.of(new double[] {10, 20}, 2), results.get("state.shift"));
    double first = Math.log1p(Math.exp(14 - 29));
    double second = Math.log1p(Math.exp(12 - 13));
    assertEquals((first + second) / 2, results.get("loss.ce").get(0), 1e-12);
    assertEquals((first + second) / 2 + 2.5, results.get("loss").get(0), 1e-12);
    assertEquals(Tensor.of(new double[] {1, 2}, 2), results.get("grad.param.unused_here"));
    double share = 1 / (1 + Math.exp(1)); // of the wrong class in the second row
    assertEquals(-share * 3 / 2, results.get("grad.param.E").get(0), 1e-12);
    assertEquals(share * -2 / 2, results.get("grad.input.x").get(3), 1e-12);
  }

  @Test
  void whatTheModeDoesNotNeedIsLeftAside() {
    Path file = Cli.write(folder.resolve("mixed.net"), MIXED);
    Map<String, Tensor> few = mixedTensors();
    few.remove("index.y");
    few.remove("unused_here");
    few.put("loss.ce", Tensor.of(new float[] {7}));
    few.put("out.anything", Tensor.of(new float[] {7}, 1));
    few.put("bn.num_batches_tracked", Tensor.of(new long[] {7}));
    Path in = write("few.safetensors", few);
    assertEquals(0, Cli.run("run", file, "--tensors", in).code());
    var run = Cli.run("run", file, "--tensors", in, "--mode", "evaluate");
    assertEquals(1, run.code());
    assertTrue(run.err().contains("the file has no `target.y`, which is needed"), run.err());
    assertTrue(run.err().contains("the file has no `param.unused_here`"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--precision=f64", "--interpret"})
  void trainingUpdatesStatesAndDraws(String how) {
    Path file =
        Cli.write(
            folder.resolve("u.net"),
            """
            package t
            net U {
              input x
              param w ~ ones
              state seen ~ zeros
              sample e ~ normal(0, 1)
              y = if training then w*x + e else w*x
              output y
              loss l = y^2
              update seen = seen + sum[batch] x
            }
            """);
    var content = new LinkedHashMap<String, Tensor>();
    content.put("x", Tensor.of(new double[] {3, 4, 8}, 3));
    content.put("w", Tensor.of(new double[] {2}));
    content.put("seen", Tensor.of(new double[] {100}));
    Path in = write("u.safetensors", content);
    Path out = folder.resolve("out.safetensors");
    assertEquals(0, Cli.run("run", file, "--tensors", in, "--mode", "train", how, "-o", out).code());
    Map<String, Tensor> results = SafeTensors.read(out).tensors();
    assertEquals(115, results.get("state.seen").get(0));
    assertFalse(results.containsKey("grad.param.w"));
    var sample =
        new netc.runtime.Metadata.Sample(
            "e", netc.runtime.Metadata.Distribution.NORMAL, 0, 1, new int[0], 0);
    Tensor drawn = netc.runtime.Draws.tensor(sample, 0, 0, 3);
    assertEquals(16 + drawn.get(2), results.get("out.y").get(2), 1e-12);
    var evaluated = Cli.run("run", file, "--tensors", in, "--mode", "evaluate", how, "-o", out);
    assertEquals(0, evaluated.code(), evaluated.err());
    assertEquals((36 + 64 + 256) / 3.0, SafeTensors.read(out).tensors().get("loss").get(0), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--precision=f64", "--interpret"})
  void drawsFollowTheSeed(String how) {
    Path file =
        Cli.write(
            folder.resolve("d.net"),
            """
            package t
            net D {
              input x
              sample e ~ normal(0, 1)
              y = x + e
              output y
              loss l = y
            }
            """);
    Path in = write("d.safetensors", Map.of("x", Tensor.of(new double[] {3, 4, 8}, 3)));
    Path out = folder.resolve("d-out.safetensors");
    var sample =
        new netc.runtime.Metadata.Sample(
            "e", netc.runtime.Metadata.Distribution.NORMAL, 0, 1, new int[0], 0);
    for (long seed : new long[] {0, 7}) {
      Tensor drawn = netc.runtime.Draws.tensor(sample, seed, 0, 3);
      double mean = (15 + drawn.get(0) + drawn.get(1) + drawn.get(2)) / 3;
      for (String mode : new String[] {"predict", "evaluate", "train"}) {
        var run =
            Cli.run("run", file, "--tensors", in, "--mode", mode, "--seed", seed, how, "-o", out);
        assertEquals(0, run.code(), run.err());
        Map<String, Tensor> results = SafeTensors.read(out).tensors();
        assertEquals(8 + drawn.get(2), results.get("out.y").get(2), 1e-12, mode);
        if (!mode.equals("predict")) {
          assertEquals(mean, results.get("loss").get(0), 1e-12, mode);
        }
      }
    }
  }

  @Test
  void evaluatingIsDifferentiatedWithoutTraining() {
    Path file =
        Cli.write(
            folder.resolve("t.net"),
            "package t\nnet T { input x  param w ~ ones  y = if training then 5*w*x else w*x  output y  loss l = y }");
    Path in =
        write("t.safetensors", Map.of("x", Tensor.of(new float[] {3}), "w", Tensor.of(new float[] {2})));
    var evaluating = Cli.run("run", file, "--tensors", in, "--mode", "evaluate", "--grad");
    assertTrue(evaluating.out().contains("grad.param.w  F32  []  3.0"), evaluating.out());
    assertTrue(evaluating.out().contains("out.y         F32  []  6.0"), evaluating.out());
    var training = Cli.run("run", file, "--tensors", in, "--grad");
    assertTrue(training.out().contains("grad.param.w  F32  []  15.0"), training.out());
    assertTrue(training.out().contains("out.y         F32  []  30.0"), training.out());
  }

  // ---------- bad input ----------

  private void fails(String message, String net, Map<String, Tensor> content, Object... more) {
    fails(1, message, net, content, more);
  }

  private void fails(
      int code, String message, String net, Map<String, Tensor> content, Object... more) {
    Path file = Cli.write(folder.resolve("bad.net"), net);
    Object[] arguments = new Object[4 + more.length];
    arguments[0] = "run";
    arguments[1] = file;
    arguments[2] = "--tensors";
    arguments[3] = write("bad.safetensors", content);
    System.arraycopy(more, 0, arguments, 4, more.length);
    var run = Cli.run(arguments);
    assertEquals(code, run.code(), run.out() + run.err());
    assertTrue(run.err().contains(message), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          input.x     | x shape      | `x` has shape [2, 3], but one example of it is [2] and several are [rows, 2] (bad.net:3)
          input.x     | other rows   | not the same number of examples everywhere: `x` has 3, `kind` has 2, `on` has 2, `y` has 2
          input.x     | bool         | `x` has dtype BOOL, but takes numbers (bad.net:3)
          index.kind  | reals        | `kind` has dtype F32, but index(3) takes integers: I64, I32 or U8 (bad.net:4)
          index.kind  | too large    | `kind`: 3 in row 1 is not in 0..2 (bad.net:4)
          index.y     | negative     | `y`: -1 in row 0 is not in 0..1 (bad.net:6)
          on          | reals        | `on` has dtype F32, but takes truth values
          on          | two          | `on`: 2 is no truth value; 0 and 1 are
          param.E     | shape        | `E` has shape [2, 3], but the net's has [3, 2] (bad.net:7)
          param.E     | integers     | `E` has dtype I64, but a parameter or state is F32 or F64 (bad.net:7)
          """)
  void tensorsThatDoNotFit(String name, String how, String message) {
    Map<String, Tensor> content = mixedTensors();
    content.put(
        name,
        switch (how) {
          case "x shape" -> Tensor.of(new float[6], 2, 3);
          case "other rows" -> Tensor.of(new float[6], 3, 2);
          case "bool" -> Tensor.of(new boolean[4], 2, 2);
          case "reals" -> Tensor.of(new float[2], 2);
          case "too large" -> Tensor.of(new long[] {0, 3}, 2);
          case "negative" -> Tensor.of(new int[] {-1, 0}, 2);
          case "two" -> Tensor.of(new int[] {0, 2}, 2);
          case "shape" -> Tensor.of(new float[6], 2, 3);
          default -> Tensor.of(new long[6], 3, 2);
        });
    fails(message, MIXED, content, "--mode", "evaluate");
  }

  @Test
  void unknownAndMissingNamesAreListedWithBothSets() {
    Map<String, Tensor> content = mixedTensors();
    content.put("input.xx", content.remove("input.x"));
    Path file = Cli.write(folder.resolve("bad.net"), MIXED);
    var run = Cli.run("run", file, "--tensors", write("bad.safetensors", content));
    assertEquals(1, run.code());
    assertEquals(
        "error: " + folder.resolve("bad.safetensors")
            + """
               does not fit test.Mixed:
                the net has no `input.xx`; did you mean `input.x`?
                the file has no `input.x`, which is needed
                the net has: input.x, input.kind, input.on, target.y, param.E, param.unused_here, state.shift
                the file has: index.kind, on, index.y, param.E, unused_here, state.shift, input.xx
              """
                .replaceFirst("^", ""),
        run.err());
  }

  @Test
  void aNameGivenTwiceIsRefused() {
    Map<String, Tensor> content = mixedTensors();
    content.put("kind", content.get("index.kind"));
    fails("has `input.kind` twice: as `index.kind` and as `kind`", MIXED, content);
  }

  @Test
  void noRowsAreRefused() {
    Map<String, Tensor> content = mixedTensors();
    content.put("input.x", Tensor.of(new float[0], 0, 2));
    content.put("index.kind", Tensor.of(new int[0], 0));
    content.put("on", Tensor.of(new boolean[0], 0));
    content.put("index.y", Tensor.of(new int[0], 0));
    fails("there is no example in it", MIXED, content);
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(tensors);
    Path file = folder.resolve("damaged.safetensors");
    for (int length : new int[] {0, 7, 8, 100, whole.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      var run = Cli.run("run", lesson, "--tensors", file);
      assertEquals(1, run.code(), length + " bytes: " + run.err());
      assertTrue(run.err().startsWith("error: " + file), run.err());
      assertFalse(run.err().contains("\tat "), run.err());
    }
    whole[7] = (byte) 0x80; // a header of minus two to the 63
    Files.write(file, whole);
    assertTrue(Cli.run("run", lesson, "--tensors", file).err().contains("its header would be"));
  }

  @Test
  void missingFilesAndFormsAreNamed() {
    Path none = folder.resolve("none.safetensors");
    assertEquals(
        "error: cannot read " + none + ": there is no such file\n",
        Cli.run("run", lesson, "--tensors", none).err());
    assertEquals(
        "error: there is no file " + folder.resolve("none.net") + "\n",
        Cli.run("run", folder.resolve("none.net"), "--tensors", tensors).err());
    String noLoss = "package t\nnet T { input x  output y = x }";
    fails("net T has no loss, which --mode train computes", noLoss, Map.of("x", Tensor.of(new float[] {1})), "--grad");
    fails(2, "--set: ", noLoss, Map.of("x", Tensor.of(new float[] {1})), "--set", "width=3");
    fails(2, "--net: ", noLoss, Map.of("x", Tensor.of(new float[] {1})), "--net", "U");
  }

  @Test
  void badUsageIsNoBadInput() {
    assertEquals(2, Cli.run("run", lesson).code());
    assertEquals(2, Cli.run("run", lesson, "--tensors", tensors, "--seed", "1", "--weights", tensors).code());
    assertEquals(2, Cli.run("run", lesson, "--tensors", tensors, "--grad", "--mode", "predict").code());
    assertEquals(2, Cli.run("run", lesson, "--tensors", tensors, "--rtol", "1e-3").code());
    assertEquals(2, Cli.run("run", lesson, "--tensors", tensors, "--mode", "guess").code());
  }

  @Test
  void whatIsReadIsNeverReplaced() throws IOException {
    byte[] before = Files.readAllBytes(tensors);
    var run = Cli.run("run", lesson, "--tensors", tensors, "-o", tensors);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("the result would replace " + tensors), run.err());
    assertArrayEquals(before, Files.readAllBytes(tensors));
  }

  @Test
  void aTargetThatCannotBeWrittenIsNamed() {
    Path none = folder.resolve("none/out.safetensors");
    var run = Cli.run("run", lesson, "--tensors", tensors, "-o", none);
    assertEquals(1, run.code());
    assertTrue(run.err().contains("cannot write " + none + ": the folder"), run.err());
  }

  @Test
  void aFullDiskAndWeightsThatDoNotFitAreSaidSo() {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "a device of Linux");
    var run = Cli.run("run", lesson, "--tensors", tensors, "-o", full);
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("error: cannot write /dev/full: No space left on device"), run.err());
    var weights = Cli.run("run", lesson, "--tensors", tensors, "--weights", tensors);
    assertEquals(1, weights.code());
    assertTrue(weights.err().contains("`w1` is missing in the file"), weights.err());
  }
}
