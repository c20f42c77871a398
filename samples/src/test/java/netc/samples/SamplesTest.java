package netc.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import netc.explain.Explanation;
import netc.ir.Model;
import netc.runtime.Precision;
import netc.train.TrainSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample keeps what its README promises. */
class SamplesTest {
  private static final String NO_FASHION =
      "Fashion-MNIST is not here: apt-get install dataset-fashion-mnist";

  static List<Sample> samples() {
    return Sample.ALL;
  }

  static List<Sample> fashion() {
    return Sample.FASHION;
  }

  static List<Sample> all() {
    return Stream.concat(Sample.ALL.stream(), Sample.FASHION.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void trainsToItsAccuracy(Sample sample) {
    sample.assertKept(sample.train(TrainSettings.defaults(), Integer.MAX_VALUE));
  }

  /** The whole training takes minutes; its figures are in the README. */
  @ParameterizedTest
  @MethodSource("fashion")
  void learnsFromATenthOfFashion(Sample sample) {
    assumeTrue(Sample.fashionIsInstalled(), NO_FASHION);
    var measured = sample.train(TrainSettings.defaults().epochs(1), 6_000);
    double accuracy = measured.metrics().get("accuracy");
    assertTrue(accuracy >= 0.65, () -> sample + ": " + accuracy + " after 6,000 rows");
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreDifferencesOfTheObjective(Sample sample) {
    var net = sample.compile(Precision.F64);
    boolean isThere = Sample.ALL.contains(sample) || Sample.fashionIsInstalled();
    assumeTrue(isThere, NO_FASHION);
    GradientComparison.of(net.load(), sample).compare();
  }

  /** A missing method would show only when somebody calls it. */
  @ParameterizedTest
  @MethodSource("all")
  void theClassHasEveryMethodOfANetwork(Sample sample) {
    Class<?> type = sample.compile(Precision.F32).load().type();
    assertEquals(
        List.of(),
        Stream.of(type.getMethods()).filter(m -> Modifier.isAbstract(m.getModifiers())).toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theDerivativeByEveryParameterIsExplained(Sample sample) throws Exception {
    Model model = sample.compile(Precision.F32).model();
    String derivative = Explanation.of(model).derivative();
    String latex = Explanation.of(model).derivativeInLatex();
    for (Model.Variable parameter : model.parameters()) {
      String name = parameter.tensor().name();
      String by = "/∂" + name.replaceFirst("@1", "⁽¹⁾").replaceFirst("@2", "⁽²⁾");
      assertTrue(
          derivative.lines().anyMatch(line -> line.split(" \\+?= ")[0].contains(by)),
          () -> name + "\n" + derivative);
    }
    if (!Files.readString(sample.path()).contains("diff(")) { // whose own adjoints have such names
      assertTrue(!derivative.contains("grad.") && !latex.contains("grad."), derivative);
    }
  }

  @Test
  void thereIsNoOtherSample() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      var found = new TreeSet<String>();
      files
          .filter(file -> file.toString().endsWith(".net") && !file.startsWith("target"))
          .forEach(file -> found.add(file.toString().replace('\\', '/')));
      assertEquals(new TreeSet<>(all().stream().map(Sample::file).toList()), found);
    }
  }
}
