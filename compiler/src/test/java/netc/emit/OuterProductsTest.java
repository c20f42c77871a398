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
 * Gradients of weights that each example uses at many places, with plain loops: along rows of copied
 * examples, of blocks that are not full, of odd numbers of rows, at borders.
 */
class OuterProductsTest {
  private static String net(String lines) {
    return "package test\nnet N {\n" + lines + "\noutput p\nloss e = sum[t, j] (p[t, j] - 1)^2\n}";
  }

  /** How the gradient of a parameter is computed with plain loops. */
  private static Role role(String net, String parameter) {
    var checked = Netc.check(new SourceFile("test.net", net), Map.of());
    List<Role> roles =
        Netc.schedules(checked.models().getFirst(), CompileOptions.DEFAULT).stream()
            .filter(schedule -> schedule.form().equals("train"))
            .flatMap(schedule -> PlanStep.of(schedule).stream())
            .filter(step -> step.decision().target().equals("grad." + parameter))
            .flatMap(step -> step.portable().stream())
            .map(call -> call.role())
            .toList();
    return roles.getLast();
  }

  private static void agrees(String net) {
    GeneratedVersusInterpreter.of(net).withBatches(1, 7, 34).check();
  }

  /** The longer rows, unless they lie across in the weight and gain less than that costs. */
  @ParameterizedTest
  @CsvSource({"4, 32, 32", "5, 40, 40", "40, 5, 40", "36, 35, 35", "34, 60, 60"})
  void ofEveryTimeAgrees(int outputs, int inputs, int length) {
    String net =
        net(
            "input x[5, " + inputs + "]\nparam w[" + outputs + ", " + inputs + "] ~ normal(0, 1)\n"
                + "p[t, j] = sum[k] w[j, k] * x[t, k]");
    assertEquals(new Role.Rows(length, false), role(net, "w"));
    agrees(net);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // the time before, which the first one lacks; two times later; as rows and as numbers
        "input x[5, 33]\nparam w[6, 33] ~ normal(0, 1)\np[t in 5, j] = sum[k] w[j, k] * x[t-1, k else 0]",
        "input x[4, 7]\nparam w[33, 7] ~ normal(0, 1)\np[t in 4, j] = sum[k] w[j, k] * x[t+2, k else 0]",
        // always outside
        "input x[2, 33]\nparam w[6, 33] ~ normal(0, 1)\np[t in 2, j] = sum[k] w[j, k] * x[t-2, k else 0]",
        // windows that overlap, with a border, further than the image on one side
        "input x[4, 6, 5]\nparam w[5, 4, 3, 3] ~ normal(0, 1)\n"
            + "y[o, i in 6, j in 5] = sum[c, u, v] w[o, c, u, v] * x[c, i+u-1, j+v-2 else 0]\n"
            + "p[t, j] = sum[o] y[o, t, j]^2",
        // two pixels at a time
        "input x[4, 7, 7]\nparam w[5, 4, 3, 3] ~ normal(0, 1)\n"
            + "y[o, i in 4, j in 4] = sum[c, u, v] w[o, c, u, v] * x[c, 2*i+u-1, 2*j+v-1 else 0]\n"
            + "p[t, j] = sum[o] y[o, t, j]^2",
        // one channel and many filters: the windows are the numbers
        "input x[1, 6, 6]\nparam w[37, 1, 3, 3] ~ normal(0, 0.3)\n"
            + "y[o, i in 6, j in 6] = sum[c, u, v] w[o, c, u, v] * x[c, i+u-1, j+v-1 else 0]\n"
            + "p[t, j] = sum[o] y[o, t, j]^2",
        // outputs of a row that stand around those of the numbers
        "input x[3, 6, 7]\nparam w[6, 5, 7] ~ normal(0, 1)\np[t, j] = sum[a, b] w[a, j, b] * x[t, a, b]",
      })
  void ofEveryPlaceAgrees(String lines) {
    assertEquals(Role.Rows.class, role(net(lines), "w").getClass());
    agrees(net(lines));
  }

  /** What lies before the first step is 0, and so is what lies behind the last one. */
  @ParameterizedTest
  @CsvSource({"lstm, false", "gru, false", "gru, true"})
  void ofRecurrencesAgrees(String layer, boolean isBidirectional) {
    String net =
        "package test\nnet N {\ninput x[4, 6]\nlet l = " + layer + "(11, bidirectional = "
            + isBidirectional + ")\n" + (layer.equals("lstm") ? "h, c" : "h")
            + " = x |> l\noutput h\nloss e = mean[t, k] h[t, k]^2\n}";
    assertEquals(Role.Rows.class, role(net, "l.weight_ih_l0").getClass());
    agrees(net);
  }

  /** Rows that are too short, groups of channels, a condition. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "input x[5, 31]\nparam w[6, 31] ~ normal(0, 1)\np[t, j] = sum[k] w[j, k] * x[t, k]",
        "input x[5, 40]\nparam w[3, 40] ~ normal(0, 1)\np[t, j] = sum[k] w[j, k] * x[t, k]",
        "input x[5, 4, 36]\nparam w[4, 6, 36] ~ normal(0, 1)\n"
            + "y[t, g, j] = sum[k] w[g, j, k] * x[t, g, k]\np[t, j] = sum[g] y[t, g, j]^2",
        "input x[5, 36]\nparam w[6, 36] ~ normal(0, 1)\np[t, j] = sum[k if k < t + 9] w[j, k] * x[t, k]",
      })
  void othersAreLoopsOverLanes(String lines) {
    assertEquals(new Role.Loops(), role(net(lines), "w"));
    agrees(net(lines));
  }
}
