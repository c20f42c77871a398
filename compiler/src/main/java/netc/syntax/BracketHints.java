package netc.syntax;

import java.util.ArrayDeque;
import java.util.Optional;
import netc.source.Diagnostic;
import netc.source.Span;

/** Finds the bracket that is to blame where the parser stopped. */
final class BracketHints {
  private final Code code;
  private final Spans spans;
  private final Attempt.Failure<?> failure;
  private final int at;

  BracketHints(Code code, Spans spans, Attempt.Failure<?> failure) {
    this.code = code;
    this.spans = spans;
    this.failure = failure;
    this.at = failure.position();
  }

  /** An open {@code (} or <code>[</code> where a line begins like a new statement. */
  Optional<Diagnostic> openAtNewStatement() {
    int begun = Recovery.begunStatement(code, failure);
    if (begun < 0) {
      return Optional.empty();
    }
    var open = code.openBefore(begun);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    int opening = open.peek();
    boolean isBrace = code.text(opening).equals("{");
    if (isBrace && !code.startsDeclaration(begun)) {
      return Optional.empty();
    }
    return Optional.of(unclosed(isBrace ? lessIndented(opening, at) : opening, begun));
  }

  /** A bracket that closes another one, or none, and the end of the file in an open one. */
  Optional<Diagnostic> atBracketOrEnd() {
    var open = code.openBefore(at);
    if (code.isEnd(at)) {
      return open.isEmpty()
          ? Optional.empty()
          : Optional.of(unclosed(lessIndented(open.peek(), at), at));
    }
    if (code.startsDeclaration(at) && !open.isEmpty()) {
      return Optional.of(unclosed(lessIndented(open.peek(), at), at));
    }
    if (!code.isClosing(at)) {
      return Optional.empty();
    }
    if (open.isEmpty()) {
      return Optional.of(SyntaxErrors.closesNothing(spans.of(code.token(at))));
    }
    int opening = open.peek();
    String fitting = Code.closing(code.text(opening));
    if (code.text(at).equals(fitting)) {
      return Optional.empty();
    }
    if (code.text(at).equals("}")) {
      return Optional.of(unclosed(opening, at));
    }
    if (code.text(opening).equals("{")) {
      return Optional.of(SyntaxErrors.closesNothing(spans.of(code.token(at))));
    }
    return Optional.of(
        SyntaxErrors.closesOther(
            spans.of(code.token(at)), spans.of(code.token(opening)), fitting));
  }

  private Diagnostic unclosed(int opening, int seen) {
    Span place = spans.of(code.token(seen));
    if (code.isEnd(seen)) {
      int end = spans.end(code.token(seen - 1));
      place = new Span(spans.file(), end, end);
    }
    String what =
        code.isEnd(seen)
            ? "the end of the file"
            : code.text(seen).equals("}") ? "this `}`" : "this new " + kind(seen);
    return SyntaxErrors.unclosed(
        spans.of(code.token(opening)), place, what, Code.closing(code.text(opening)));
  }

  private String kind(int seen) {
    return code.startsDeclaration(seen) ? "declaration" : "statement";
  }

  /**
   * The brace that is really open: a block whose closing brace stands further left than the line
   * that opens it took the brace of the block around it.
   */
  private int lessIndented(int open, int end) {
    if (!code.text(open).equals("{")) {
      return open;
    }
    var braces = new ArrayDeque<Integer>();
    int suspect = open;
    for (int i = 0; i < end; i++) {
      if (code.text(i).equals("{")) {
        braces.push(i);
      } else if (code.text(i).equals("}") && !braces.isEmpty()) {
        int opening = braces.pop();
        boolean isLess = code.isFirstOfLine(i) && indent(i) < indent(code.firstOfLine(opening));
        suspect = isLess && suspect == open ? opening : suspect;
      }
    }
    return suspect;
  }

  private int indent(int position) {
    return code.token(position).getCharPositionInLine();
  }
}
