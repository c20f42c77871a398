package netc.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import netc.CompileOptions;
import netc.Netc;
import netc.runtime.Evaluation;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.syntax.Texts;
import org.junit.jupiter.api.Test;

/** The metrics of the prelude over a set of many blocks, against their formulas in plain Java. */
class MetricsTest {
  private static final int ROWS = 101;
  private static final int CLASSES = 6;

  private final double[][] x = new double[ROWS][CLASSES];
  private final int[] y = new int[ROWS];
  private final double[] t = new double[ROWS];
  private final double[] b = new double[ROWS];

  MetricsTest() {
    var random = new Random(8);
    for (int row = 0; row < ROWS; row++) {
      for (int k = 0; k < CLASSES; k++) {
        x[row][k] = random.nextGaussian();
      }
      y[row] = random.nextInt(CLASSES);
      t[row] = score(row) + random.nextGaussian();
      b[row] = random.nextInt(2);
    }
  }

  private double score(int row) {
    return Arrays.stream(x[row]).average().orElseThrow();
  }

  private int above(int row) {
    return (int) Arrays.stream(x[row]).filter(v -> v > x[row][y[row]]).count();
  }

  private double likelihood(int row) {
    return Math.log(Arrays.stream(x[row]).map(Math::exp).sum()) - x[row][y[row]];
  }

  private static double mean(IntToDoubleFunction each) {
    return IntStream.range(0, ROWS).mapToDouble(each).average().orElseThrow();
  }

  private Map<String, Tensor> columns() {
    var columns = new LinkedHashMap<String, Tensor>();
    double[] flat = Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
    columns.put("x", Tensor.of(flat, ROWS, CLASSES));
    columns.put("y", Tensor.of(y, ROWS));
    columns.put("t", Tensor.of(t, ROWS));
    columns.put("b", Tensor.of(b, ROWS));
    return columns;
  }

  @Test
  void areTheirFormulas() {
    var options = CompileOptions.DEFAULT.withPrecision(Precision.F64);
    var net = Netc.compile(Texts.resource("prelude/metrics.net"), options).nets().getFirst();
    Evaluation found = net.load().init(1).evaluate(columns(), ROWS);
    double truth = mean(row -> t[row]);
    double error = mean(row -> Math.pow(score(row) - t[row], 2));
    var expected = new LinkedHashMap<String, Double>();
    expected.put("right", mean(row -> above(row) == 0 ? 1 : 0));
    expected.put("first_two", mean(row -> above(row) < 2 ? 1 : 0));
    expected.put("first_five", mean(row -> above(row) < 5 ? 1 : 0));
    expected.put("sided", mean(row -> (score(row) > 0) == (b[row] == 1) ? 1 : 0));
    expected.put("determination", 1 - error / mean(row -> Math.pow(t[row] - truth, 2)));
    expected.put("error", Math.sqrt(error));
    expected.put("absolute", 0.0); // the weights start as ones
    expected.put("surprise", Math.exp(mean(this::likelihood)));
    assertEquals(expected.keySet(), found.metrics().keySet());
    expected.forEach((name, value) -> assertEquals(value, found.metrics().get(name), 1e-12, name));
  }
}
