package netc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import netc.runtime.Flavour;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench}: what it says, not how long anything takes. */
class BenchCommandTest {
  private static final Path ERRORS = Path.of("src/test/resources/netc/cli/bench/errors.txt");

  /** Inputs and outputs of every kind. */
  private static final String KINDS =
      """
      package demo
      net Kinds {
        input x[2]
        input n
        input flag : bool
        input word : index(7)
        target y : index(2)
        param w[7, 2] ~ normal(0, 1)
        z[i] = n * w[word, i] + x[i]
        output half = z[0] / 2
        output p[i in 2] = z[i]
        output best = argmax[i] z[i]
        output yes = flag
        output fixed[i in 2] = w[0, i]
        loss l = half^2 + (if y == 1 then 1 else 0)
        penalty small = 1e-3 * sum[i, k] w[i, k]^2
        train { batch_size = 5 }
      }
      """;

  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void lay() {
    bench = new Bench(folder).withIris().file("kinds.net", KINDS);
  }

  private Bench.Run quick(String... arguments) {
    var all = new ArrayList<>(List.of("bench"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--warm-up", "0", "--seconds", "0.001"));
    return bench.run(all.toArray(String[]::new));
  }

  private JsonObject json(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return JsonParser.parseString(quick(all.toArray(String[]::new)).succeeds().out()).getAsJsonObject();
  }

  @Test
  void oneExampleIsTimed() {
    List<String> lines = quick("@iris.net").succeeds().out().lines().toList();
    assertEquals(3, lines.size());
    assertEquals(PlanTable.head(), lines.get(0));
    String number = "[0-9,.]+";
    assertTrue(
        lines.get(1).matches(
            "demo\\.Iris, f32, output p of one example, plain loops(, since the form is tiny)?: " + number
                + " µs, " + number + " examples a second"),
        lines.get(1));
    assertTrue(
        lines.get(2).matches(
            "the median of 15 windows of " + number + " s \\(" + number + " to " + number
                + " µs\\), after a warm-up of " + number + " s, " + number + " calls?"),
        lines.get(2));
  }

  @Test
  void theWarmUpTakesAsLongAsAskedFor() {
    var run = bench.run("bench", "@iris.net", "--warm-up", "0.2", "--seconds", "0.01", "--json").succeeds();
    JsonObject data = JsonParser.parseString(run.out()).getAsJsonObject();
    double seconds = data.get("warm_up_seconds").getAsDouble();
    assertTrue(seconds >= 0.2, run.out());
    assertTrue(data.get("warm_up_calls").getAsLong() > 1, run.out());
  }

  @Test
  void figuresAsJson() {
    JsonObject data = json("@iris.net", "--batch", "40", "--precision", "f64");
    assertEquals("demo.Iris", data.get("net").getAsString());
    assertEquals("f64", data.get("precision").getAsString());
    assertEquals(Flavour.current().name().toLowerCase(), data.get("flavour").getAsString());
    assertEquals("output p of a batch of 40 examples", data.get("work").getAsString());
    assertEquals(40, data.get("rows").getAsInt());
    assertEquals(15, data.get("windows").getAsInt());
    double median = data.get("microseconds").getAsDouble();
    assertTrue(0 < median && data.get("microseconds_least").getAsDouble() <= median, data.toString());
    assertTrue(median <= data.get("microseconds_most").getAsDouble(), data.toString());
    assertEquals(40e6 / median, data.get("examples_per_second").getAsDouble(), 1e-6 * 40e6 / median);
  }

  @Test
  void everyKindOfInputAndOutput() {
    for (String output : new String[] {"half", "p", "best", "yes", "fixed"}) {
      assertEquals(1, json("@kinds.net", "--output", output).get("rows").getAsInt());
      assertEquals(3, json("@kinds.net", "--output", output, "--batch", "3").get("rows").getAsInt());
    }
    assertEquals(
        "all outputs of a batch of 33 examples",
        json("@kinds.net", "--batch", "33").get("work").getAsString());
    assertEquals(
        "loss and gradient of a batch of 5 examples",
        json("@kinds.net", "--train").get("work").getAsString());
    bench.file(
        "given.net",
        "package demo\nnet Given { input x[2]\n z = x |> dense(3)\n output z\n"
            + " r = z |> dense(2)\n output back = r given z\n}");
    assertEquals(1, json("@given.net", "--output", "back").get("rows").getAsInt());
    assertEquals(9, json("@given.net", "--output", "back", "--batch", "9").get("rows").getAsInt());
  }

  /** The kernels are those of the form that runs, not of the net as a whole. */
  @Test
  void whichKernelsAreTakenIsSaid() {
    String vectors = Flavour.current() == Flavour.VECTOR ? "vectors" : "plain loops";
    String tiny = Flavour.current() == Flavour.VECTOR ? "plain loops, since the form is tiny" : "plain loops";
    bench.file("large.net", bench.text("iris.net").replaceFirst("dense\\(16", "dense(160"));
    assertEquals(tiny, json("@iris.net").get("kernels").getAsString());
    assertEquals(vectors, json("@large.net").get("kernels").getAsString());
    assertEquals("predict.one", json("@large.net").get("form").getAsString());
    assertEquals("predict", json("@large.net", "--batch", "3").get("form").getAsString());
    assertEquals("train", json("@large.net", "--train").get("form").getAsString());
    assertEquals("predict:p.one", json("@kinds.net", "--output", "p").get("form").getAsString());
  }

  /** The steps, lines and names are those of the plan, and so is the work; every step has its kernels. */
  @Test
  void aProfileHasTheStepsOfThePlan() {
    bench.file("large.net", bench.text("iris.net").replaceFirst("dense\\(16", "dense(160"));
    hasTheSteps("@iris.net", 16);
    hasTheSteps("@large.net", 160);
  }

  private void hasTheSteps(String net, int width) {
    for (int batch : new int[] {0, 40}) {
      String form = batch == 0 ? "predict.one" : "predict";
      String[] command =
          batch == 0
              ? new String[] {net, "--profile"}
              : new String[] {net, "--profile", "--batch", "40"};
      JsonObject data = json(command);
      JsonObject profile = data.getAsJsonObject("profile");
      boolean isVector = data.get("kernels").getAsString().equals("vectors");
      var steps = new ArrayList<String>();
      double flop = 0;
      double percent = 0;
      double micros = profile.get("microseconds_outside").getAsDouble();
      for (JsonElement element : profile.getAsJsonArray("kernels")) {
        JsonObject kernel = element.getAsJsonObject();
        assertEquals(form, kernel.get("form").getAsString());
        String step = kernel.get("step").getAsInt() + " " + kernel.get("line").getAsString() + " "
            + kernel.get("makes").getAsString();
        if (!steps.contains(step)) {
          steps.add(step);
        }
        boolean isInTiles = kernel.get("kernel").getAsString().equals(PlanTable.IN_TILES);
        int blocks = batch > 0 && isVector ? 2 : 1; // without vectors blocks are longer
        assertEquals(isInTiles ? 0 : blocks, kernel.get("calls").getAsInt(), kernel.toString());
        flop += kernel.get("flop").getAsDouble();
        percent += kernel.get("percent").getAsDouble();
        micros += kernel.get("microseconds").getAsDouble();
      }
      String plan = bench.run("explain", net, "--plan", "--form", form).succeeds().out();
      List<String> planned =
          plan.lines()
              .filter(line -> line.matches(" +\\d+ +\\d+ .*"))
              .map(line -> line.strip().split(" +"))
              .map(cells -> cells[0] + " " + cells[1] + " " + cells[2])
              .toList();
      assertEquals(planned, steps);
      int multiplications = 4 * width + width * 16 + 16 * 3;
      assertEquals(2.0 * multiplications * Math.max(1, batch), flop);
      assertEquals(profile.get("microseconds").getAsDouble(), micros, 1e-9 * micros);
      assertTrue(percent > 0 && percent < 100.0001, profile.toString());
    }
  }

  @Test
  void theTotalIsTheLastRowOfAProfile() {
    List<String> lines = quick("@iris.net", "--profile").succeeds().out().lines().toList();
    assertTrue(lines.get(5).startsWith("  step  line  makes"), lines.toString());
    assertEquals("  predict.one: one example", lines.get(6));
    assertTrue(lines.getLast().matches(" +total +12 .* 100\\.0 % +736 .*"), lines.getLast());
    assertTrue(lines.get(lines.size() - 2).strip().startsWith("outside of kernels"), lines.toString());
  }

  /** Training runs the form of the penalties, too; and what is summed over examples counts once each. */
  @Test
  void aProfileOfTheTraining() {
    JsonObject data = json("@kinds.net", "--train", "--profile");
    var forms = new java.util.TreeSet<String>();
    for (JsonElement kernel : data.getAsJsonObject("profile").getAsJsonArray("kernels")) {
      forms.add(kernel.getAsJsonObject().get("form").getAsString());
    }
    assertEquals(java.util.Set.of("train", "penalty"), forms);
  }

  @Test
  void givenWeightsAreTaken() {
    bench.run("train", "@iris.net", "--epochs", "1").succeeds();
    quick("@iris.net", "--weights", "@iris.safetensors").succeeds();
    bench.file("other.net", bench.text("iris.net").replaceFirst("dense\\(16", "dense(15"));
    quick("@other.net", "--weights", "@iris.safetensors").fails(1, "weights error: ");
  }

  /** The messages as a page: {@code -Dgolden.write=true} writes it anew. */
  @Test
  void mistakesAreTold() throws IOException {
    bench.file("none.net", "package demo\nnet None { input x[2]\n param w[2] ~ ones\n loss l = sum[i] w[i] * x[i] }");
    bench.file("quiet.net", "package demo\nnet Quiet { input x[2]\n output y = x[0] + x[1] }");
    bench.file("wrong.net", "package demo\nnet Wrong { input x[2]\n output y = x[0] + z }");
    var page = new StringBuilder();
    Stream.of(
            "nowhere.net",
            "wrong.net",
            "iris.net --output q",
            "iris.net --net Rose",
            "iris.net --batch 0",
            "iris.net --batch many",
            "iris.net --batch 2000000000",
            "iris.net --train --output p",
            "iris.net --seconds 0",
            "iris.net --warm-up -1",
            "iris.net --weights nowhere.safetensors",
            "iris.net --set width=3",
            "kinds.net",
            "none.net",
            "quiet.net --train")
        .forEach(
            command -> {
              String[] words = command.replaceAll("(\\w+\\.(net|safetensors))", "@$1").split(" ");
              Bench.Run run = bench.run(Stream.concat(Stream.of("bench"), Stream.of(words)).toArray(String[]::new));
              assertEquals("", run.out());
              String said = run.err().replace(folder + java.io.File.separator, "");
              page.append("bench ").append(command).append("    exit code ").append(run.code()).append('\n')
                  .append(said.indent(2)).append('\n');
            });
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(ERRORS.getParent());
      Files.writeString(ERRORS, page);
    }
    assertEquals(Files.readString(ERRORS), page.toString());
  }
}
