package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.grammar.NetParser;
import netc.source.Diagnostic;
import netc.source.SourceFile;

/**
 * Lays out a {@code .net} file; docs/formatting.md has the rules. Every comment stays, and the text
 * means what it meant: the result is read again and its tree compared.
 */
public final class Formatter {
  private Formatter() {}

  /**
   * What became of a text.
   *
   * @param text the text laid out; empty when there is a syntax error
   * @param diagnostics the syntax errors
   */
  public record Formatted(Optional<String> text, List<Diagnostic> diagnostics) {
    public Formatted {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /**
   * Formats a file.
   *
   * @param addsParentheses whether the extent of every reduction is shown by parentheses
   */
  public static Formatted format(SourceFile file, boolean addsParentheses) {
    ParseResult before = Parser.parse(file);
    if (before.unit().isEmpty()) {
      return new Formatted(Optional.empty(), before.diagnostics());
    }
    String text = layOut(file, addsParentheses);
    ParseResult after = Parser.parse(new SourceFile(file.name(), text));
    if (after.unit().isEmpty() || !SameTree.test(before.unit().get(), after.unit().get())) {
      throw new IllegalStateException("the layout of " + file.name() + " changed its meaning");
    }
    return new Formatted(Optional.of(text), before.diagnostics());
  }

  private static String layOut(SourceFile file, boolean addsParentheses) {
    Words words = Words.of(file);
    if (!(Attempt.file(words.code()) instanceof Attempt.Success(NetParser.FileContext tree))) {
      throw new IllegalStateException(file.name() + " was read once and cannot be read again");
    }
    List<FormatLine> lines =
        FormatLines.of(words, new TokenMarks(words.spans(), tree, addsParentheses));
    FormatColumns.align(lines);
    var text = new StringBuilder();
    lines.forEach(line -> line.print(text));
    return text.toString();
  }
}
