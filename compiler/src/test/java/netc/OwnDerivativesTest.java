package netc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import netc.check.ImportedFiles;
import netc.check.OwnDerivative;
import netc.check.Prelude;
import netc.source.Diagnostic;
import netc.source.SourceFile;
import netc.syntax.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each {@code deriv} is the derivative, or there is a warning. */
class OwnDerivativesTest {
  private static List<String> codes(String function) {
    String text = "package demo\n" + function + "\nnet A {\n  input x\n  output y = x\n}\n";
    return Netc.check(new SourceFile("test.net", text), Map.of()).diagnostics().stream()
        .map(Diagnostic::code)
        .toList();
  }

  @Test
  void thoseOfTheLibraryAre() {
    List<OwnDerivative> own = OwnDerivative.in(Prelude.unit(), Prelude.unit(), ImportedFiles.NONE);
    long all = Prelude.unit().declarations().stream().filter(d -> d.span().text().contains(" deriv ")).count();
    assertEquals(all, own.size());
    assertTrue(all > 3, all + " functions with a derivative");
    assertEquals(List.of(), OwnDerivatives.check(own));
  }

  @Test
  void thoseOfTheRepositoryAre() {
    List<SourceFile> sources = Texts.all().filter(source -> source.text().contains("deriv ")).toList();
    assertTrue(sources.size() > 1);
    for (SourceFile source : sources) {
      List<Diagnostic> wrong =
          Netc.check(source, Map.of()).diagnostics().stream().filter(d -> d.code().equals("W508")).toList();
      assertEquals(List.of(), wrong, source.name());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn f(z) = tanh(z) deriv 1 - f(z)^2",
        "fn f(z) = abs(z) deriv if z > 0 then 1 else -1",
        "fn f(z) = log(z) deriv 1 / z", // nothing to compare left of 0
        "fn f(z) = floor(z) deriv 0",
        "fn f(z) = exp(3 * z) deriv 3 * exp(3 * z)",
        "const c = 2\nfn g(z) = c * z^2\nfn f(z) = g(z) + 1 deriv 2 * c * z",
        "fn f(z) = z + stop(round(z) - z)",
      })
  void aRightOneIsNoted(String function) {
    assertEquals(List.of(), codes(function));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn f(z) = tanh(z) deriv 1 - f(z)",
        "fn f(z) = max(z, 0) deriv 1",
        "fn f(z) = round(z) deriv 1",
        "fn f(z) = z^2 deriv 0",
        "fn f(z) = z^2 deriv 2 * z + 0.001",
        "fn f(z) = z^2 deriv sqrt(4 * z^2)", // wrong on one side
        "fn f(z) = z^2 deriv log(-1 - z^2)", // NaN
        "fn f(z) = log(z) deriv 2 / z",
      })
  void aWrongOneIsWarnedOf(String function) {
    assertEquals(List.of("W508"), codes(function));
  }
}
