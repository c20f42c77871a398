package netc.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Visits every expression of a tree, each before those inside it, in the order of the text. */
public final class TreeWalk {
  private final Consumer<Expression> visitor;

  private TreeWalk(Consumer<Expression> visitor) {
    this.visitor = visitor;
  }

  static void each(Unit unit, Consumer<Expression> visitor) {
    var walk = new TreeWalk(visitor);
    unit.declarations().forEach(walk::declaration);
  }

  /** Every expression of a body. */
  public static void each(List<Statement> statements, Consumer<Expression> visitor) {
    statements.forEach(new TreeWalk(visitor)::statement);
  }

  private void declaration(Declaration declaration) {
    switch (declaration) {
      case Declaration.Constant constant -> {
        name(constant.name());
        expression(constant.value());
      }
      case Declaration.Dimensions dimensions -> {
        for (Declaration.Dimensions.Item item : dimensions.items()) {
          name(item.name());
          expression(item.value());
        }
      }
      case Declaration.Function function -> {
        function.parameters().forEach(this::parameter);
        function.results().forEach(this::parameter);
        body(function.body());
      }
      case Declaration.Layer layer -> {
        layer.settings().forEach(this::parameter);
        layer.data().forEach(this::parameter);
        layer.results().forEach(this::parameter);
        body(layer.body());
      }
      case Declaration.Net net -> body(net.body());
    }
  }

  private void body(Declaration.Body body) {
    switch (body) {
      case Declaration.ExpressionBody expression -> {
        expression(expression.value());
        expression.derivative().ifPresent(this::expression);
      }
      case Declaration.Block block -> block.statements().forEach(this::statement);
    }
  }

  private void parameter(Parameter parameter) {
    parameter.shape().forEach(this::expression);
    parameter.type().flatMap(TypeName::size).ifPresent(this::expression);
    parameter.defaultValue().ifPresent(this::expression);
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Data data -> data.items().forEach(this::parameter);
      case Statement.Variables variables -> {
        for (Statement.Variables.Item item : variables.items()) {
          name(item.name());
          item.shape().forEach(this::expression);
        }
        expression(variables.initializer());
      }
      case Statement.Output output -> {
        left(output.left());
        output.value().ifPresent(this::expression);
      }
      case Statement.Objective objective -> expression(objective.value());
      case Statement.StateChange change -> {
        left(change.left());
        expression(change.value());
      }
      case Statement.Let let -> {
        name(let.name());
        expression(let.value());
      }
      case Statement.Local local -> declaration(local.declaration());
      case Statement.For loop -> {
        range(loop.range());
        body(loop.body());
      }
      case Statement.Scan scan -> {
        range(scan.range());
        body(scan.body());
      }
      case Statement.Assert assertion -> expression(assertion.condition());
      case Statement.Settings settings ->
          settings.settings().forEach(setting -> expression(setting.value()));
      case Statement.Definition definition -> {
        definition.left().forEach(this::left);
        expression(definition.value());
      }
    }
  }

  private void left(LeftSide left) {
    name(left.name());
    left.axes().forEach(axis -> axis.forEach(this::binder));
    left.shape().ifPresent(shape -> shape.forEach(this::expression));
  }

  private void binder(Binder binder) {
    binder.range().ifPresent(this::range);
  }

  private void range(Range range) {
    expression(range.first());
    range.last().ifPresent(this::expression);
  }

  private void name(Name name) {
    name.superscripts().forEach(this::expression);
  }

  private void expression(Expression expression) {
    visitor.accept(expression);
    children(expression).forEach(this::expression);
  }

  /** The expressions directly inside one, in the order of the text. */
  static List<Expression> children(Expression expression) {
    return switch (expression) {
      case Expression.Whole _ -> List.of();
      case Expression.Decimal _ -> List.of();
      case Expression.Text _ -> List.of();
      case Expression.Truth _ -> List.of();
      case Expression.Builtin _ -> List.of();
      case Expression.Reference reference -> reference.name().superscripts();
      case Expression.Access access -> {
        var children = new ArrayList<>(List.of(access.base()));
        for (Expression.Subscript subscript : access.subscripts()) {
          children.addAll(subscript.parts());
          subscript.range().ifPresent(range -> children.addAll(ends(range)));
        }
        access.outside().ifPresent(children::add);
        yield children;
      }
      case Expression.Call call -> {
        var children = new ArrayList<>(List.of(call.callee()));
        call.arguments().forEach(argument -> children.addAll(ends(argument.value())));
        yield children;
      }
      case Expression.Reduce reduce -> {
        var children = new ArrayList<Expression>();
        for (Binder binder : reduce.binders()) {
          binder.range().ifPresent(range -> children.addAll(ends(range)));
        }
        reduce.filter().ifPresent(children::add);
        children.add(reduce.body());
        yield children;
      }
      case Expression.ReduceCall call ->
          call.arguments().stream().flatMap(argument -> ends(argument.value()).stream()).toList();
      case Expression.RealOf real -> List.of(real.value());
      case Expression.Binary binary -> List.of(binary.left(), binary.right());
      case Expression.Negate negate -> List.of(negate.value());
      case Expression.Not not -> List.of(not.value());
      case Expression.Pipe pipe -> List.of(pipe.left(), pipe.target());
      case Expression.If choice ->
          List.of(choice.condition(), choice.then(), choice.otherwise());
      case Expression.Stack stack -> stack.elements();
      case Expression.Parenthesized inner -> List.of(inner.inner());
    };
  }

  private static List<Expression> ends(Range range) {
    var ends = new ArrayList<>(List.of(range.first()));
    range.last().ifPresent(ends::add);
    return ends;
  }
}
