package netc.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import netc.syntax.Declaration;
import netc.syntax.Expression;
import netc.syntax.LeftSide;
import netc.syntax.Statement;

/** The names that a body mentions, apart from those that it defines. */
final class Mentions {
  private final Set<String> names = new HashSet<>();

  private Mentions() {}

  static Set<String> in(List<Statement> statements) {
    var mentions = new Mentions();
    statements.forEach(mentions::add);
    return mentions.names;
  }

  private void add(Statement statement) {
    switch (statement) {
      case Statement.Data _ -> {}
      case Statement.Variables variables -> {
        variables.items().forEach(i -> i.shape().forEach(this::add));
        add(variables.initializer());
      }
      case Statement.Output output -> {
        output.value().ifPresentOrElse(this::add, () -> names.add(output.left().name().text()));
        output.given().forEach(g -> names.add(g.text()));
        add(output.left());
      }
      case Statement.Objective objective -> add(objective.value());
      case Statement.StateChange change -> {
        names.add(change.left().name().text());
        add(change.left());
        add(change.value());
      }
      case Statement.Let let -> add(let.value());
      case Statement.Local local -> add(local.declaration());
      case Statement.For loop -> {
        add(loop.range().first());
        loop.range().last().ifPresent(this::add);
        loop.body().statements().forEach(this::add);
      }
      case Statement.Scan scan -> scan.body().statements().forEach(this::add);
      case Statement.Assert assertion -> add(assertion.condition());
      case Statement.Settings settings -> settings.settings().forEach(s -> add(s.value()));
      case Statement.Definition definition -> {
        definition.left().forEach(this::add);
        add(definition.value());
      }
    }
  }

  private void add(Declaration declaration) {
    switch (declaration) {
      case Declaration.Constant constant -> add(constant.value());
      case Declaration.Dimensions dimensions -> dimensions.items().forEach(i -> add(i.value()));
      case Declaration.Function _, Declaration.Layer _, Declaration.Net _ -> {}
    }
  }

  private void add(LeftSide left) {
    left.axes()
        .forEach(
            axis ->
                axis.forEach(
                    binder ->
                        binder
                            .range()
                            .ifPresent(
                                r -> {
                                  add(r.first());
                                  r.last().ifPresent(this::add);
                                })));
    left.shape().ifPresent(s -> s.forEach(this::add));
  }

  private void add(Expression expression) {
    switch (expression) {
      case Expression.Reference reference -> {
        names.add(reference.name().text());
        reference.name().superscripts().forEach(this::add);
      }
      case Expression.Access access -> {
        add(access.base());
        access.subscripts().forEach(s -> s.parts().forEach(this::add));
        access.outside().ifPresent(this::add);
      }
      case Expression.Call call -> {
        add(call.callee());
        call.arguments().forEach(a -> add(a.value().first()));
      }
      case Expression.ReduceCall call -> call.arguments().forEach(a -> add(a.value().first()));
      case Expression.Reduce reduce -> {
        reduce.filter().ifPresent(this::add);
        add(reduce.body());
      }
      case Expression.RealOf real -> add(real.value());
      case Expression.Binary binary -> {
        add(binary.left());
        add(binary.right());
      }
      case Expression.Negate negate -> add(negate.value());
      case Expression.Not not -> add(not.value());
      case Expression.Pipe pipe -> {
        add(pipe.left());
        add(pipe.target());
      }
      case Expression.If conditional -> {
        add(conditional.condition());
        add(conditional.then());
        add(conditional.otherwise());
      }
      case Expression.Stack stack -> stack.elements().forEach(this::add);
      case Expression.Parenthesized parenthesized -> add(parenthesized.inner());
      case Expression.Whole _, Expression.Decimal _, Expression.Text _ -> {}
      case Expression.Truth _, Expression.Builtin _ -> {}
    }
  }
}
