package netc.syntax;

import java.util.ArrayList;
import java.util.List;
import netc.grammar.NetLexer;
import org.antlr.v4.runtime.Token;

/** Finds the {@code ///} lines that stand before a declaration or a statement. */
final class Documentation {
  private final List<Token> all;

  /** @param all every token of the file, comments and blanks too, in the order of the text */
  Documentation(List<Token> all) {
    this.all = all;
  }

  /** The lines between {@code first} and the token of the language before it, or the empty text. */
  String before(Token first) {
    var lines = new ArrayList<String>();
    for (int i = position(first) - 1; i >= 0; i--) {
      Token token = all.get(i);
      if (token.getType() == NetLexer.DOC) {
        lines.addFirst(text(token));
      } else if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        break;
      }
    }
    return String.join("\n", lines);
  }

  private int position(Token token) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).getStartIndex() < token.getStartIndex()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static String text(Token token) {
    String line = token.getText().substring(3);
    return (line.startsWith(" ") ? line.substring(1) : line).stripTrailing();
  }
}
