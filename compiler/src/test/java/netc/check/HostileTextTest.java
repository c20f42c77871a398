package netc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import netc.CompileOptions;
import netc.Netc;
import netc.source.Diagnostic;
import netc.source.Renderer;
import netc.source.SourceFile;
import netc.syntax.Mutants;
import netc.syntax.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: messages that can be shown or a model that compiles, soon, and no exception. */
class HostileTextTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final List<SourceFile> FILES =
      Texts.all().filter(file -> file.text().length() < 3000).toList();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void textsThatAreNearlyRight(long seed) {
    var mutants = new Mutants(FILES, seed);
    int correct = 0;
    for (int i = 0; i < 250; i++) {
      String text = mutants.next();
      correct += check(text).isEmpty() ? 1 : 0;
    }
    assertTrue(correct > 5, "mutants should not all be wrong: " + correct);
  }

  /** The errors; without one, every model compiles. */
  private static List<Diagnostic> check(String text) {
    var file = new SourceFile("hostile.net", text);
    try {
      return assertTimeout(SOON, () -> errors(file));
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(text, e);
    }
  }

  private static List<Diagnostic> errors(SourceFile file) {
    CheckResult result = Netc.check(file, Map.of());
    for (Diagnostic diagnostic : result.diagnostics()) {
      assertTrue(diagnostic.span().end() <= diagnostic.span().file().text().length());
      assertFalse(Renderer.coloured().render(diagnostic).isBlank());
    }
    var errors = result.diagnostics().stream().filter(Diagnostic::isError).toList();
    if (errors.isEmpty()) {
      result.models().forEach(model -> Netc.compile(model, file, CompileOptions.DEFAULT));
    } else {
      assertEquals(List.of(), result.models());
    }
    return errors;
  }

  private static String net(String body) {
    return "package demo\nnet A {\n" + body + "\n}\n";
  }

  private static void expect(String code, String text) {
    List<Diagnostic> errors = check(text);
    assertTrue(
        errors.stream().anyMatch(e -> e.code().equals(code)),
        () -> "no " + code + " among\n" + Renderer.plain().render(errors));
  }

  @Test
  void nothingToRead() {
    for (String text : List.of("", "\n", "\uFEFF", "// only a comment\n", "/* one */", "/// doc\n", "package demo\n")) {
      assertEquals(List.of(), check(text), text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lineEnds(String end) {
    String text = net("input x[3]\r\ny = x +\r\noutput y").replace("\r\n", "\n").replace("\n", end);
    List<Diagnostic> errors = check(text);
    assertEquals(4, errors.getFirst().span().place().line());
    String shown = Renderer.plain().render(errors);
    assertFalse(shown.contains("\r"), shown);
  }

  @Test
  void columnsCountLettersBehindAMarkAndTabs() {
    List<Diagnostic> errors = check("\uFEFFpackage demo\nnet A {\n\tinput x\n\toutput y = simgoid(x)\n}\n");
    assertEquals("hostile.net:4:13", errors.getFirst().span().toString());
    String[] shown = Renderer.plain().render(errors).split("\n");
    int code = shown[3].indexOf("simgoid");
    assertEquals("^^^^^^^", shown[4].substring(code).strip());
    assertEquals(code, shown[4].indexOf('^'));
  }

  @Test
  void lettersOfAnyScript() {
    assertEquals(
        List.of(), check(net("input größe[3], β, x₁\nλ' = größe * β + x₁\noutput λ'\nloss ﬀ = sum(λ')")));
    expect("E101", net("input größe[3]\noutput y = grösse"));
    // e and a combining accent are é
    assertEquals(List.of(), check(net("input e\u0301[3]\noutput y = 2 * \u00e9")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dim n = 1000000000\ninput x[n]\nparam w[n, n] ~ zeros\noutput x",
        "input x[2147483648]\noutput x",
        "input x[0]\noutput x",
        "dim n = 3\ninput x[n - 5]\noutput x",
        "input t : index(3000000000)\noutput y = real(t)",
        "input x[70000]\ny[i, j] = x[i] + x[j]\noutput y"
      })
  void sizesThatNoArrayHas(String body) {
    expect("E206", net(body));
  }

  @Test
  void largeSizesThatAreAllowed() {
    assertEquals(
        List.of(), check(net("dim n = 1000000000\ninput x[n]\noutput s = sum[i] x[i]")));
    assertEquals(
        List.of(), check(net("input x\noutput s = sum[i in 1000000000] x * i")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dim n = 4 / 0", "dim n = div(4, 0)", "dim n = mod(4, 0)", "const c = 1 / (2 - 2)",
        "dim n = 9223372036854775807 + 1", "dim n = 2^64", "dim n = 0^-1", "const c = 3 * 9223372036854775807"
      })
  void arithmeticThatHasNoResult(String declaration) {
    expect("E203", "package demo\n" + declaration + "\nnet A { input x output x }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const a = b\nconst b = a",
        "dim a = 2 * a",
        "dim a = b, b = c, c = a",
        "fn f(x) = g(x)\nfn g(x) = f(x)\nnet A { input x output y = f(x) }",
        "fn f(x) = f(x)\nnet A { input x output y = f(x) }",
        "layer f(x) -> y { y = g(x) }\nlayer g(x) -> y { y = f(x) }\nnet A { input x output y = f(x) }",
        "layer f(x) -> y { let g = f\n y = g(x) }\nnet A { input x output y = f(x) }"
      })
  void definitionsInACircle(String text) {
    expect("E107", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "-", "not ", "1 + ", "x * ", "tanh(", "if x > 0 then 1 else "})
  void deepNesting(String piece) {
    String closing = piece.endsWith("(") ? ")" : piece.endsWith("[") ? "]" : "";
    for (int depth : new int[] {50, 400, 4000}) {
      check(net("input x\noutput y = " + piece.repeat(depth) + "x" + closing.repeat(depth)));
    }
  }

  @Test
  void manyStatements() {
    var body = new StringBuilder("input x[4]\nh@0 = x\n");
    for (int i = 1; i <= 600; i++) {
      body.append("h@").append(i).append(" = tanh(h@").append(i - 1).append(")\n");
    }
    assertEquals(List.of(), check(net(body + "output h@600")));
  }
}
