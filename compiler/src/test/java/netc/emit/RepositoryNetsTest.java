package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import netc.Netc;
import netc.check.CheckResult;
import netc.source.Diagnostic;
import netc.source.SourceFile;
import netc.syntax.Texts;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every net of the repository computes what the interpreter says. */
class RepositoryNetsTest {

  /** Nets whose batch norm, or softmax over the rows, takes away what a bias in front of it adds. */
  private static final Set<String> NORMED =
      Set.of("fashion.net", "batch_norm.net", "two_tower.net", "two_towers.net");

  /** Reals from 0.1 to 0.9 for nets that take probabilities, rates or variances. */
  private static final Set<String> POSITIVE =
      Set.of(
          "loss_bce.net",
          "loss_kl.net",
          "binary_cross_entropy.net",
          "focal_plain.net",
          "poisson_nll_rate.net",
          "gaussian_nll_false.net",
          "gaussian_nll_true.net");

  static Stream<Named<SourceFile>> nets() {
    return Texts.all().map(source -> Named.of(source.name(), source));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void classesAgreeWithTheInterpreter(SourceFile source) {
    CheckResult checked = Netc.check(source, Map.of());
    List<Diagnostic> errors = checked.diagnostics().stream().filter(Diagnostic::isError).toList();
    if (!errors.isEmpty()) {
      errors.forEach(e -> assertEquals("E901", e.code(), () -> source.name() + ": " + e));
      Assumptions.abort(source.name() + " uses what is not supported yet: " + errors.getFirst().title());
    }
    var proof =
        GeneratedVersusInterpreter.of(source)
            .withSizes(Nets.smaller(source));
    if (POSITIVE.contains(source.fileName())) {
      proof.withReals(0.1, 0.9);
    }
    if (source.text().startsWith("package refs") || source.text().startsWith("package torch")) {
      proof.withBatches(1, 33); // they are many
    }
    (NORMED.contains(source.fileName()) ? proof.withGradientsThatCancel() : proof).check();
  }
}
