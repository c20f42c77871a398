package netc.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.grammar.NetLexer;
import netc.source.SourceFile;
import netc.syntax.FormatLine.Kind;
import netc.syntax.FormatLine.Piece;
import netc.syntax.TokenMarks.Braces;
import netc.syntax.TokenMarks.Column;
import org.antlr.v4.runtime.Token;

/**
 * Breaks the words of a file into lines: where the source has breaks, where a statement begins, and
 * around the braces of a block. A line inside a statement keeps its distance from the statement.
 */
final class FormatLines {
  private static final int STEP = 2;

  private final Words words;
  private final TokenMarks marks;
  private final SourceFile file;
  private final List<Token> tokens;
  private final List<FormatLine> lines = new ArrayList<>();

  private int depth;

  /** Where the last statement begins: in the source, and here. */
  private int sourceAnchor;

  private int anchor;

  private FormatLines(Words words, TokenMarks marks) {
    this.words = words;
    this.marks = marks;
    this.file = words.spans().file();
    this.tokens =
        words.all().stream()
            .filter(token -> token.getType() != NetLexer.WS && token.getType() != Token.EOF)
            .filter(token -> !token.getText().equals(";"))
            .toList();
  }

  static List<FormatLine> of(Words words, TokenMarks marks) {
    var breaker = new FormatLines(words, marks);
    for (int i = 0; i < breaker.tokens.size(); i++) {
      breaker.add(i);
    }
    return breaker.lines;
  }

  private void add(int i) {
    Token token = tokens.get(i);
    if (closesBlock(token)) {
      depth--;
    }
    if (i == 0 || breaksBefore(i)) {
      begin(i);
    }
    append(i);
    if (token.getText().equals("{") && braces(token) == Braces.BLOCK) {
      depth++;
    }
  }

  private boolean breaksBefore(int i) {
    Token token = tokens.get(i);
    Token previous = tokens.get(i - 1);
    if (previous.getType() == NetLexer.LINE || previous.getType() == NetLexer.DOC) {
      return true;
    }
    boolean isBroken = newLines(i) > 0;
    if (isComment(token)) {
      return isBroken;
    }
    if (marks.starts.contains(token)) {
      return !(previous.getText().equals("{") && braces(previous) == Braces.ONE_LINE);
    }
    Braces braces = braces(token);
    if (braces != null && token.getText().equals("{")) {
      return false;
    }
    if (braces != null) {
      return braces == Braces.BLOCK || isBroken;
    }
    return isBroken || braces(previous) == Braces.BLOCK;
  }

  private void begin(int i) {
    Token token = tokens.get(i);
    boolean isInside = isInside(i);
    int sourceIndent = file.column(words.spans().start(token)) - 1;
    int indent = STEP * depth;
    if (isInside) {
      indent = Math.max(indent + STEP, sourceIndent - sourceAnchor + anchor);
    } else if (!isComment(token)) {
      sourceAnchor = sourceIndent;
      anchor = indent;
    }
    boolean isFirst = i == 0 || endsWithOpenBrace();
    boolean hasBlank = !isFirst && !isInside && newLines(i) > 1 && !closesBlock(token);
    Kind kind =
        isComment(token) ? Kind.COMMENT : isInside ? Kind.CONTINUATION : Kind.STATEMENT;
    lines.add(new FormatLine(kind, indent, sourceIndent, hasBlank));
  }

  /** Whether the next word of the language, comments left aside, goes on with a statement. */
  private boolean isInside(int i) {
    int next = i;
    while (next < tokens.size() && isComment(tokens.get(next))) {
      next++;
    }
    return next < tokens.size()
        && !marks.starts.contains(tokens.get(next))
        && !closesBlock(tokens.get(next))
        && !isBlockSetting(tokens.get(next));
  }

  private boolean closesBlock(Token token) {
    return token.getText().equals("}") && braces(token) == Braces.BLOCK;
  }

  /** A setting of {@code data { … }} laid out as a block begins a line like a statement. */
  private boolean isBlockSetting(Token token) {
    return marks.settings.contains(token) && !marks.hanging.contains(token);
  }

  private boolean endsWithOpenBrace() {
    return lines.getLast().pieces.stream()
        .filter(piece -> piece.column().filter(Column.COMMENT::equals).isEmpty())
        .reduce((_, last) -> last)
        .filter(last -> last.text().equals("{"))
        .isPresent();
  }

  private void append(int i) {
    Token token = tokens.get(i);
    FormatLine line = lines.getLast();
    int gap = line.pieces.isEmpty() ? 0 : gap(i);
    int written = i == 0 ? 0 : words.spans().start(token) - words.spans().end(tokens.get(i - 1));
    int column = file.column(words.spans().start(token));
    for (int n = marks.opened.getOrDefault(token, 0); n > 0; n--) {
      line.add(new Piece("(", gap, 0, column, Optional.empty()));
      gap = 0;
    }
    line.add(new Piece(text(token), gap, written, column, column(token)));
    for (int n = marks.closed.getOrDefault(token, 0); n > 0; n--) {
      line.add(new Piece(")", 0, 0, column, Optional.empty()));
    }
  }

  private Optional<Column> column(Token token) {
    return isComment(token)
        ? Optional.of(Column.COMMENT)
        : Optional.ofNullable(marks.columns.get(token));
  }

  private int gap(int i) {
    Token token = tokens.get(i);
    Token previous = tokens.get(i - 1);
    if (isComment(token) || marks.settings.contains(token) && !previous.getText().equals("{")) {
      return token.getType() == NetLexer.BLOCK ? 1 : 2;
    }
    boolean isEmptyBlock = previous.getText().equals("{") && token.getText().equals("}");
    boolean isTight =
        marks.tightBehind.contains(previous) || marks.tightBefore.contains(token) || isEmptyBlock;
    return isTight ? 0 : 1;
  }

  private static String text(Token token) {
    return token.getType() == NetLexer.BLOCK
        ? token.getText().replaceAll("\\R", "\n")
        : token.getText().stripTrailing();
  }

  private Braces braces(Token token) {
    return marks.braces.get(token);
  }

  private static boolean isComment(Token token) {
    return switch (token.getType()) {
      case NetLexer.LINE, NetLexer.DOC, NetLexer.BLOCK -> true;
      default -> false;
    };
  }

  private int newLines(int i) {
    int end = words.spans().end(tokens.get(i - 1));
    return file.line(words.spans().start(tokens.get(i))) - file.line(end - 1);
  }
}
