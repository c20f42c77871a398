package netc.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One printed line as tokens: names (backquoted ones marked), numbers, symbols. */
final class Tokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<quoted>`[^`]*`)|(?<name>"
              + Spelling.NAME.pattern()
              + ")|(?<number>\\d+(?:\\.\\d+)?(?:E-?\\d+)?)"
              + "|(?<symbol>\\.\\.|\\+=|==|!=|<=|>=|[-+*/^<>=,:()\\[\\]{}]))");

  private final String line;
  private final int number;
  private final List<String> tokens = new ArrayList<>();
  private int next;

  Tokens(String line, int number) {
    this.line = line;
    this.number = number;
    Matcher matcher = TOKEN.matcher(line);
    int at = 0;
    while (matcher.find(at) && matcher.start() == at) {
      tokens.add(matcher.group().strip());
      at = matcher.end();
    }
    if (!line.substring(at).isBlank()) {
      throw error("cannot read `" + line.substring(at).strip() + "`");
    }
  }

  String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  boolean accept(String token) {
    boolean found = peek().equals(token);
    next += found ? 1 : 0;
    return found;
  }

  void expect(String token) {
    if (!accept(token)) {
      throw error("expected `" + token + "` but found `" + peek() + "`");
    }
  }

  boolean atName() {
    String token = peek();
    return !token.isEmpty()
        && (token.startsWith("`")
            || Spelling.NAME.matcher(token).matches() && !Spelling.KEYWORDS.contains(token));
  }

  String name() {
    if (!atName()) {
      throw error("expected a name but found `" + peek() + "`");
    }
    String token = tokens.get(next++);
    return token.startsWith("`") ? token.substring(1, token.length() - 1) : token;
  }

  boolean atNumber() {
    return !peek().isEmpty() && Character.isDigit(peek().charAt(0));
  }

  /** A number without sign. */
  String number() {
    if (!atNumber()) {
      throw error("expected a number but found `" + peek() + "`");
    }
    return tokens.get(next++);
  }

  /** A whole number, perhaps with a minus sign. */
  long whole() {
    boolean negative = accept("-");
    return Long.parseLong((negative ? "-" : "") + number());
  }

  /** Where we are, to come back with {@link #back}. */
  int mark() {
    return next;
  }

  void back(int mark) {
    next = mark;
  }

  void end() {
    if (next < tokens.size()) {
      throw error("did not expect `" + peek() + "` here");
    }
  }

  IllegalArgumentException error(String message) {
    return new IllegalArgumentException("line " + number + ": " + message + "\n  " + line);
  }
}
