package netc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import netc.check.CheckResult;
import netc.source.Diagnostic;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries of one's own: found, hidden, qualified, and every way in which an import can fail. */
class ImportTest {
  private static final String NET = "\nnet N { input x[3]\n output y = %s }\n";

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private CheckResult check(String imports, String value) throws IOException {
    Path main = write("main.net", "package demo\n" + imports + NET.formatted(value));
    return Netc.check(SourceFile.read(main), Map.of());
  }

  private static String titles(CheckResult result) {
    return String.join("\n", result.diagnostics().stream().map(Diagnostic::title).toList());
  }

  private static void accepts(CheckResult result) {
    assertEquals(List.of(), result.diagnostics());
  }

  @Test
  void declarationsOfAFileBesideAreVisible() throws IOException {
    write("lib/mine.net", "package lib\nconst half = 1/2\nfn halve(z) = half * z\n");
    accepts(check("import \"lib/mine.net\"", "halve(x)"));
    accepts(check("import lib.mine", "halve(x)"));
    accepts(check("import lib.mine as m", "m.halve(x)"));
    accepts(check("import lib.mine as m", "x |> m.halve()"));
    assertTrue(titles(check("import lib.mine as m", "halve(x)")).contains("called `halve`"));
    assertTrue(titles(check("import lib.mine as m", "m.halv(x)")).contains("called `halv`"));
    assertTrue(titles(check("import lib.mine as m", "k.halve(x)")).contains("under the name `k`"));
  }

  @Test
  void layersAreInstantiatedUnderTheirOwnNames() throws IOException {
    write(
        "mine.net",
        """
        package lib
        import "deep.net"
        layer thrice(n: dim)(x[I]) -> y[n] {
          param w[n, I] ~ glorot_uniform
          y[j] = sum[i] w[j,i] * triple(x[i])
        }
        """);
    write("deep.net", "package lib\nfn triple(z) = 3 * z\n");
    var result = check("import \"mine.net\" as m", "m.thrice(2)(x)");
    accepts(result);
    assertEquals("y.thrice.w", result.models().getFirst().parameters().getFirst().tensor().name());
    // what a library imports stays its own
    assertTrue(titles(check("import \"mine.net\"", "triple(x)")).contains("called `triple`"));
  }

  @Test
  void nearerNamesHideFartherOnes() throws IOException {
    write("mine.net", "package lib\nfn relu(z) = z + 100\nfn own(z) = relu(z)\n");
    accepts(check("import \"mine.net\"\nfn own(z) = z", "own(relu(x))"));
    var net =
        Netc.compile(folder.resolve("main.net")).load().init(0);
    var tensors = Map.of("x", netc.runtime.Tensor.of(new float[] {1, 2, 3}, 1, 3));
    assertEquals(101, net.predict(tensors, 1).get("y").get(0)); // the import's relu, not the prelude's
  }

  @Test
  void partsOfTheLibraryHaveNames() throws IOException {
    accepts(check("import std.activations as a\nfn relu(z) = z", "a.relu(x)"));
  }

  @Test
  void whatCannotBeImportedIsReportedWhereItStands() throws IOException {
    assertTrue(titles(check("import \"none.net\"", "x")).contains("there is no file"));
    write("a.net", "package lib\nimport \"b.net\"\nfn fa(z) = z\n");
    write("b.net", "package lib\nimport \"a.net\"\nfn fb(z) = z\n");
    assertTrue(titles(check("import \"a.net\"", "fa(x)")).contains("in a circle"));
    write("c.net", "package lib\nfn f(z) = z\n");
    write("d.net", "package lib\nfn f(z) = 2 * z\n");
    var clash = check("import \"c.net\"\nimport \"d.net\"", "f(x)");
    assertTrue(titles(clash).contains("two imports declare `f`"));
    accepts(check("import \"c.net\"\nimport \"d.net\" as d", "f(x) + d.f(x)"));
    assertTrue(titles(check("import \"c.net\"\nimport \"c.net\"", "f(x)")).contains("twice"));
    write("wrong.net", "package lib\nfn f(z) = (z\n");
    var wrong = check("import \"wrong.net\"", "x");
    assertTrue(wrong.hasErrors());
    assertEquals("wrong.net", wrong.diagnostics().getFirst().span().file().fileName());
    assertFalse(titles(wrong).isEmpty());
  }
}
