package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.Arguments.Given;
import netc.check.Entity.Running;
import netc.check.Operators.Operand;
import netc.check.Ranges.Extents;
import netc.check.errors.Alone;
import netc.check.errors.CallErrors;
import netc.check.errors.IndexErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Index;
import netc.source.Span;
import netc.syntax.Expression;
import netc.syntax.Name;

/** {@code softmax[u](e)}: a function of a vector, applied to {@code e} as a vector over u. */
final class AxisCalls {
  private final Elaborator elaborator;

  AxisCalls(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  Value call(Expression.Access axes, Expression.Call call, Context context) {
    if (!(elaborator.value(axes.base(), context) instanceof Callable.UserFunction function)) {
      throw new CheckFailure(CallErrors.axisNeedsFunction(axes.base().span()));
    }
    if (axes.subscripts().size() != 1 || axes.outside().isPresent()) {
      throw new CheckFailure(CallErrors.oneAxis(axes.span()));
    }
    if (context.mode().inDerivative()) {
      throw new CheckFailure(TypeErrors.tooMuchForDerivative(call.span()));
    }
    var subscript = axes.subscripts().getFirst();
    if (subscript.parts().size() != 1
        || !(subscript.parts().getFirst() instanceof Expression.Reference reference)
        || call.arguments().isEmpty()) {
      throw new CheckFailure(CallErrors.oneAxis(axes.span()));
    }
    return over(function, reference.name(), subscript, call, context);
  }

  private Value over(
      Callable.UserFunction function,
      Name name,
      Expression.Subscript subscript,
      Expression.Call call,
      Context context) {
    Expression body = call.arguments().getFirst().value().first();
    var outer = context.scope().find(name.text());
    Scope scope = new Scope(context.scope());
    Extents extents = extents(name, subscript, body, context);
    if (extents.size() < 1 || extents.start() != 0) {
      throw new CheckFailure(IndexErrors.badAxisRange(subscript.span()));
    }
    Index index = elaborator.ranges.bind(name, extents, scope);
    Term element = elaborator.term(body, context.in(scope).within(List.of(index)));
    var vectorAxes = new ArrayList<Index>();
    vectorAxes.add(index);
    vectorAxes.addAll(element.axes());
    var vector = new Operand(new Term(vectorAxes, element.body(), element.type()), body.span());
    var given = new ArrayList<Given>();
    given.add(new Given(Optional.empty(), vector));
    given.addAll(
        Arguments.of(call.arguments().subList(1, call.arguments().size()), elaborator, context));
    Value result =
        elaborator.calls.functions().call(function, given, call.span(), context).getFirst();
    return read(result, outer, name, extents, call, context);
  }

  private static Alone alone(Span span, int size, String text) {
    return new Alone(span, size, text, Optional.empty(), Optional.empty());
  }

  private static String axisTitle(Expression.Call call) {
    return ((Expression.Access) call.callee()).base().span().text();
  }

  /** The range of u inside: written, or inferred from the argument alone. */
  private Extents extents(
      Name name, Expression.Subscript subscript, Expression body, Context context) {
    if (subscript.range().isPresent()) {
      return elaborator.ranges.written(subscript.range().get(), context);
    }
    return elaborator.ranges.inferredAnew(name, List.of(body), context);
  }

  /** A single number consumes u; a vector is read at the u outside. */
  private Value read(
      Value result,
      Optional<Entity> outer,
      Name name,
      Extents extents,
      Expression.Call call,
      Context context) {
    if (!(result instanceof Term term) || term.isScalar()) {
      return result;
    }
    if (term.axes().size() != 1 || term.shape().getFirst() != extents.size()) {
      throw new CheckFailure(CallErrors.axisResult(call.span(), term.shape(), extents.size()));
    }
    if (!(outer.orElse(null) instanceof Running running) || running.index().extent().isBatch()) {
      throw new CheckFailure(IndexErrors.noOuterIndex(call.span(), axisTitle(call), name.text()));
    }
    if (running.start() != 0 || running.index().extent().most() != extents.size()) {
      throw new CheckFailure(
          IndexErrors.rangesDiffer(
              name.text(),
              alone(running.span(), running.index().extent().most(), "outside"),
              alone(name.span(), extents.size(), "inside"),
              Optional.empty()));
    }
    if (!Accesses.isWholeRead(term)) {
      term = elaborator.accesses.tensor(term, call.span(), context);
    }
    return Term.scalar(Operators.at(term, List.of(running.index())), term.type());
  }
}
