package netc.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import netc.syntax.Declaration;
import netc.syntax.Expression;
import netc.syntax.Parameter;
import netc.syntax.Statement;

/** Which parameters of a function are computed more than once when its body takes the call's place. */
final class Uses {
  private final Map<Parameter, Boolean> known = new HashMap<>();

  boolean repeats(Declaration.Function function, Parameter parameter) {
    return known.computeIfAbsent(parameter, p -> count(function, p) > 1);
  }

  private static int count(Declaration.Function function, Parameter parameter) {
    var counter = new Counter(parameter.name().text(), parameter.shape().isEmpty());
    switch (function.body()) {
      case Declaration.ExpressionBody body -> counter.in(body.value());
      case Declaration.Block block -> block.statements().forEach(counter::in);
    }
    return counter.count;
  }

  private static final class Counter {
    private final String name;
    private final boolean isScalar;
    private int weight = 1;
    private int count;

    Counter(String name, boolean isScalar) {
      this.name = name;
      this.isScalar = isScalar;
    }

    void in(Statement statement) {
      switch (statement) {
        case Statement.Definition definition -> {
          boolean isRepeated = isScalar && definition.left().stream().anyMatch(l -> !l.axes().isEmpty());
          heavier(isRepeated, () -> in(definition.value()));
        }
        case Statement.For loop -> heavier(true, () -> loop.body().statements().forEach(this::in));
        default -> {}
      }
    }

    private void heavier(boolean isRepeated, Runnable inside) {
      int before = weight;
      weight = isRepeated ? 2 : weight;
      inside.run();
      weight = before;
    }

    void in(Expression expression) {
      switch (expression) {
        case Expression.Reference reference -> {
          if (reference.name().text().equals(name)) {
            count += weight;
          }
        }
        case Expression.Access access -> {
          boolean isBare =
              access.subscripts().stream()
                  .allMatch(s -> s.parts().size() == 1 && s.parts().getFirst() instanceof Expression.Reference);
          heavier(!isBare || access.outside().isPresent(), () -> in(access.base()));
          access.subscripts().forEach(s -> s.parts().forEach(this::in));
          access.outside().ifPresent(this::in);
        }
        case Expression.Call call -> {
          in(call.callee());
          arguments(call.arguments());
        }
        case Expression.ReduceCall call -> arguments(call.arguments());
        case Expression.Reduce reduce -> heavier(isScalar, () -> {
          reduce.filter().ifPresent(this::in);
          in(reduce.body());
        });
        case Expression.RealOf real -> in(real.value());
        case Expression.Binary binary -> {
          in(binary.left());
          in(binary.right());
        }
        case Expression.Negate negate -> in(negate.value());
        case Expression.Not not -> in(not.value());
        case Expression.Pipe pipe -> {
          in(pipe.left());
          in(pipe.target());
        }
        case Expression.If conditional -> {
          in(conditional.condition());
          in(conditional.then());
          in(conditional.otherwise());
        }
        case Expression.Stack stack -> stack.elements().forEach(this::in);
        case Expression.Parenthesized parenthesized -> in(parenthesized.inner());
        case Expression.Whole _, Expression.Decimal _, Expression.Text _ -> {}
        case Expression.Truth _, Expression.Builtin _ -> {}
      }
    }

    private void arguments(List<Expression.Argument> arguments) {
      arguments.forEach(a -> in(a.value().first()));
    }
  }
}
