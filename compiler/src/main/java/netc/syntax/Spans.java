package netc.syntax;

import netc.source.SourceFile;
import netc.source.Span;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** From ANTLR's places, which count code points, to spans, which count characters. */
final class Spans {
  private final SourceFile file;

  /** The character offset of each code point, or null when they are the same. */
  private final int[] offsets;

  Spans(SourceFile file) {
    this.file = file;
    String text = file.text();
    int points = text.codePointCount(0, text.length());
    this.offsets = points == text.length() ? null : offsets(text, points);
  }

  private static int[] offsets(String text, int points) {
    var offsets = new int[points + 1];
    int offset = 0;
    for (int point = 0; point < points; point++) {
      offsets[point] = offset;
      offset += Character.charCount(text.codePointAt(offset));
    }
    offsets[points] = offset;
    return offsets;
  }

  SourceFile file() {
    return file;
  }

  int start(Token token) {
    return token.getType() == Token.EOF ? file.text().length() : offset(token.getStartIndex());
  }

  int end(Token token) {
    return token.getType() == Token.EOF ? file.text().length() : offset(token.getStopIndex() + 1);
  }

  Span of(Token token) {
    return new Span(file, start(token), end(token));
  }

  Span of(Token first, Token last) {
    return new Span(file, start(first), end(last));
  }

  Span of(ParserRuleContext context) {
    return of(context.getStart(), context.getStop());
  }

  private int offset(int point) {
    return offsets == null ? point : offsets[point];
  }
}
