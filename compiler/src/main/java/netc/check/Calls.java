package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.Arguments.Given;
import netc.check.Operators.Operand;
import netc.check.errors.CallErrors;
import netc.check.errors.DerivativeErrors;
import netc.check.errors.RoleErrors;
import netc.ir.Primitive;
import netc.source.Span;
import netc.syntax.Expression;

/** {@code f(x)}, {@code dense(3)(x)}, {@code x |> dense(3)}: who is called with what. */
final class Calls {
  private final Elaborator elaborator;
  private final Functions functions;
  private final Layers layers;
  private final DiffCalls diffs;

  Calls(Elaborator elaborator) {
    this.elaborator = elaborator;
    this.functions = new Functions(elaborator);
    this.layers = new Layers(elaborator);
    this.diffs = new DiffCalls(elaborator);
  }

  Functions functions() {
    return functions;
  }

  /** All results of a call, in order; any other expression has one. */
  List<Value> results(Expression expression, Context context) {
    return switch (expression) {
      case Expression.Parenthesized parenthesized -> results(parenthesized.inner(), context);
      case Expression.Call call -> callResults(call, context);
      case Expression.Pipe pipe -> pipeResults(pipe, context);
      default -> List.of(elaborator.value(expression, context));
    };
  }

  Value call(Expression.Call call, Context context) {
    return callResults(call, context).getFirst();
  }

  Value pipe(Expression.Pipe pipe, Context context) {
    return pipeResults(pipe, context).getFirst();
  }

  private List<Value> callResults(Expression.Call call, Context context) {
    if (call.callee() instanceof Expression.Access axes) {
      return List.of(elaborator.axisCalls.call(axes, call, context));
    }
    Callable callee = callee(call.callee(), false, context);
    List<Given> given = Arguments.of(call.arguments(), elaborator, context);
    if (callee instanceof Callable.Template template && takesSettings(template, given)) {
      return List.of(layers.withSettings(template, given, call.span(), context));
    }
    return apply(callee, given, call.span(), context);
  }

  private static boolean takesSettings(Callable.Template template, List<Given> given) {
    return template.settings().isEmpty()
        && (!template.declaration().settings().isEmpty() || given.isEmpty());
  }

  private Callable callee(Expression expression, boolean isPiped, Context context) {
    Value value = elaborator.called(expression, context);
    if (value instanceof Callable callable) {
      return callable;
    }
    throw new CheckFailure(CallErrors.notCallable(expression.span(), isPiped));
  }

  private List<Value> pipeResults(Expression.Pipe pipe, Context context) {
    Value left = elaborator.value(pipe.left(), context);
    if (left instanceof Callable first) {
      return List.of(chain(first, pipe, context));
    }
    var piped = new Given(Optional.empty(), new Operand(left, pipe.left().span()));
    if (!(pipe.target() instanceof Expression.Call call)) {
      Callable target = callee(pipe.target(), true, context);
      return apply(target, List.of(piped), pipe.target().span(), context);
    }
    if (call.callee() instanceof Expression.Access) {
      throw new CheckFailure(CallErrors.badPipeTarget(pipe.target().span()));
    }
    Callable target = callee(call.callee(), true, context);
    List<Given> written = Arguments.of(call.arguments(), elaborator, context);
    if (target instanceof Callable.Template template && takesSettings(template, written)) {
      target = layers.withSettings(template, written, call.span(), context);
      written = List.of();
    }
    var given = new ArrayList<Given>();
    given.add(piped);
    given.addAll(written);
    return apply(target, given, call.span(), context);
  }

  /** {@code A |> B} of layers not yet instantiated. */
  private Callable chain(Callable first, Expression.Pipe pipe, Context context) {
    Value second = elaborator.value(pipe.target(), context);
    if (second instanceof Callable next) {
      return new Callable.Chain(first, next);
    }
    throw new CheckFailure(CallErrors.notCallable(pipe.target().span(), true));
  }

  /** The results of calling with data. */
  List<Value> apply(Callable callee, List<Given> given, Span span, Context context) {
    return switch (callee) {
      case Callable.Operation(String name, var primitive) -> {
        var operands = Arguments.positional(given, name);
        if (primitive == Primitive.LOG && operands.size() == 1) {
          new LostAccuracy(elaborator).logarithm(operands.getFirst(), span, context);
        }
        yield List.of(Operations.apply(name, primitive, operands, span, context));
      }
      case Callable.Special special -> List.of(special(special, given, span, context));
      case Callable.UserFunction function -> {
        new LostAccuracy(elaborator).loss(function.declaration(), given, span, context);
        yield functions.call(function, given, span, context);
      }
      case Callable.Itself itself -> itself(itself, given, span, context);
      case Callable.Template template -> layers.call(template, given, span, context);
      case Callable.Instance instance -> layers.call(instance, given, span, context);
      case Callable.Chain(Callable first, Callable second) -> {
        Value between = apply(first, given, span, context).getFirst();
        var piped = new Given(Optional.empty(), new Operand(between, span));
        yield apply(second, List.of(piped), span, context);
      }
    };
  }

  private List<Value> itself(
      Callable.Itself itself, List<Given> given, Span span, Context context) {
    if (given.size() == 1
        && given.getFirst().operand().value() instanceof Term term
        && term.body().equals(itself.argument().body())) {
      return List.of(itself.value());
    }
    return functions.call(itself.function(), given, span, context);
  }

  private Value special(
      Callable.Special special, List<Given> given, Span span, Context context) {
    return switch (special.kind()) {
      case CONCAT -> {
        var operands = Arguments.positional(given, "concat");
        if (operands.isEmpty()) {
          throw new CheckFailure(CallErrors.wrongCount(span, "concat", 1, 0));
        }
        yield elaborator.joins.concat(operands, span, context);
      }
      case WRAP -> throw new CheckFailure(RoleErrors.onlyInSubscript(span));
      case DIFF -> {
        if (given.size() != 2) {
          throw new CheckFailure(DerivativeErrors.wrongCount(span, given.size()));
        }
        yield diffs.call(Arguments.positional(given, "diff"), span, context);
      }
      case BATCH_STACK -> BatchRows.stack(given, span, context);
      case BATCH_INDEX -> BatchRows.index(given, span);
    };
  }
}
