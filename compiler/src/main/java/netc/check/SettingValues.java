package netc.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import netc.ir.Model;
import netc.ir.Model.Value.Call;
import netc.syntax.Expression;
import netc.syntax.Range;

/** The right side of a setting as data: numbers are computed, calls are kept. */
final class SettingValues {
  private final Elaborator elaborator;
  private final Context context;

  SettingValues(Elaborator elaborator, Context context) {
    this.elaborator = elaborator;
    this.context = context;
  }

  Model.Value of(Expression expression) {
    return switch (expression) {
      case Expression.Parenthesized parenthesized -> of(parenthesized.inner());
      case Expression.Stack stack ->
          new Model.Value.Many(stack.elements().stream().map(this::of).toList());
      case Expression.Call call
          when call.callee() instanceof Expression.Reference reference
              && !isComputed(reference) ->
          call(reference.name().text(), call);
      case Expression.Reference reference when !isComputed(reference) ->
          new Call(reference.name().text(), java.util.List.of(), java.util.Map.of());
      default -> constant(elaborator.constant(expression, context, "a setting"));
    };
  }

  /** A constant of the net, or an operation on numbers; everything else names a kind of setting. */
  private boolean isComputed(Expression.Reference reference) {
    String name = reference.name().text();
    return Operations.find(name).isPresent()
        || context
            .scope()
            .find(name)
            .filter(e -> e instanceof Entity.Bound(Constant _, var _, var _))
            .isPresent();
  }

  private Call call(String name, Expression.Call call) {
    var positional = new ArrayList<Model.Value>();
    var named = new LinkedHashMap<String, Model.Value>();
    for (Expression.Argument argument : call.arguments()) {
      Model.Value value = range(argument.value());
      argument
          .name()
          .ifPresentOrElse(n -> named.put(n.text(), value), () -> positional.add(value));
    }
    return new Call(name, positional, named);
  }

  private Model.Value range(Range range) {
    Model.Value first = of(range.first());
    return range
        .last()
        .map(last -> (Model.Value) new Model.Value.Span(first, of(last), range.inclusive()))
        .orElse(first);
  }

  private static Model.Value constant(Constant constant) {
    return switch (constant) {
      case Constant.Exact _, Constant.Decimal _ ->
          new Model.Value.Number(
              constant.toDouble(), constant instanceof Constant.Exact && constant.whole().isPresent());
      case Constant.Truth(boolean value) -> new Model.Value.Truth(value);
      case Constant.Text(String value) -> new Model.Value.Text(value);
    };
  }
}
