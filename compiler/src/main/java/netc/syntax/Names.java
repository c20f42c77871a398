package netc.syntax;

import java.text.Normalizer;
import java.util.List;
import netc.grammar.NetParser;
import org.antlr.v4.runtime.Token;

/** Builds names: normalised to NFC, so that two spellings that look the same are the same. */
final class Names {
  private final Spans spans;
  private final ExpressionBuilder expressions;

  Names(Spans spans, ExpressionBuilder expressions) {
    this.spans = spans;
    this.expressions = expressions;
  }

  static String normalized(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** The parts of {@code std.vision}; keywords may stand behind a dot. */
  static List<String> parts(NetParser.QnameContext context) {
    return context.children.stream()
        .map(child -> child.getText())
        .filter(text -> !text.equals("."))
        .map(Names::normalized)
        .toList();
  }

  Name name(Token token) {
    return new Name(normalized(token.getText()), List.of(), spans.of(token));
  }

  Name name(NetParser.IdContext id) {
    return name(id.getStart());
  }

  Name name(NetParser.IdContext id, List<NetParser.SupContext> superscripts) {
    return name(id.getStart(), superscripts);
  }

  Name name(Token token, List<NetParser.SupContext> superscripts) {
    var span = spans.of(token);
    if (!superscripts.isEmpty()) {
      span = span.to(spans.of(superscripts.getLast()));
    }
    return new Name(
        normalized(token.getText()), superscripts.stream().map(this::superscript).toList(), span);
  }

  /** {@code @2}, {@code @l} or {@code @(l-1)}: the parentheses belong to the superscript. */
  private Expression superscript(NetParser.SupContext context) {
    if (context.expr() != null) {
      return expressions.build(context.expr());
    }
    if (context.INT() != null) {
      return Literals.whole(context.INT().getSymbol(), spans);
    }
    var name = name(context.id());
    return new Expression.Reference(List.of(), name, name.span());
  }
}
