package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.Netc;
import netc.loop.Printer;
import netc.schedule.KernelCall;
import netc.schedule.PlanStep;
import netc.schedule.Role;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plain loops over several results and taps say what the interpreter says, whatever is left over of both. That
 * the loops for older releases of Java say the same is {@link OlderJavaTest}'s to show, on one.
 */
class PlainTilesTest {
  private static final String CHOICE = "if (release of Java >= 25)";

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "3, 4", "4, 5", "5, 8", "6, 9", "7, 2", "9, 13", "17, 19", "40, 70"})
  void denseLayers(int outputs, int inputs) {
    GeneratedVersusInterpreter.of(
            text(
                "input x[" + inputs + "]\ntarget y[" + outputs + "]\np = x |> dense(3, tanh) |> dense(" + outputs
                    + ")\noutput p\nloss e = sum[k] (p[k] - y[k])^2"))
        .withBatches(1, 5, 33)
        .check();
  }

  @ParameterizedTest
  @CsvSource({"5, 3", "6, 4", "7, 1", "20, 2", "66, 3"})
  void convolutions(int filters, int window) {
    GeneratedVersusInterpreter.of(
            text(
                "input x[3, 6, 7]\np = x |> conv2d(" + filters + ", " + window
                    + ") |> relu |> conv2d(4, 2) |> global_avg_pool\noutput p\nloss e = sum[k] p[k]^2"))
        .withBatches(1, 7)
        .check();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "input x[9]\noutput y = x |> dense(8)",
    "input x[9]\ntarget y[70]\nz = x |> dense(70)\nloss e = sum[k] (z[k] - y[k])^2",
    "input x[3, 9, 9]\noutput y = x |> conv2d(16, 3)"
  })
  void kernelsHaveTheLoopsOfTwoReleases(String body) {
    assertTrue(kernels(body).anyMatch(kernel -> kernel.contains(CHOICE)), body);
  }

  /** Six channels are four and two, not four and twice one. */
  @Test
  void theRestOfTheTapsIsOneLoop() {
    String body =
        "input x[6, 5, 5]\ntarget y[4, 4, 4]\nz = x |> conv2d(4, 2)\n"
            + "loss e = sum[k, i, j] (z[k, i, j] - y[k, i, j])^2";
    List<String> kernels = kernels(body).filter(kernel -> kernel.contains(CHOICE)).toList();
    assertTrue(kernels.stream().anyMatch(kernel -> kernel.contains("< 4; r3 += 4")), body);
    assertTrue(kernels.stream().noneMatch(kernel -> kernel.contains(" = 4; r")), body);
  }

  /** Where no results share what is read there is nothing to choose. */
  @Test
  void aSingleRowOfResultsHasOneLoop() {
    List<Role.Rows> rows = rows("input x[300]\noutput y = x |> dense(64)");
    assertEquals(List.of(new Role.Rows(64, true)), rows);
    assertFalse(
        OneExample.schedule("input x[300]\noutput y = x |> dense(64)").calls().stream()
            .flatMap(call -> call.kernels().stream())
            .anyMatch(call -> Printer.print(call.kernel()).contains(CHOICE)));
  }

  /** Channels that stand apart are the rows; with few of them the loops stay as they are. */
  @Test
  void depthwiseConvolutionsHaveRowsOfChannels() {
    String image = "input x[3, 8, 9]\noutput y = x |> conv2d(%d, 3) |> depthwise_conv2d(3, padding = 1)";
    assertEquals(new Role.Rows(24, true), rows(image.formatted(24)).getLast());
    assertTrue(rows(image.formatted(8)).stream().noneMatch(new Role.Rows(8, true)::equals));
  }

  private static List<Role.Rows> rows(String body) {
    return PlanStep.of(OneExample.schedule(body)).stream()
        .map(PlanStep::portable)
        .flatMap(List::stream)
        .map(KernelCall::role)
        .filter(Role.Rows.class::isInstance)
        .map(Role.Rows.class::cast)
        .toList();
  }

  private static Stream<String> kernels(String body) {
    var model = Netc.check(new SourceFile("test.net", text(body)), Map.of()).models().getFirst();
    return Netc.schedules(model, CompileOptions.DEFAULT).stream()
        .flatMap(schedule -> schedule.calls().stream())
        .flatMap(call -> call.kernels().stream())
        .map(call -> Printer.print(call.kernel()));
  }

  private static String text(String body) {
    return "package test\nnet N {\n" + body + "\n}";
  }
}
