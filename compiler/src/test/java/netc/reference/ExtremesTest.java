package netc.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.Netc;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where numbers are large, zero, infinite or none: values and derivatives, in both precisions. */
class ExtremesTest {

  /** A line of extremes.txt. */
  private record Point(
      String call, Precision precision, double x, double value, double derivative) {
    static Point read(String line) {
      String[] parts = line.split(" ");
      return new Point(
          parts[0], Precision.valueOf(parts[1]), number(parts[2]), number(parts[3]), number(parts[4]));
    }

    private static double number(String text) {
      return switch (text) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan" -> Double.NaN;
        default -> Double.parseDouble(text);
      };
    }
  }

  private static List<Point> points() {
    try (var in = ExtremesTest.class.getResourceAsStream("/netc/torch/extremes.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(Point::read).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<String> calls() {
    return points().stream().map(Point::call).distinct();
  }

  /** Of NaN comes NaN, where PyTorch says so; its NaN at a number (0 · ∞) is no answer to follow. */
  @ParameterizedTest
  @MethodSource("calls")
  void activationsAreThoseOfPyTorch(String call) {
    for (Precision precision : Precision.values()) {
      Network network = network("input x\noutput y = " + call + "(x)\nloss l = y", precision);
      List<Point> points =
          points().stream().filter(p -> p.call().equals(call) && p.precision() == precision).toList();
      assertTrue(points.size() > 20);
      for (Point point : points) {
        var found = network.gradients(Map.of("x", Tensor.of(new double[] {point.x()}, 1)), 1);
        String where = call + "(" + point.x() + ") in " + precision;
        near(where, point, point.value(), found.outputs().get("y").get(0));
        near("derivative of " + where, point, point.derivative(), found.inputs().get("x").get(0));
      }
    }
  }

  private static void near(String where, Point point, double expected, double found) {
    if (Double.isNaN(expected) || Double.isNaN(point.x())) {
      boolean isDefined = Double.isNaN(expected) && Double.isNaN(point.x());
      assertTrue(!isDefined || Double.isNaN(found), where);
      return;
    }
    double relative = point.precision() == Precision.F64 ? 1e-12 : 2e-6;
    double absolute = point.precision() == Precision.F64 ? 1e-15 : 1e-7;
    assertEquals(expected, found, Math.max(absolute, relative * Math.abs(expected)), where);
  }

  @ParameterizedTest
  @CsvSource({
    "logsumexp, 1000 1000 -1000, 1000.6931471805599",
    "logsumexp, -1000 -1000 -1000, -998.9013877113318",
    "logsumexp, -inf 0 -inf, 0",
    "logsumexp, -inf -inf -inf, -inf",
    "logsumexp, inf 0 -inf, inf",
    "max_softmax, 1000 0 -1000, 1",
    "max_softmax, -inf 0 -inf, 1",
    "max_softmax, 1e-30 0 0, 0.3333333333333333",
    "min_log_softmax, 1000 0 -1000, -2000",
    "min_log_softmax, -inf 0 0, -inf",
    "loss_of_first, 1000 0 -1000, 0",
    "loss_of_first, -1000 0 -1000, 1000",
    "loss_of_first, -1000 -1000 -1000, 1.0986122886681098",
    "with_logits_1, 1000 0 0, 0",
    "with_logits_1, -1000 0 0, 1000",
    "with_logits_0, 1000 0 0, 1000",
    "with_logits_0, -1000 0 0, 0",
    "weighted_1, -1000 0 0, 2500",
    "weighted_1, 1000 0 0, 0",
    "probability_1, 0 0 0, 100",
    "probability_1, 1 0 0, 0",
    "probability_0, 1 0 0, 100",
    "probability_0, 0 0 0, 0",
    "far, 1000 0 0, 999.3068528194401",
    "length, 0 0 0, 0",
  })
  void lossesAndVectorsDoNotOverflow(String what, String x, String value) {
    double expected = number(value);
    String call =
        switch (what) {
          case "logsumexp" -> "logsumexp(x)";
          case "max_softmax" -> "max(softmax(x))";
          case "min_log_softmax" -> "min(log_softmax(x))";
          case "loss_of_first" -> "nll(log_softmax(x), k)";
          case "with_logits_1" -> "binary_cross_entropy_with_logits(x[0], 1)";
          case "with_logits_0" -> "binary_cross_entropy_with_logits(x[0], 0)";
          case "weighted_1" -> "binary_cross_entropy_with_logits(x[0], 1, pos_weight = 2.5)";
          case "probability_1" -> "binary_cross_entropy(x[0], 1)";
          case "probability_0" -> "binary_cross_entropy(x[0], 0)";
          case "far" -> "log_cosh(x[0], 0)";
          case "length" -> "norm(x)";
          default -> throw new AssertionError(what);
        };
    double[] numbers = Stream.of(x.split(" ")).mapToDouble(ExtremesTest::number).toArray();
    Map<String, Tensor> columns =
        Map.of("x", Tensor.of(numbers, 1, 3), "k", Tensor.of(new int[] {0}, 1));
    for (Precision precision : Precision.values()) {
      Network network =
          network("input x[3]\ninput k : index(3)\noutput y = " + call + "\nloss l = y", precision);
      var found = network.gradients(columns, 1);
      double tolerance = precision == Precision.F64 ? 1e-12 : 1e-6;
      assertEquals(
          expected,
          found.outputs().get("y").get(0),
          Math.max(tolerance, tolerance * Math.abs(expected)),
          call + " in " + precision);
    }
  }

  private static double number(String text) {
    return Point.number(text);
  }

  private static Network network(String body, Precision precision) {
    var source = new SourceFile("extremes.net", "package extremes\nnet Extremes {\n" + body + "\n}\n");
    var options = CompileOptions.DEFAULT.withPrecision(precision).inspecting();
    return Netc.compile(source, options).nets().getFirst().load().init(1);
  }
}
