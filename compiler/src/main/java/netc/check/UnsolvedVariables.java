package netc.check;

import java.util.ArrayList;
import java.util.List;
import netc.source.Span;
import netc.syntax.Expression;

/** The upper-case names in the formula of an axis: shape variables that must be known already. */
final class UnsolvedVariables {
  private final List<Span> found = new ArrayList<>();

  private UnsolvedVariables() {}

  static List<Span> in(Expression size) {
    var variables = new UnsolvedVariables();
    variables.visit(size);
    return variables.found;
  }

  private void visit(Expression size) {
    switch (size) {
      case Expression.Reference reference -> {
        boolean isPlain =
            reference.qualifier().isEmpty() && reference.name().superscripts().isEmpty();
        if (isPlain && Character.isUpperCase(reference.name().text().codePointAt(0))) {
          found.add(reference.span());
        }
      }
      case Expression.Binary binary -> {
        visit(binary.left());
        visit(binary.right());
      }
      case Expression.Negate negate -> visit(negate.value());
      case Expression.Parenthesized parenthesized -> visit(parenthesized.inner());
      case Expression.Call call -> call.arguments().forEach(a -> visit(a.value().first()));
      default -> {}
    }
  }
}
