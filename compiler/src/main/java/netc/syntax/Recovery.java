package netc.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Takes the statement or declaration that cannot be read out of the words, so that the rest can be
 * read. It ends where a line begins like a new one, or with the block that it belongs to.
 */
final class Recovery {
  private Recovery() {}

  /** Behind the last word of what is to be taken out. */
  static int end(Code code, Attempt.Failure<?> failure) {
    int begun = begunStatement(code, failure);
    int position = begun < 0 ? failure.position() : begun;
    int depth = 0;
    for (int at = failure.start(); !code.isEnd(at); at++) {
      boolean mayEnd = at >= position && at > failure.start();
      boolean isNext = code.startsStatement(at) || code.text(at).equals("}");
      if (mayEnd && (depth <= 0 && isNext || code.startsDeclaration(at))) {
        return at;
      }
      depth += brace(code.text(at));
      if (at >= position && depth == 0 && code.text(at).equals("}")) {
        return at + 1;
      }
    }
    return code.tokens().size() - 1;
  }

  /**
   * Where the statement begins in whose first words the reader failed although the fault lies in
   * the one before: the newline was no end to it. -1 when it is not so.
   */
  static int begunStatement(Code code, Attempt.Failure<?> failure) {
    if (code.isEnd(failure.position())) {
      return -1;
    }
    int line = code.firstOfLine(failure.position());
    int head = code.startsSoftStatement(line) ? line + 1 : code.headEnd(line);
    boolean isInHead = failure.position() <= head;
    return line > failure.start() && isInHead && code.startsStatement(line) ? line : -1;
  }

  private static int brace(String word) {
    return switch (word) {
      case "{" -> 1;
      case "}" -> -1;
      default -> 0;
    };
  }

  /** Blocks that are open where a new declaration begins are closed there. */
  static List<Token> without(Code code, int start, int end) {
    List<Token> tokens = code.tokens();
    var rest = new ArrayList<>(tokens.subList(0, start));
    if (code.startsDeclaration(end)) {
      for (int opening : code.openBefore(start)) {
        var closing = new CommonToken(tokens.get(opening));
        closing.setText(Code.closing(code.text(opening)));
        closing.setType(Code.type(closing.getText()));
        rest.add(closing);
      }
    }
    rest.addAll(tokens.subList(end, tokens.size()));
    return rest;
  }
}
