package netc.syntax;

import java.util.List;
import netc.grammar.NetParser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/**
 * Limits that keep every later walk over the tree, all of them recursive, within an ordinary stack.
 * Text beyond them was written by a program, and gets a diagnostic.
 */
final class Nesting {
  /** Brackets inside brackets. */
  static final int DEEPEST_BRACKETS = 200;

  /** Expressions inside expressions: also the number of terms of a sum without parentheses. */
  static final int DEEPEST_TREE = 1000;

  /** Grammar rules inside grammar rules: about three an expression. */
  private static final int DEEPEST_RULES = 3 * DEEPEST_TREE;

  private Nesting() {}

  /** @throws TooDeep at the first bracket that stands in too many others */
  static void checkBrackets(List<Token> tokens) {
    int depth = 0;
    for (Token token : tokens) {
      switch (token.getText()) {
        case "(", "[", "{" -> depth++;
        case ")", "]", "}" -> depth = Math.max(0, depth - 1);
        default -> {}
      }
      if (depth > DEEPEST_BRACKETS) {
        throw new TooDeep(token);
      }
    }
  }

  /** Thrown where a limit is passed; never leaves {@link Parser}. */
  static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Token token;

    TooDeep(Token token) {
      super(null, null, false, false);
      this.token = token;
    }

    Token token() {
      return token;
    }
  }

  /** The generated parser, but with a limit on its recursion. */
  static final class LimitedParser extends NetParser {
    private int depth;

    LimitedParser(TokenStream input) {
      super(input);
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
      deeper();
      super.enterRule(context, state, rule);
    }

    @Override
    public void exitRule() {
      depth--;
      super.exitRule();
    }

    @Override
    public void enterRecursionRule(ParserRuleContext context, int state, int rule, int precedence) {
      deeper();
      super.enterRecursionRule(context, state, rule, precedence);
    }

    @Override
    public void unrollRecursionContexts(ParserRuleContext parent) {
      depth--;
      super.unrollRecursionContexts(parent);
    }

    private void deeper() {
      if (++depth > DEEPEST_RULES) {
        throw new TooDeep(getCurrentToken());
      }
    }
  }
}
