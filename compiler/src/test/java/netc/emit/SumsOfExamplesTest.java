package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import netc.CompileOptions;
import netc.Netc;
import netc.schedule.PlanStep;
import netc.schedule.Role;
import netc.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients of weights that each example uses at many places: along the weight's own axis where an element
 * is read at one place only, else with the examples in the lanes. Of blocks that are not full, too.
 */
class SumsOfExamplesTest {
  private static String net(String lines) {
    return "package test\nnet N {\n" + lines + "\noutput p\nloss e = sum[t, j] (p[t, j] - 1)^2\n}";
  }

  /** How the gradient of the weight {@code w} is computed. */
  private static List<Role> roles(String lines) {
    var checked = Netc.check(new SourceFile("test.net", net(lines)), Map.of());
    return Netc.schedules(checked.models().getFirst(), CompileOptions.DEFAULT).stream()
        .filter(schedule -> schedule.form().equals("train"))
        .flatMap(schedule -> PlanStep.of(schedule).stream())
        .filter(step -> step.decision().target().equals("grad.w"))
        .flatMap(step -> step.vector().stream())
        .map(call -> call.role())
        .toList();
  }

  private static void agrees(String lines, Role.Lane lanes) {
    var tiles = (Role.Tiles) roles(lines).getLast();
    assertEquals(lanes, tiles.lanes());
    GeneratedVersusInterpreter.of(net(lines)).withBatches(1, 20, 33).check();
  }

  @ParameterizedTest
  @CsvSource({"16, 6", "17, 7", "32, 5", "50, 13", "64, 7", "96, 3"})
  void ofEveryTimeAgrees(int inputs, int outputs) {
    agrees(
        "input x[5, " + inputs + "]\nparam w[" + outputs + ", " + inputs + "] ~ normal(0, 1)\n"
            + "p[t, j] = sum[k] w[j, k] * x[t, k]",
        Role.Lane.RESULTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // the time before, which the first one lacks; two times later, of which the last ones lack both
        "input x[5, 20]\nparam w[6, 20] ~ normal(0, 1)\np[t in 5, j] = sum[k] w[j, k] * x[t-1, k else 0]",
        "input x[4, 18]\nparam w[7, 18] ~ normal(0, 1)\np[t in 4, j] = sum[k] w[j, k] * x[t+2, k else 0]",
        // computed, in two panels
        "input x[3, 64]\nparam w[7, 64] ~ normal(0, 1)\nh[t, k] = tanh(x[t, k])\n"
            + "p[t, j] = sum[k] w[j, k] * h[t, k]",
        // every pixel of a channel, patches that do not overlap
        "input x[17, 3, 4]\nparam w[6, 17] ~ normal(0, 1)\ny[o, i, j] = sum[c] w[o, c] * x[c, i, j]\n"
            + "p[t, j] = sum[o] y[o, t, j]^2",
        "input x[8, 8]\nparam w[3, 4, 4] ~ normal(0, 1)\n"
            + "y[o, i in 2, j in 2] = sum[a, b] w[o, a, b] * x[4 * i + a, 4 * j + b]\np[t, j] = sum[o] y[o, t, j]^2",
      })
  void ofEveryPlaceAgrees(String lines) {
    agrees(lines, Role.Lane.RESULTS);
  }

  /** Windows that overlap, rows shorter than a vector, more places than the cache holds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "input x[9, 9]\nparam w[3, 4, 4] ~ normal(0, 1)\n"
            + "y[o, i in 6, j in 6] = sum[a, b] w[o, a, b] * x[i + a, j + b]\np[t, j] = sum[o] y[o, t, j]^2",
        "input x[5, 12]\nparam w[6, 12] ~ normal(0, 1)\np[t, j] = sum[k] w[j, k] * x[t, k]",
        "input x[150, 32]\nparam w[3, 32] ~ normal(0, 1)\np[t, j] = sum[k] w[j, k] * x[t, k]",
      })
  void othersAddUpLanes(String lines) {
    agrees(lines, Role.Lane.SUMS_OF_EXAMPLES);
  }
}
