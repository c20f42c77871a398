package netc.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import netc.io.SafeTensors;
import netc.runtime.Lesson;
import netc.runtime.Metadata.Setting;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.runtime.ValueText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eight steps of each rule on {@code mean 0.5 (A w − b)²} give PyTorch's parameters. */
class OptimizersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "opt_sgd              | sgd(lr = 0.1)",
        "opt_sgd_momentum     | sgd(lr = 0.05, momentum = 0.9)",
        "opt_sgd_nesterov     | sgd(0.05, momentum = 0.9, nesterov = true)",
        "opt_adam             | adam(lr = 0.1)",
        "opt_adam             | adam(lr = 0.1, betas = [0.9, 0.999])",
        "opt_adagrad          | adagrad(lr = 0.1)",
        "opt_rmsprop_momentum | rmsprop(lr = 0.01, momentum = 0.9, centered = true)",
      })
  void followsPyTorch(String reference, String setting) throws IOException {
    Map<String, Tensor> tensors;
    try (var stream = OptimizersTest.class.getResourceAsStream(reference + ".safetensors")) {
      tensors = SafeTensors.read(reference, stream.readAllBytes()).tensors();
    }
    Optimizer optimizer = optimizer(setting);
    double[] w = tensors.get("w0").doubles();
    float[] single = tensors.get("w0").floats();
    Updater doubles = optimizer.updater(new int[] {4}, false);
    Updater floats = optimizer.updater(new int[] {4}, true);
    double[] expected = tensors.get("w").doubles();
    for (int step = 1; step <= 8; step++) {
      doubles.begin(step, optimizer.lr());
      double[] gradient = gradient(tensors, w);
      doubles.update(0, w, gradient, 0, 1); // in two parts, as threads do
      doubles.update(0, w, gradient, 1, 4);
      floats.begin(step, optimizer.lr());
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

  private static Optimizer optimizer(String setting) {
    var settings = Map.of("optimizer", new Setting(ValueText.parse(setting), 3));
    return Plan.of(settings, Lesson.metadata(Precision.F64)).optimizer();
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
