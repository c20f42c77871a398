package netc.syntax;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import netc.grammar.NetLexer;
import netc.grammar.NetParser;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * What could stand where a token does not fit. It is found by trying: every kind of token is put in
 * its place, and those with which the parser gets further are what was expected.
 */
final class Expected {
  private static final int MOST_NAMED = 4;

  /** In the order in which a reader would think of them. */
  private static final List<String> SINGLES =
      List.of(
          "=", "~", "then", "else", "in", ")", "]", "(", "[", "{", ",", "}", "->", ":", "..", "if");

  private final BitSet types = new BitSet();

  private Expected() {}

  static Expected at(Code code, Attempt.Failure<?> failure) {
    var prefix = new ArrayList<Token>();
    if (failure.block() >= 0) {
      prefix.add(code.token(failure.block()));
    }
    prefix.addAll(code.tokens().subList(failure.start(), failure.position()));
    var expected = new Expected();
    for (int type = 1; type <= NetLexer.VOCABULARY.getMaxTokenType(); type++) {
      if (fits(copies(prefix), type, failure.block() >= 0)) {
        expected.types.set(type);
      }
    }
    return expected;
  }

  /** The parser numbers the tokens that it reads, so it gets its own. */
  private static List<Token> copies(List<Token> tokens) {
    return tokens.stream().<Token>map(CommonToken::new).collect(Collectors.toList());
  }

  private static boolean fits(List<Token> prefix, int type, boolean isInBlock) {
    int position = prefix.size();
    prefix.add(new CommonToken(type, ""));
    prefix.add(new CommonToken(Token.EOF, ""));
    var attempt =
        isInBlock
            ? Attempt.read(prefix, PredictionMode.LL, NetParser::block)
            : Attempt.read(prefix, PredictionMode.LL, NetParser::file);
    return switch (attempt) {
      case Attempt.Success<?> _ -> true;
      case Attempt.Failure<?> failure -> failure.position() > position;
    };
  }

  boolean has(String word) {
    return types.get(Code.type(word));
  }

  boolean name() {
    return types.get(NetLexer.ID);
  }

  /** Only a name that is no keyword at all, as after {@code net}. */
  boolean plainName() {
    return name() && !has("input");
  }

  boolean expression() {
    return types.get(NetLexer.FLOAT);
  }

  boolean operator() {
    return has("*");
  }

  boolean statement() {
    return has("param") && has("let") && has("assert");
  }

  /** The choices in the words of the language: "an operator, a new statement or `}`". */
  String sentence() {
    var choices = new ArrayList<String>();
    if (expression()) {
      choices.add("an expression");
    } else if (has("layer") && has("int") && !statement()) {
      choices.add("a type (`real`, `int`, `bool`, `index(N)`, `dim`, `fn` or `layer`)");
    } else if (name() && !statement()) {
      choices.add("a name");
    }
    if (operator()) {
      choices.add("an operator");
    }
    for (String single : SINGLES) {
      boolean isPartOfLarger =
          (expression() || operator())
              && (single.equals("(") || single.equals("[") || single.equals("if"));
      boolean isRare = single.equals("..") && has(",");
      if (has(single) && !isPartOfLarger && !isRare) {
        choices.add("`" + single + "`");
      }
    }
    if (statement()) {
      choices.add("a new statement");
    }
    if (has("net") && !expression()) {
      choices.add("a declaration (`net`, `layer`, `fn`, `const` or `dim`)");
    }
    if (types.get(NetLexer.STRING) && !expression()) {
      choices.add("a text in quotes");
    }
    return joined(choices.subList(0, Math.min(MOST_NAMED, choices.size())));
  }

  private static String joined(List<String> choices) {
    if (choices.size() < 2) {
      return choices.isEmpty() ? "nothing more" : choices.getFirst();
    }
    return String.join(", ", choices.subList(0, choices.size() - 1))
        + " or "
        + choices.getLast();
  }
}
