package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import netc.CompileOptions;
import netc.Netc;
import netc.schedule.PlanStep;
import netc.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pools right behind contractions are taken in the tiles of a prediction; others as they were. */
class PoolsInTilesTest {
  private static String net(String lines) {
    return "package test\nnet N {\n" + lines + "\nloss e = sum[j] p[j]\n}";
  }

  /** Whether the tiles of a batch compute {@code q}, too. */
  private static boolean isInTiles(String lines) {
    var checked = Netc.check(new SourceFile("test.net", net(lines)), Map.of());
    List<PlanStep> steps =
        Netc.schedules(checked.models().getFirst(), CompileOptions.DEFAULT).stream()
            .filter(schedule -> schedule.form().equals("predict"))
            .flatMap(schedule -> PlanStep.of(schedule).stream())
            .filter(step -> step.decision().target().equals("q"))
            .toList();
    assertEquals(1, steps.size());
    return steps.getFirst().vector().isEmpty();
  }

  private static void agrees(String lines, boolean isInTiles) {
    assertEquals(isInTiles, isInTiles(lines));
    GeneratedVersusInterpreter.of(net(lines)).withBatches(1, 20, 33).allowingNaN().check();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // windows of two axes and of one
        "input x[2, 10, 9]\nparam w[7, 2, 3, 4] ~ normal(0, 1)\nparam b[7] ~ normal(0, 1)\n"
            + "y[o, i in 8, j in 6] = sum[c, u, v] w[o, c, u, v] * x[c, i + u, j + v]\n"
            + "r[o, i, j] = max(y[o, i, j] + b[o], 0)\n"
            + "q[o, i in 4, j in 2] = max[u in 2, v in 3] r[o, 2*i + u, 3*j + v]\n"
            + "output p[o] = sum[i, j] q[o, i, j]",
        "input x[12, 5]\nparam w[3, 5] ~ normal(0, 1)\ny[t, o] = sum[k] w[o, k] * x[t, k]\n"
            + "h[t, o] = max(y[t, o], 0)\nq[i in 4, o] = max[u in 3] h[3*i + u, o]\noutput p[o] = sum[i] q[i, o]",
        // what is not a number stays so, in whichever place of the window
        "input x[6]\nparam w[8, 6] ~ normal(0, 1)\ny[k] = sum[j] w[k, j] * x[j]\ns[k] = max(sqrt(y[k]), 0)\n"
            + "q[i in 4] = max[u in 2] s[2*i + u]\noutput p[i] = 2 * q[i]",
      })
  void windowsSideBySideAre(String lines) {
    agrees(lines, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // minima, nothing rectified
        "input x[12, 5]\nparam w[3, 5] ~ normal(0, 1)\ny[t, o] = sum[k] w[o, k] * x[t, k]\n"
            + "h[t, o] = abs(y[t, o] - 1)\nq[i in 4, o] = min[u in 3] h[3*i + u, o]\noutput p[o] = sum[i] q[i, o]",
        "input x[6]\nparam w[8, 6] ~ normal(0, 1)\ny[k] = sum[j] w[k, j] * x[j]\n"
            + "q[i in 2] = max[u in 4] y[4*i + u]\noutput p[i] = 2 * q[i]",
        // read by another step, too; windows that overlap; places left over; sums of windows
        "input x[6]\nparam w[8, 6] ~ normal(0, 1)\ny[k] = max(sum[j] w[k, j] * x[j], 0)\n"
            + "q[i in 4] = max[u in 2] y[2*i + u]\noutput p[i in 4] = q[i] + y[i]",
        "input x[6]\nparam w[9, 6] ~ normal(0, 1)\ny[k] = max(sum[j] w[k, j] * x[j], 0)\n"
            + "q[i in 4] = max[u in 3] y[2*i + u]\noutput p[i] = 2 * q[i]",
        "input x[6]\nparam w[9, 6] ~ normal(0, 1)\ny[k] = max(sum[j] w[k, j] * x[j], 0)\n"
            + "q[i in 4] = max[u in 2] y[2*i + u]\noutput p[i] = 2 * q[i]",
        "input x[6]\nparam w[8, 6] ~ normal(0, 1)\ny[k] = max(sum[j] w[k, j] * x[j], 0)\n"
            + "q[i in 4] = max[u in 2 if u > 0] y[2*i + u]\noutput p[i] = 2 * q[i]",
      })
  void othersAreNot(String lines) {
    agrees(lines, false);
  }
}
