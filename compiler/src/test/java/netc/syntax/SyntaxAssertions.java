package netc.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import netc.source.SourceFile;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.dfa.DFA;

/** For every test that reads {@code .net} text: each text also tests the grammar. */
public final class SyntaxAssertions {
  private SyntaxAssertions() {}

  /** The tree of a text that has no syntax error and that the grammar reads in one way only. */
  public static Unit parse(String name, String text) {
    return parse(new SourceFile(name, text));
  }

  public static Unit parse(SourceFile file) {
    var result = netc.syntax.Parser.parse(file);
    if (!result.diagnostics().isEmpty()) {
      fail(file.name() + ": " + result.diagnostics());
    }
    assertEquals(List.of(), complaints(file), file.name());
    return result.unit().orElseThrow();
  }

  /** What the grammar is undecided about in a text: ambiguities and retries with full context. */
  public static List<String> complaints(SourceFile file) {
    var complaints = new ArrayList<String>();
    Attempt.watch(Words.of(file).code(), new Listener(complaints));
    return complaints;
  }

  private static final class Listener extends BaseErrorListener {
    private final List<String> complaints;

    Listener(List<String> complaints) {
      this.complaints = complaints;
    }

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        Object symbol,
        int line,
        int column,
        String message,
        RecognitionException error) {
      complaints.add(line + ":" + column + " " + message);
    }

    @Override
    public void reportAmbiguity(
        Parser parser,
        DFA dfa,
        int start,
        int stop,
        boolean exact,
        BitSet alternatives,
        ATNConfigSet configurations) {
      complaints.add("ambiguity" + place(parser, dfa, start, stop));
    }

    @Override
    public void reportAttemptingFullContext(
        Parser parser,
        DFA dfa,
        int start,
        int stop,
        BitSet alternatives,
        ATNConfigSet configurations) {
      complaints.add("full-context retry" + place(parser, dfa, start, stop));
    }

    private static String place(Parser parser, DFA dfa, int start, int stop) {
      String rule = parser.getRuleNames()[dfa.atnStartState.ruleIndex];
      var tokens = parser.getTokenStream();
      var text = new StringBuilder();
      for (int i = start; i <= stop; i++) {
        text.append(' ').append(tokens.get(i).getText());
      }
      return " in " + rule + " at line " + tokens.get(start).getLine() + ":" + text;
    }
  }
}
