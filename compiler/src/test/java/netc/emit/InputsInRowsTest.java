package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.Netc;
import netc.runtime.Backward;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tasks;
import netc.runtime.Weights;
import netc.schedule.ArrayReference;
import netc.schedule.Buffer;
import netc.schedule.Schedule;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that contractions alone read with vectors stay as the caller hands them over. */
class InputsInRowsTest {
  private static final String LOSS = "\ntarget y : index(3)\noutput z\nloss e = cross_entropy(z, y)";

  private static String net(String lines) {
    return "package test\nnet N {\n" + lines + LOSS + "\n}";
  }

  /** Where the input of the form lies. */
  private static Buffer input(String text, String form) {
    var checked = Netc.check(new SourceFile("test.net", text), Map.of());
    Schedule schedule =
        Netc.schedules(checked.models().getFirst(), CompileOptions.DEFAULT).stream()
            .filter(s -> s.form().equals(form))
            .findFirst()
            .orElseThrow();
    var place = (ArrayReference.InBuffer) schedule.inputs().get("input.x");
    return schedule.buffers().get(place.buffer());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // read where they lie; rows that fall on one another; rows shorter than a vector of the copy
        "input x[100]\nz = x |> dense(32, relu) |> dense(3)",
        "input x[128]\nz = x |> dense(32, relu) |> dense(3)",
        // a part of each row, every other element, two axes turned round
        "input x[90]\nparam w[3, 64] ~ normal(0, 1)\nz[k] = sum[j] w[k, j] * x[j + 9]",
        "input x[90]\nparam w[3, 40] ~ normal(0, 1)\nz[k] = sum[j] w[k, j] * x[2 * j + 1]",
        "input x[9, 20]\nparam w[3, 20, 9] ~ normal(0, 1)\nz[k] = sum[i, j] w[k, i, j] * x[j, i]",
        // a border; a layer at many times; a recurrence
        "input x[1, 12, 12]\nz = x |> conv2d(8, 5, padding = 2) |> relu |> flatten |> dense(3)",
        "input x[7, 20]\nparam w[17, 20] ~ normal(0, 1)\nh[t, k] = tanh(sum[j] w[k, j] * x[t, j])\n"
            + "param v[3, 17] ~ normal(0, 1)\nz[c] = sum[t, k] v[c, k] * h[t, k]",
        "input x[5, 20]\nh = x |> gru(18)\nz = h[4] |> dense(3)",
        // formulas of the elements: of one axis, of two made one, of weights, of two inputs
        "input x[100]\nv[j] = x[j] / 255\nz = v |> dense(32, relu) |> dense(3)",
        "input x[5, 20]\nv[(i, j)] = x[i, j] / 255\nz = v |> dense(32, relu) |> dense(3)",
        "input x[1, 16, 16]\nv[c, i, j] = tanh(x[c, i, j])\nz = v |> conv2d(8, 5) |> flatten |> dense(3)",
        "input x[100]\nz = x |> standardize |> dense(32, relu) |> dense(3)",
        "input x[100]\ninput u[100]\nv[j] = x[j] * u[j] - u[j]\nz = v |> dense(32, relu) |> dense(3)",
      })
  void whatContractionsReadIsInRows(String lines) {
    String text = net(lines);
    assertEquals(1, input(text, "train").type().rank());
    assertEquals(32, input(text, "train").rowLength());
    GeneratedVersusInterpreter.of(text).withBatches(1, 7, 32, 70).check();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input x[100]\nh[j] = tanh(x[j])\nz = (h |> dense(32, relu) |> dense(3)) + h[0]",
        "input x[100]\nh = x |> dense(100, relu)\nz = (h + x) |> dense(3)",
        "input x[20]\nz = x |> dense(32, relu) |> dense(3)",
      })
  void othersHaveLanes(String lines) {
    assertEquals(2, input(net(lines), "train").type().rank());
    GeneratedVersusInterpreter.of(net(lines)).withBatches(1, 7, 70).check();
  }

  @Test
  void anOutputHasLanes() {
    String text = net("input x[100]\nz = x |> dense(32, relu) |> dense(3)\noutput x");
    assertEquals(2, input(text, "predict").type().rank());
    GeneratedVersusInterpreter.of(text).withBatches(1, 7, 70).check();
  }

  /** A shorter batch does not see what the one before left in the rows that it does not fill. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "input x[100]\nz = x |> dense(32, relu) |> dense(3)",
        "input x[7, 20]\nparam w[17, 20] ~ normal(0, 1)\nh[t, k] = tanh(sum[j] w[k, j] * x[t, j])\n"
            + "param v[3, 17] ~ normal(0, 1)\nz[c] = sum[t, k] v[c, k] * h[t, k]",
        "input x[1, 12, 12]\nz = x |> conv2d(8, 5) |> relu |> flatten |> dense(3)",
      })
  void rowsOfTheBatchBeforeAreNotRead(String lines) {
    Flavours.each(() -> rowsBeforeAreNotRead(Nets.compile(net(lines)).load().init(1)));
  }

  private static void rowsBeforeAreNotRead(Network network) {
    var backward = new Backward(network, 1);
    Weights weights = network.copyOfWeights();
    backward.run(weights, sources(backward, same(network, Float.NaN)), null, 0, 32, Tasks.SEQUENTIAL);
    assertTrue(Double.isNaN(backward.loss()));
    backward.run(weights, sources(backward, same(network, 0.5f)), null, 0, 3, Tasks.SEQUENTIAL);
    assertFalse(Double.isNaN(backward.loss()));
    for (int p = 0; p < network.parameters().size(); p++) {
      for (float value : (float[]) backward.gradient(p)) {
        assertFalse(Float.isNaN(value));
      }
    }
  }

  private static float[] same(Network network, float value) {
    float[] x = new float[32 * network.metadata().inputs().getFirst().elements()];
    Arrays.fill(x, value);
    return x;
  }

  private static Object[] sources(Backward backward, Object x) {
    return Stream.of(backward.inputNames())
        .map(name -> name == null ? null : name.equals("input.x") ? x : new int[32])
        .toArray();
  }

  /** Examples may be of floats, doubles or bytes, whose values are 0 to 255. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void everyKindOfNumberIsTaken(Precision precision) {
    String text = net("input x[100]\nz = x |> dense(32, tanh) |> dense(3)");
    var floats = new float[32 * 100];
    var doubles = new double[floats.length];
    var bytes = new byte[floats.length];
    for (int i = 0; i < floats.length; i++) {
      bytes[i] = (byte) (i * 7);
      floats[i] = bytes[i] & 255;
      doubles[i] = floats[i];
    }
    Flavours.each(
        () -> {
          Network network =
              Nets.compile(new SourceFile("test.net", text), precision).load().init(1);
          double loss = loss(network, floats);
          assertEquals(loss, loss(network, doubles));
          assertEquals(loss, loss(network, bytes));
        });
  }

  private static double loss(Network network, Object x) {
    var backward = new Backward(network, 1);
    backward.run(network.copyOfWeights(), sources(backward, x), null, 0, 20, Tasks.SEQUENTIAL);
    return backward.loss();
  }
}
