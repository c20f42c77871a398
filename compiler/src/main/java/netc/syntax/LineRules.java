package netc.syntax;

import netc.source.Diagnostics;

/**
 * Finds a line that ends with an operator where the next begins with {@code loss L} or the like.
 * The grammar can read that, {@code loss} being an ordinary name, but nobody means it.
 */
final class LineRules {
  private LineRules() {}

  static void check(Code code, Spans spans, Diagnostics diagnostics) {
    for (int i = 1; !code.isEnd(i); i++) {
      if (code.isFirstOfLine(i) && code.startsSoftStatement(i) && code.isOperator(i - 1)) {
        diagnostics.add(
            SyntaxErrors.endsWithOperator(
                spans.of(code.token(i - 1)), code.line(i - 1), spans.of(code.token(i))));
      }
    }
  }
}
