package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.Netc;
import netc.loop.Printer;
import netc.loop.Statement;
import netc.schedule.Call;
import netc.schedule.KernelCall;
import netc.schedule.PlanStep;
import netc.schedule.Role;
import netc.schedule.Schedule;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contractions of one step of a scan as tiles say what the interpreter says: of blocks that are not full,
 * of units that are no multiple of a vector or a tile, at the first and the last step, in both directions.
 */
class ScanTilesTest {
  /** One row, a block that lacks one, and a block with one more. */
  private static final int[] ROWS = {1, 31, 33};

  private static void agrees(String body) {
    GeneratedVersusInterpreter.of("package test\nnet N {\n" + body + "\n}").withBatches(ROWS).check();
  }

  private static List<Schedule> schedules(String body) {
    var source = new SourceFile("test.net", "package test\nnet N {\n" + body + "\n}");
    return Netc.schedules(
        Netc.check(source, Map.of()).models().getFirst(), CompileOptions.DEFAULT);
  }

  /** How many kernels of the steps of a form's scans call others, which are tiles. */
  private static long tiles(String body, String form) {
    return schedules(body).stream()
        .filter(schedule -> schedule.form().equals(form))
        .flatMap(schedule -> schedule.calls().stream())
        .filter(Call.TimeLoop.class::isInstance)
        .flatMap(loop -> loop.kernels().stream())
        .filter(ScanTilesTest::callsAnother)
        .count();
  }

  private static boolean callsAnother(KernelCall call) {
    return invokes(call.kernel().body());
  }

  private static boolean invokes(List<Statement> statements) {
    return statements.stream()
        .anyMatch(
            statement ->
                switch (statement) {
                  case Statement.Invoke _ -> true;
                  case Statement.For loop -> invokes(loop.body());
                  case Statement.ForVectors loop -> invokes(loop.body());
                  case Statement.If choice -> invokes(choice.then()) || invokes(choice.otherwise());
                  default -> false;
                });
  }

  // ---------- layers ----------

  private static String layer(String layer, int units) {
    return "dim T = 5, D = 6, H = " + units + "\ninput x[T, D]\ntarget y[T, 3]\n"
        + "h = x |> " + layer + "(H)\nlet fc = dense(3)\nz[t] = fc(h[t])\noutput z\n"
        + "loss e = mean[t, k] (z[t, k] - y[t, k])^2";
  }

  @ParameterizedTest
  @CsvSource({
    "rnn, 5", "rnn, 16", "rnn, 17", "gru, 7", "gru, 16", "gru, 21", "lstm, 5", "lstm, 12", "lstm, 16",
    "lstm, 35"
  })
  void layersAgree(String layer, int units) {
    agrees(layer(layer, units));
  }

  /** The product with the weights, and that of the adjoint with the transposed ones. */
  @ParameterizedTest
  @ValueSource(strings = {"rnn", "gru", "lstm"})
  void theStepOfALayerIsMadeOfTiles(String layer) {
    assertEquals(1, tiles(layer(layer, 24), "predict"));
    assertEquals(2, tiles(layer(layer, 24), "train"));
  }

  /** What lies before the first step is not multiplied, so what the step before left is read where it lies. */
  @ParameterizedTest
  @ValueSource(strings = {"gru", "lstm"})
  void theStepOfOneExampleCopiesNothing(String layer) {
    List<KernelCall> kernels =
        schedules(layer(layer, 24)).stream()
            .filter(schedule -> schedule.form().equals("predict.one"))
            .flatMap(schedule -> PlanStep.of(schedule).stream())
            .filter(step -> step.scan().isPresent())
            .flatMap(step -> Stream.concat(step.vector().stream(), step.portable().stream()))
            .toList();
    assertTrue(kernels.stream().anyMatch(call -> call.role() instanceof Role.Tiles));
    assertTrue(kernels.stream().noneMatch(call -> call.role() instanceof Role.Copy));
  }

  /** The adjoint of all gates has a branch for each, and no test of another gate inside of one. */
  @Test
  void whereOneGateIsTheOthersAreNot() {
    List<String> branches =
        schedules(layer("lstm", 24)).stream()
            .filter(schedule -> schedule.form().equals("train"))
            .flatMap(schedule -> schedule.calls().stream())
            .flatMap(call -> call.kernels().stream())
            .map(call -> Printer.print(call.kernel()))
            .filter(kernel -> kernel.contains("if (3 == "))
            .toList();
    assertEquals(2, branches.size(), "with vectors and without");
    branches.forEach(kernel -> assertEquals(4, kernel.split("if \\(\\d == ", -1).length - 1, kernel));
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "5, true", "6, true"})
  void anyNumberOfStepsAgrees(int steps, boolean isReverse) {
    String time = isReverse ? "reverse(T)" : "T";
    String before = isReverse ? "t + 1" : "t - 1";
    agrees(
        "dim T = " + steps + ", H = 19\ninput x[T, H]\nparam w[H, H] ~ uniform(-0.3, 0.3)\n"
            + "scan t in " + time + " { h[t, j in H] = tanh(x[t, j] + sum[k] w[j, k] * h["
            + before + ", k else 0]) }\noutput h\nloss e = mean[t, k] h[t, k]^2");
  }

  @Test
  void bothDirectionsAgree() {
    agrees(
        """
        dim T = 4, D = 5, H = 18
        input x[T, D]
        output h = x |> gru(H, bidirectional = true)
        loss e = sum[t, k] h[t, k]^2
        """);
  }

  // ---------- recurrences ----------

  private static String recurrence(String lines) {
    return "dim T = 6, H = 19\ninput x[T, H]\nparam w[H, H], v[H, H] ~ uniform(-0.3, 0.3)\n"
        + lines + "\noutput h\nloss e = mean[t, k] h[t, k]^2";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // backwards
        "scan t in reverse(T) { h[t, j in H] = tanh(x[t, j] + sum[k] w[j, k] * h[t + 1, k else 0]) }",
        // two steps back: the first two have nothing before them
        "scan t in T { h[t, j in H] = tanh(x[t, j] + sum[k] w[j, k] * h[t - 2, k else 0]) }",
        // as many steps back as there are: always nothing
        "scan t in T {\n h[t, j in H] = tanh((sum[k] w[j, k] * h[t - 1, k else 0]) + x[t, j]\n"
            + "   + (sum[k] v[j, k] * h[t - 6, k else 0]))\n}",
        // of two steps
        "scan t in T {\n h[t, j in H] = tanh((sum[k] w[j, k] * h[t - 1, k else 0]) + x[t, j]\n"
            + "   + (sum[k] v[j, k] * h[t - 3, k else 0]))\n}",
        // shifted along the units, too, so that it has a margin on both axes
        "scan t in T { h[t, j in H] = tanh(x[t, j] + sum[u in 5] v[0, u] * h[t - 1, j + u - 2 else 0]) }",
        // nothing but the sum: it reads what it defines
        "scan t in T { s[t, j in H] = (sum[k] w[j, k] * s[t - 1, k else 0]) + x[t, j] }\n"
            + "h[t, j] = s[t, j]",
        // begins with a parameter
        "scan t in T { h[t, j in H] = tanh(x[t, j] + sum[k] w[j, k] * h[t - 1, k else v[0, k]]) }",
        // backwards through the weights
        "scan t in T { h[t, j in H] = tanh(x[t, j] + sum[k] w[18 - j, k] * h[t - 1, 18 - k else 0]) }",
        // a product of two values of the example
        "scan t in T {\n a[t, j in H, k in H] = tanh(x[t, j] * x[t, k] + h[t - 1, k else 0])\n"
            + " h[t, j in H] = tanh(sum[k] a[t, j, k] * h[t - 1, k else 0] + x[t, j])\n}"
      })
  void recurrencesAgree(String lines) {
    agrees(recurrence(lines));
  }

  @Test
  void weightsOfEachTimeAgree() {
    agrees(
        """
        dim T = 5, H = 18
        input x[T, H]
        param w[T, H, H] ~ uniform(-0.3, 0.3)
        scan t in T { h[t, j in H] = tanh(x[t, j] + sum[k] w[t, j, k] * h[t - 1, k else 0]) }
        output h
        loss e = mean[t, k] h[t, k]^2
        """);
  }

  // ---------- what follows a contraction of a step ----------

  /** The steps of a form's scans that the tiles in front of them compute. */
  private static List<String> inTiles(String body, String form) {
    return schedules(body).stream()
        .filter(schedule -> schedule.form().equals(form))
        .flatMap(schedule -> PlanStep.of(schedule).stream())
        .filter(step -> step.scan().isPresent() && step.vector().isEmpty())
        .map(step -> step.decision().target())
        .toList();
  }

  private static String following(String lines) {
    return "dim T = 5, D = 6\ninput x[T, D]\nparam w[D, D] ~ normal(0, 0.5)\nscan t in T {\n"
        + "s[t, j] = sum[k] w[j, k] * h[t-1, k else 0]\n" + lines
        + "\n}\noutput h\nloss e = sum[t, j] (h[t, j] - 1)^2";
  }

  @Test
  void aStateThatOnlyTheContractionReadsIsStored() {
    String lines = "h[t, j] = s[t, j] * 0.5 + r[t, j]\ny[t, j] = h[t, j] * 2 + x[t, j]";
    String body =
        following(lines)
            .replace("s[t, j] = sum", "r[t, j] = sum[k] w[k, j] * y[t-1, k else 0]\ns[t, j] = sum")
            .replace("output h", "output y")
            .replace("(h[t, j] - 1)", "(y[t, j] - 1)");
    assertEquals(List.of("h", "y"), inTiles(body, "predict"));
    agrees(body);
  }

  @Test
  void aLineMayReadItselfAndOthersBefore() {
    String body =
        following(
            "c[t, j] = c[t-1, j else 0.25] * 0.5 + s[t, j]\n"
                + "h[t, j] = c[t, j] + x[t, j] * s[t-1, j else 1]");
    agrees(body);
  }

  @Test
  void aLongEpilogueIsLeftOut() {
    String body = following("h[t, j] = tanh(s[t, j] + x[t, j])");
    assertEquals(List.of(), inTiles(body, "predict"));
    agrees(body);
  }
}
