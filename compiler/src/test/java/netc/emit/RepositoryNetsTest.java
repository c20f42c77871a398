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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every net of the repository computes what the interpreter says. */
class RepositoryNetsTest {

  /** Smaller nets of the same kind, for the interpreter's sake. */
  private static final Map<String, Map<String, Double>> SIZES =
      Map.of(
          "tiny_gpt.net", Map.of("V", 11.0, "T", 5.0, "D", 8.0, "N", 2.0),
          "char_lstm.net", Map.of("V", 11.0, "T", 5.0, "D", 4.0, "H", 6.0));

  /** Nets whose batch norm takes away what a bias in front of it adds. */
  private static final Set<String> NORMED = Set.of("fashion.net", "batch_norm.net");

  static Stream<SourceFile> nets() {
    return Texts.all().filter(source -> !source.name().equals("prelude.net"));
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
            .withSizes(SIZES.getOrDefault(source.fileName(), Map.of()));
    if (source.fileName().startsWith("loss_")) {
      proof.withReals(0.1, 0.9); // probabilities and variances
    }
    (NORMED.contains(source.fileName()) ? proof.withGradientsThatCancel() : proof).check();
  }
}
