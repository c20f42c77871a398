package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import netc.CompileOptions;
import netc.Netc;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Workspace;
import netc.schedule.Layout;
import netc.schedule.PlanStep;
import netc.schedule.PlanWords;
import netc.schedule.Schedule;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With vectors, wide dense layers predict blocks of rows, which say what the interpreter says. */
class RowsOfExamplesTest {
  private static final String WIDE = "input x[500]\nh = x |> dense(64, relu)\n";

  private static String net(String lines) {
    return "package test\nnet N {\n" + lines + "\n}";
  }

  /** The forms that have rows. */
  private static List<String> rows(String lines, CompileOptions options) {
    var checked = Netc.check(new SourceFile("test.net", net(lines)), Map.of());
    return Netc.schedules(checked.models().getFirst(), options).stream()
        .filter(schedule -> schedule.layout() == Layout.ROWS)
        .map(Schedule::form)
        .toList();
  }

  private static void agrees(String lines, String... forms) {
    assertEquals(List.of(forms), rows(lines, CompileOptions.DEFAULT));
    GeneratedVersusInterpreter.of(net(lines)).withBatches(1, 7, 32, 70).check();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // what follows the sums: nothing, functions of an element, of a row, a residual, a narrow layer
        "p = h",
        "p = softmax(h)",
        "p = h |> layer_norm |> dense(10, gelu) |> softmax",
        "p[k] = tanh(h[k]) + x[2 * k + 1] * sum[j] h[j]^2",
        "p = softmax(h |> residual(dense(64, sigmoid, use_bias = false)) |> dense(3))",
        "a[k in 64] = 0.5 + sum[j] h[j] / 64\np[k] = max[j] (h[j] * a[0] - a[k])",
        "p = h |> batch_norm1d",
        // weights alone, a state, a constant, a reversed row
        "param s[64] ~ normal(0, 1)\nt[k] = exp(s[k] - max[j] s[j])\np[k] = h[k] * t[63 - k]",
      })
  void oneOutputAgrees(String lines) {
    agrees(WIDE + lines + "\noutput p", "predict.rows");
  }

  /** Rows of ten are shorter than a vector: their exponentials are computed as one row of all. */
  @Test
  void exponentialsOfShortRowsAreVectors() {
    String lines = WIDE + "p = h |> dense(10) |> softmax\noutput p";
    var checked = Netc.check(new SourceFile("test.net", net(lines)), Map.of());
    List<PlanStep> steps =
        Netc.schedules(checked.models().getFirst(), CompileOptions.DEFAULT).stream()
            .filter(schedule -> schedule.layout() == Layout.ROWS)
            .flatMap(schedule -> PlanStep.of(schedule).stream())
            .filter(step -> PlanWords.of(step.decision().recognised()).endsWith("exp"))
            .toList();
    assertEquals(1, steps.size());
    assertEquals("vectors of results", PlanWords.of(steps.getFirst().vector()));
    agrees(lines, "predict.rows");
  }

  @Test
  void indicesAndTruthsAgree() {
    agrees(
        """
        input x[256]
        input i : index(5)
        input on : bool
        param w[5, 64] ~ normal(0, 1)
        h = x |> dense(64, relu)
        z[k] = if on then h[k] + w[i, k] else 0 - h[k]
        best = argmax[k] z[k]
        large = best > 31
        output z
        output best
        output large
        """,
        "predict.rows", "predict:z.rows", "predict:best.rows", "predict:large.rows");
  }

  @Test
  void anOutputThatNoInputReachesAgrees() {
    agrees(
        WIDE + "param s[3] ~ normal(0, 1)\nq[k] = 2 * s[k]\noutput h\noutput q\noutput s",
        "predict.rows", "predict:h.rows");
  }

  @Test
  void whatIsGivenAgrees() {
    agrees(
        """
        input x[256]
        z = x |> dense(32, tanh)
        y = z |> dense(256, relu) |> dense(256)
        output z
        output y given z
        loss e = sum[k] (y[k] - x[k])^2
        """,
        "predict.rows", "given:y.rows");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input x[256]\np = x |> dense(40)\noutput p",
        "input x[200]\np = x |> dense(64)\noutput p",
        "input x[1, 16, 16]\np = x |> conv2d(32, 16) |> flatten |> dense(10)\noutput p",
        "input x[9, 256]\nparam w[64, 256] ~ normal(0, 1)\np[t, k] = sum[j] w[k, j] * x[t, j]\noutput p",
        WIDE + "sample s ~ normal(0, 1)\np[k] = h[k] + s\noutput p",
        WIDE + "scan t in 64 { g[t] = h[t] + g[t-1 else 0] }\noutput g",
      })
  void otherNetsHaveLanes(String lines) {
    assertEquals(List.of(), rows(lines, CompileOptions.DEFAULT));
  }

  @Test
  void doublesHaveLanes() {
    CompileOptions doubles = CompileOptions.DEFAULT.withPrecision(Precision.F64);
    assertEquals(List.of(), rows(WIDE + "output h", doubles));
  }

  @Test
  void anyNumberOfThreadsPredictsTheSameBits() throws ReflectiveOperationException {
    var source = new SourceFile("test.net", net(WIDE + "p = softmax(h)\noutput p"));
    var network =
        (Network)
            Netc.compile(source, CompileOptions.DEFAULT).nets().getFirst().load().init(1);
    int rows = 100;
    float[] x = new float[rows * 500];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(i);
    }
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      float[] alone = predicted(network, workspace(network, rows), x, rows);
      for (int threads = 2; threads <= 3; threads++) {
        Workspace workspace = workspace(network, rows);
        workspace.executor(executor, threads);
        assertArrayEquals(alone, predicted(network, workspace, x, rows), threads + " threads");
      }
    } finally {
      executor.shutdown();
    }
  }

  private static Workspace workspace(Network network, int rows) throws ReflectiveOperationException {
    return (Workspace) network.getClass().getMethod("workspace", int.class).invoke(network, rows);
  }

  private static float[] predicted(Network network, Workspace workspace, float[] x, int rows)
      throws ReflectiveOperationException {
    Metadata.Port output = network.metadata().outputs().getFirst();
    float[] p = new float[rows * output.elements()];
    network
        .getClass()
        .getMethod("p", workspace.getClass(), float[].class, int.class, float[].class)
        .invoke(network, workspace, x, rows, p);
    return p;
  }
}
