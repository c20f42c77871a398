package netc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import netc.source.Renderer;
import netc.source.SourceFile;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text, there is a tree or there are messages that can be shown, never an exception. */
class ParserFuzzTest {
  private static final List<SourceFile> FILES =
      Texts.all().filter(file -> file.text().length() < 2500).toList();

  @RepeatedTest(40)
  void brokenWords(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var file = FILES.get(random.nextInt(FILES.size()));
    var words = new ArrayList<>(Words.of(file).all().stream().map(this::text).toList());
    int changes = 1 + random.nextInt(4);
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(words.size());
      String other = words.get(random.nextInt(words.size()));
      switch (random.nextInt(3)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, other);
        default -> words.set(at, other);
      }
    }
    check(String.join("", words));
  }

  private String text(Token token) {
    return token.getType() == Token.EOF ? "" : token.getText();
  }

  @RepeatedTest(20)
  void cutTexts(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    String text = FILES.get(random.nextInt(FILES.size())).text();
    check(text.substring(0, random.nextInt(text.length())));
    check(text.substring(random.nextInt(text.length())));
  }

  @RepeatedTest(20)
  void anyLetters(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var text = new StringBuilder("net A {\n");
    for (int i = 0; i < 60; i++) {
      boolean isRare = random.nextInt(8) == 0;
      text.appendCodePoint(isRare ? random.nextInt(0x10FFFF) : 10 + random.nextInt(117));
    }
    check(text.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "[", "{", "-", "not ", "if ", "sum[k] ", "1+", "2^", "x[", "f(", "x|>", "@("})
  void deepNesting(String piece) {
    check("net A {\n  y = " + piece.repeat(10_000));
    check("net A {\n  y = " + piece.repeat(10_000) + "1\n}\n");
  }

  @Test
  void aLongSumIsReportedAtItsPlace() {
    var found = check("const a = 1" + " + 1".repeat(5000));
    assertEquals("E014", found.diagnostics().getFirst().code());
  }

  @Test
  void nothingAtAll() {
    check("");
    check("\n\n");
    check("\uFEFF");
    check("\uD800");
  }

  private static ParseResult check(String text) {
    var file = new SourceFile("fuzz.net", text);
    var result = Parser.parse(file);
    assertEquals(result.unit().isEmpty(), !result.diagnostics().isEmpty(), text);
    result
        .diagnostics()
        .forEach(
            diagnostic -> {
              assertTrue(diagnostic.span().start() <= diagnostic.span().end(), text);
              assertTrue(diagnostic.span().end() <= text.length(), text);
            });
    assertEquals(
        result.diagnostics().isEmpty(), Renderer.coloured().render(result.diagnostics()).isEmpty());
    return result;
  }
}
