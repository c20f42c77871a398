package netc.check;

import java.util.ArrayList;
import java.util.List;
import netc.source.Span;
import netc.syntax.Expression;

/** Where an expression reads an index, apart from what binds the same name anew. */
final class IndexUses {
  private final String name;
  private final List<Span> found = new ArrayList<>();

  private IndexUses(String name) {
    this.name = name;
  }

  static List<Span> in(Expression expression, String name) {
    var uses = new IndexUses(name);
    uses.visit(expression);
    return uses.found;
  }

  private void visit(Expression expression) {
    switch (expression) {
      case Expression.Reference reference -> {
        if (reference.qualifier().isEmpty()
            && reference.name().superscripts().isEmpty()
            && reference.name().text().equals(name)) {
          found.add(reference.span());
        }
        reference.name().superscripts().forEach(this::visit);
      }
      case Expression.Access access -> {
        visit(access.base());
        access.subscripts().forEach(s -> s.parts().forEach(this::visit));
        access.outside().ifPresent(this::visit);
      }
      case Expression.Call call -> {
        if (!(call.callee() instanceof Expression.Access)) {
          visit(call.callee());
        }
        call.arguments().forEach(a -> visit(a.value().first()));
      }
      case Expression.ReduceCall call -> call.arguments().forEach(a -> visit(a.value().first()));
      case Expression.Reduce reduce -> {
        if (reduce.binders().stream().noneMatch(b -> b.name().text().equals(name))) {
          reduce.filter().ifPresent(this::visit);
          visit(reduce.body());
        }
      }
      case Expression.RealOf real -> visit(real.value());
      case Expression.Binary binary -> {
        visit(binary.left());
        visit(binary.right());
      }
      case Expression.Negate negate -> visit(negate.value());
      case Expression.Not not -> visit(not.value());
      case Expression.Pipe pipe -> {
        visit(pipe.left());
        visit(pipe.target());
      }
      case Expression.If conditional -> {
        visit(conditional.condition());
        visit(conditional.then());
        visit(conditional.otherwise());
      }
      case Expression.Stack stack -> stack.elements().forEach(this::visit);
      case Expression.Parenthesized parenthesized -> visit(parenthesized.inner());
      case Expression.Whole _, Expression.Decimal _, Expression.Text _ -> {}
      case Expression.Truth _, Expression.Builtin _ -> {}
    }
  }
}
