package netc.syntax;

import java.math.BigInteger;
import org.antlr.v4.runtime.Token;

/** Literals as values. What is no value (a number beyond a double) was reported before. */
final class Literals {
  /** No size needs more digits; a longer literal is reported by {@link LiteralRules}. */
  static final int LONGEST_WHOLE = 100;

  private Literals() {}

  static Expression.Whole whole(Token token, Spans spans) {
    return new Expression.Whole(new BigInteger(token.getText()), spans.of(token));
  }

  static Expression.Decimal decimal(Token token, Spans spans) {
    return new Expression.Decimal(Double.parseDouble(token.getText()), spans.of(token));
  }

  /** The text between the quotes; {@code \" \\ \n \t} stand for one character. */
  static String text(Token token) {
    String quoted = token.getText();
    var text = new StringBuilder();
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      if (c == '\\') {
        i++;
        c = unescaped(quoted.charAt(i));
      }
      text.append(c);
    }
    return text.toString();
  }

  private static char unescaped(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 't' -> '\t';
      default -> escaped; // the quote and the backslash; others were reported
    };
  }
}
