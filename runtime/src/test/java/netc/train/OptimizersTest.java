package netc.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import netc.io.SafeTensors;
import netc.runtime.Precision;
import netc.runtime.Rule;
import netc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Eight steps of each rule on {@code mean 0.5 (A w − b)²} give PyTorch's parameters. */
class OptimizersTest {

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("opt_sgd", Sgd.rule(0.1)),
        Arguments.of("opt_sgd_momentum", Sgd.rule(0.05).with("momentum", 0.9)),
        Arguments.of(
            "opt_sgd_nesterov", Sgd.rule(0.05).with("momentum", 0.9).with("nesterov", 1)),
        Arguments.of("opt_adam", Adam.rule(0.1)),
        Arguments.of("opt_adam", AdamW.rule(0.1).with("weight_decay", 0)),
        Arguments.of("opt_adagrad", Adagrad.rule(0.1)),
        Arguments.of(
            "opt_rmsprop_momentum",
            RmsProp.rule(0.01).with("momentum", 0.9).with("centered", 1)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void followsPyTorch(String reference, Rule rule) throws IOException {
    Map<String, Tensor> tensors;
    try (var stream = OptimizersTest.class.getResourceAsStream(reference + ".safetensors")) {
      tensors = SafeTensors.read(reference, stream.readAllBytes()).tensors();
    }
    double[] w = tensors.get("w0").doubles();
    float[] single = tensors.get("w0").floats();
    Updater doubles = Updater.of(rule, new int[] {4}, Precision.F64);
    Updater floats = Updater.of(rule, new int[] {4}, Precision.F32);
    double[] expected = tensors.get("w").doubles();
    for (int step = 1; step <= 8; step++) {
      doubles.begin(step, rule.number("lr"));
      double[] gradient = gradient(tensors, w);
      doubles.update(0, w, gradient, 0, 1); // in two parts, as threads do
      doubles.update(0, w, gradient, 1, 4);
      floats.begin(step, rule.number("lr"));
      double[] exact = new double[4];
      for (int i = 0; i < 4; i++) {
        exact[i] = single[i];
      }
      double[] slope = gradient(tensors, exact);
      floats.update(0, single, Tensor.of(slope, 4).floats(), 0, 4);
      for (int i = 0; i < 4; i++) {
        double wanted = expected[4 * (step - 1) + i];
        assertEquals(wanted, w[i], 1e-12, "step " + step);
        assertEquals(wanted, single[i], 1e-4, "step " + step + " in floats");
      }
    }
  }

  @Test
  void aRuleKnowsItsSettings() {
    assertEquals(
        "sgd(lr = 0.1, momentum = 0.9, dampening = 0, weight_decay = 0, nesterov = true)",
        Sgd.rule(0.1).with("momentum", 0.9).with("nesterov", 1).toString());
    assertEquals(
        "adam: there is no setting `beta3`; did you mean `beta1`? (there are: lr, beta1, beta2, eps,"
            + " weight_decay)",
        assertThrows(IllegalArgumentException.class, () -> Adam.rule(1).with("beta3", 0))
            .getMessage());
    assertEquals(
        "there is no optimizer `adm`; did you mean `adam`? (there are: sgd, adam, adamw, rmsprop,"
            + " adagrad)",
        assertThrows(
                TrainingException.class,
                () -> Updater.of(Rule.of("adm", "lr", 1), new int[] {1}, Precision.F32))
            .getMessage());
  }

  private static double[] gradient(Map<String, Tensor> tensors, double[] w) {
    Tensor a = tensors.get("A");
    int rows = a.size(0);
    double[] gradient = new double[4];
    for (int r = 0; r < rows; r++) {
      double error = -tensors.get("b").get(r);
      for (int i = 0; i < 4; i++) {
        error += a.get(4 * r + i) * w[i];
      }
      for (int i = 0; i < 4; i++) {
        gradient[i] += error * a.get(4 * r + i) / rows;
      }
    }
    return gradient;
  }
}
