package netc.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import netc.grammar.NetLexer;
import org.antlr.v4.runtime.Token;

/**
 * The words that the parser sees, and what their layout tells. Lines mean nothing in the language;
 * here they are hints about where the author thinks that a statement begins.
 */
final class Code {
  private static final Set<String> BEGINS_STATEMENT =
      Set.of("param", "let", "for", "assert", "const", "dim");
  private static final Set<String> BEGINS_DECLARATION = Set.of("fn", "layer", "net");
  private static final Set<String> BEGINS_FILE = Set.of("package", "import");
  private static final Set<String> SOFT_STATEMENT =
      Set.of(
          "input", "target", "state", "sample", "output", "loss", "metric", "penalty", "update",
          "fit", "scan", "train", "data");
  private static final Set<String> OTHER_SOFT = Set.of("index", "given", "int", "bool");
  private static final Set<String> REDUCTIONS =
      Set.of(
          "sum", "prod", "mean", "max", "min", "argmax", "argmin", "any", "all", "count", "Σ", "Π",
          "∑", "∏");
  private static final Set<String> OPERATORS =
      Set.of(
          "+", "-", "*", "/", "^", "==", "!=", "<", "<=", ">", ">=", "and", "or", "not", "|>", "=",
          "~", ",", "then", "else", "if", "in", "..", "..=", "deriv", "->", ":", "@");

  private final List<Token> tokens;

  Code(List<Token> tokens) {
    this.tokens = tokens;
  }

  List<Token> tokens() {
    return tokens;
  }

  Token token(int at) {
    return tokens.get(at);
  }

  /** The word at a position; the empty text outside the file and at its end. */
  String text(int at) {
    boolean isInside = at >= 0 && at < tokens.size() && tokens.get(at).getType() != Token.EOF;
    return isInside ? tokens.get(at).getText() : "";
  }

  int type(int at) {
    return at >= 0 && at < tokens.size() ? tokens.get(at).getType() : Token.EOF;
  }

  boolean isEnd(int at) {
    return type(at) == Token.EOF;
  }

  boolean isSoftKeyword(int at) {
    return isWord(at) && (SOFT_STATEMENT.contains(text(at)) || OTHER_SOFT.contains(text(at)));
  }

  boolean isName(int at) {
    return type(at) == NetLexer.ID || isSoftKeyword(at);
  }

  boolean isReduction(int at) {
    return isWord(at) && REDUCTIONS.contains(text(at));
  }

  /** A word of the language itself, so not a name that the author made up, nor a text. */
  boolean isWord(int at) {
    int type = type(at);
    return type != NetLexer.STRING && type != NetLexer.ID && type != Token.EOF;
  }

  boolean isKeyword(int at) {
    return isWord(at) && !text(at).isEmpty() && Character.isLetter(text(at).charAt(0));
  }

  /** True for what cannot end a statement. */
  boolean isOperator(int at) {
    return isWord(at) && OPERATORS.contains(text(at));
  }

  boolean isFirstOfLine(int at) {
    return at == 0 || line(at) > line(at - 1);
  }

  int line(int at) {
    return tokens.get(at).getLine();
  }

  int firstOfLine(int at) {
    int first = at;
    while (!isFirstOfLine(first)) {
      first--;
    }
    return first;
  }

  /** No blank stands between this word and the next. */
  boolean touchesNext(int at) {
    return at >= 0
        && !isEnd(at + 1)
        && tokens.get(at).getStopIndex() + 1 == tokens.get(at + 1).getStartIndex();
  }

  boolean startsDeclaration(int at) {
    return isFirstOfLine(at) && isWord(at) && BEGINS_DECLARATION.contains(text(at));
  }

  /** True when the line begins as a statement or a declaration does. */
  boolean startsStatement(int at) {
    if (isEnd(at) || !isFirstOfLine(at)) {
      return false;
    }
    boolean isKeyword =
        isWord(at)
            && (BEGINS_STATEMENT.contains(text(at))
                || BEGINS_DECLARATION.contains(text(at))
                || BEGINS_FILE.contains(text(at)));
    return isKeyword || startsSoftStatement(at) || headEnd(at) > at;
  }

  /** {@code loss L}: no expression has two names side by side. */
  boolean startsSoftStatement(int at) {
    boolean isBlock = text(at).equals("train") || text(at).equals("data");
    return isWord(at)
        && SOFT_STATEMENT.contains(text(at))
        && (isName(at + 1) || isBlock && text(at + 1).equals("{"));
  }

  /** Where the {@code =} of a definition beginning here stands, {@code at} itself if none does. */
  int headEnd(int at) {
    if (!isName(at) && !isKeyword(at)) {
      return at;
    }
    int i = at + 1;
    while (!isEnd(i)) {
      switch (text(i)) {
        case "=" -> {
          return i;
        }
        case "@" -> i = text(i + 1).equals("(") ? behindGroup(i + 1) : i + 2;
        case "[" -> i = behindGroup(i);
        case ":" -> i++;
        case "," -> {
          if (!isName(i + 1)) {
            return at;
          }
          i += 2;
        }
        default -> {
          return at;
        }
      }
    }
    return at;
  }

  /** Behind the bracket that closes the one here; just behind this one if none does in its line. */
  private int behindGroup(int opening) {
    int depth = 0;
    for (int i = opening; !isEnd(i) && line(i) == line(opening); i++) {
      if (isOpening(i)) {
        depth++;
      } else if (isClosing(i) && --depth == 0) {
        return i + 1;
      }
    }
    return opening + 1;
  }

  boolean isOpening(int at) {
    return isWord(at) && (text(at).equals("(") || text(at).equals("[") || text(at).equals("{"));
  }

  boolean isClosing(int at) {
    return isWord(at) && (text(at).equals(")") || text(at).equals("]") || text(at).equals("}"));
  }

  /** The positions of the brackets that are open before a position, the innermost first. */
  Deque<Integer> openBefore(int position) {
    var open = new ArrayDeque<Integer>();
    for (int i = 0; i < position; i++) {
      if (isOpening(i)) {
        open.push(i);
      } else if (isClosing(i) && !open.isEmpty()) {
        open.pop();
      }
    }
    return open;
  }

  /** The kind of token that a literal word of the grammar is. */
  static int type(String word) {
    for (int type = 1; type <= NetLexer.VOCABULARY.getMaxTokenType(); type++) {
      if (("'" + word + "'").equals(NetLexer.VOCABULARY.getLiteralName(type))) {
        return type;
      }
    }
    throw new IllegalArgumentException("no word of the grammar: " + word);
  }

  static String closing(String opening) {
    return switch (opening) {
      case "(" -> ")";
      case "[" -> "]";
      default -> "}";
    };
  }
}
