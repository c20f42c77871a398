package netc.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.Netc;
import netc.source.Diagnostic;
import netc.source.Renderer;
import netc.source.SourceFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The examples of docs/language.md: {@code net} is a file that compiles without a message, {@code net
 * E102} one with that mistake and no other, and {@code net body} the statements of a net.
 */
class LanguageReferenceTest {
  private static final Path PAGE = Path.of("../docs/language.md").toAbsolutePath().normalize();
  private static final Pattern EXAMPLE =
      Pattern.compile("^```net([^\n]*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @TestFactory
  Stream<DynamicTest> examples() throws IOException {
    String page = Files.readString(PAGE);
    List<MatchResult> examples = EXAMPLE.matcher(page).results().toList();
    assertTrue(examples.size() > 20, "found " + examples.size());
    return examples.stream()
        .map(
            example -> {
              int line = (int) page.substring(0, example.start()).lines().count() + 1;
              List<String> words = List.of(example.group(1).strip().split(" "));
              return dynamicTest(
                  "line " + line + " " + words, () -> check(words, example.group(2)));
            });
  }

  private static void check(List<String> words, String text) {
    boolean isBody = words.contains("body");
    String whole = isBody ? "package demo\n\nnet Example {\n" + text + "}\n" : text;
    var file = new SourceFile("language.net", whole);
    var result = Netc.check(file, Map.of());
    List<String> found = result.diagnostics().stream().map(Diagnostic::code).distinct().toList();
    List<String> codes = words.stream().filter(w -> w.matches("[EW]\\d+")).toList();
    assertEquals(codes, found, () -> Renderer.plain().render(result.diagnostics()));
    result.models().forEach(model -> Netc.compile(model, file, CompileOptions.DEFAULT));
  }
}
