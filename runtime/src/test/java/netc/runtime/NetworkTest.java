package netc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import netc.runtime.Lesson.Net32;
import netc.runtime.Lesson.Net64;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final int ROWS = 11; // three blocks of four lanes, the last one not full
  private final Net32 net = Net32.init(7);
  private final float[] x = new float[3 * ROWS];
  private final int[] c = new int[ROWS];
  private final float[] y = new float[2 * ROWS];

  NetworkTest() {
    var random = new RandomStream(1, "data");
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.normal(i);
    }
    for (int i = 0; i < ROWS; i++) {
      c[i] = i % 4;
      y[2 * i] = i % 2;
      y[2 * i + 1] = 1 - i % 2;
    }
  }

  private float[] row(int i) {
    return new float[] {x[3 * i], x[3 * i + 1], x[3 * i + 2]};
  }

  private Map<String, Tensor> data() {
    return Map.of(
        "x", Tensor.of(x, ROWS, 3), "c", Tensor.of(c, ROWS), "y", Tensor.of(y, ROWS, 2));
  }

  @Test
  void oneExampleAndBatchesAgree() {
    float[] out = new float[2 * ROWS];
    var workspace = net.workspace(ROWS);
    net.p(workspace, x, c, ROWS, out);
    net.run(workspace, x, c, ROWS);
    Map<String, Tensor> generic = net.predict(data(), ROWS);
    for (int i = 0; i < ROWS; i++) {
      float[] one = net.p(row(i), c[i]);
      assertArrayEquals(one, new float[] {out[2 * i], out[2 * i + 1]});
      assertArrayEquals(one, new float[] {workspace.p()[2 * i], workspace.p()[2 * i + 1]});
      assertEquals(net.best(row(i), c[i]), workspace.best()[i]);
      assertEquals(one[0], generic.get("p").get(2 * i));
    }
    assertArrayEquals(new int[] {ROWS}, generic.get("best").shape());
    assertArrayEquals(net.parameter("b").floats(), workspace.bias());
    assertEquals(net.parameter("b"), generic.get("bias"));
  }

  @Test
  void resultsFollowTheFormula() {
    Net64 precise = Net64.init(3);
    double[] w = precise.parameter("w").doubles();
    double[] e = precise.parameter("e").doubles();
    double[] in = {0.3, -1.2, 2};
    double z = e[2] + w[3] * in[0] + w[4] * in[1] + w[5] * in[2];
    assertEquals(1 / (1 + Math.exp(-z)), precise.p(in, 2)[1], 1e-15);
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    Net64 precise = Net64.init(5);
    Derivatives found = precise.gradients(data(), ROWS);
    assertEquals(precise.evaluate(data(), ROWS).loss(), found.loss(), 1e-12);
    double step = 1e-6;
    for (String path : precise.parameters().keySet()) {
      Tensor values = precise.parameter(path);
      for (int i = 0; i < values.elements(); i++) {
        double[] more = values.doubles();
        more[i] += step;
        double[] less = values.doubles();
        less[i] -= step;
        double slope =
            (loss(precise, path, more, values.shape()) - loss(precise, path, less, values.shape()))
                / (2 * step);
        assertEquals(slope, found.parameters().get(path).get(i), 1e-8, path + i);
      }
    }
    assertArrayEquals(new int[] {ROWS, 3}, found.inputs().get("x").shape());
    assertEquals(precise.predict(data(), ROWS).get("p"), found.outputs().get("p"));
  }

  private double loss(Net64 network, String path, double[] values, int[] shape) {
    Network changed = network.withParameters(Map.of(path, Tensor.of(values, shape)));
    return changed.evaluate(data(), ROWS).loss();
  }

  @Test
  void typedGradientsAreTheGenericOnes() {
    Gradients gradients = new Gradients(net.metadata());
    float loss = net.gradients(net.workspace(ROWS), x, c, y, ROWS, gradients);
    Derivatives generic = net.gradients(data(), ROWS);
    assertEquals((float) generic.loss(), loss);
    assertEquals(generic.parameters(), gradients.all());
  }

  @Test
  void evaluationAccumulatesInDouble() {
    Evaluation evaluation = net.evaluate(data(), ROWS);
    double loss = 0;
    int correct = 0;
    for (int i = 0; i < ROWS; i++) {
      float[] p = net.p(row(i), c[i]);
      boolean right = true;
      for (int j = 0; j < 2; j++) {
        loss += Math.pow(p[j] - y[2 * i + j], 2) / ROWS;
        right &= p[j] > 0.5 == y[2 * i + j] > 0.5;
      }
      correct += right ? 1 : 0;
    }
    assertEquals(loss, evaluation.losses().get("C0"), 1e-7);
    assertEquals((float) correct / ROWS, evaluation.metrics().get("correct"), 1e-7);
    assertEquals(
        evaluation.loss(),
        evaluation.losses().get("C0") + evaluation.penalties().get("ridge"),
        1e-12);
  }

  @Test
  void aNetworkIsImmutable() {
    net.parameter("w").floats()[0] = 99;
    ((float[]) net.parameters().get("w").array())[0] = 99;
    Tensor zeros = Tensor.of(new float[6], 2, 3);
    Network changed = net.withParameters(Map.of("w", zeros));
    assertEquals(zeros, changed.parameter("w"));
    assertNotEquals(zeros, net.parameter("w"));
    assertTrue(net.parameter("w").get(0) < 99);
  }

  @Test
  void threadsShareANetwork() {
    float[] expected = net.p(row(0), c[0]);
    boolean same =
        IntStream.range(0, 20_000)
            .parallel()
            .allMatch(i -> java.util.Arrays.equals(expected, net.p(row(0), c[0])));
    assertTrue(same);
  }

  @Test
  void wrongCallsNameClassInputAndLine() {
    assertMessage(
        "demo.Lesson: input `x` needs 3 elements, but the array has 2 (lesson.net:4)",
        () -> net.p(new float[2], 0));
    assertMessage(
        "demo.Lesson: input `x` is null (lesson.net:4)", () -> net.p((float[]) null, 0));
    assertMessage(
        "demo.Lesson: 4 in row 0 is not in 0..3 (input `c` : index(4), lesson.net:5)",
        () -> net.p(row(0), 4));
    var workspace = net.workspace(4);
    assertMessage(
        "demo.Lesson: 5 rows, but this workspace is for 1 to 4",
        () -> net.p(workspace, x, c, 5, y));
    assertMessage(
        "demo.Lesson: output `p` needs 8 elements (4 rows of 2), but the array has 7 (lesson.net:9)",
        () -> net.p(workspace, x, c, 4, new float[7]));
    assertMessage(
        "demo.Lesson: -1 in row 1 is not in 0..3 (input `c` : index(4), lesson.net:5)",
        () -> net.p(workspace, x, new int[] {0, -1, 0, 0}, 4, y));
    assertMessage(
        "there is no parameter or state `W`; did you mean `w`? (there are: w, b, e, mu)",
        () -> net.parameter("W"));
    assertMessage(
        "demo.Lesson: `w` has shape [2, 3], but the tensor [6] (lesson.net:7)",
        () -> net.withParameters(Map.of("w", Tensor.of(new float[6], 6))));
    assertMessage(
        "demo.Lesson: input `x` of 11 rows has shape [11, 3], but the tensor [33] (lesson.net:4)",
        () -> net.predict(Map.of("x", Tensor.of(x, 33), "c", Tensor.of(c, ROWS)), ROWS));
    assertMessage(
        "no values for input `c`", () -> net.predict(Map.of("x", Tensor.of(x, ROWS, 3)), ROWS));
  }

  private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable e) {
    assertEquals(expected, assertThrows(RuntimeException.class, e).getMessage());
  }
}
