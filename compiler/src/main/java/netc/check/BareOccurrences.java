package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.Entity.AxisLabel;
import netc.check.Ranges.Occurrence;
import netc.check.errors.Alone;
import netc.check.errors.CallErrors;
import netc.check.errors.ShapeErrors;
import netc.source.Span;
import netc.syntax.Expression;

/** Finds where an index stands alone in a subscript, and how long that axis is. */
final class BareOccurrences {
  private final Elaborator elaborator;
  private final String name;
  private final Context context;
  private final List<Occurrence> found;
  private final List<Composite> composite = new ArrayList<>();
  private final List<Expression.Reduce> around = new ArrayList<>();
  private Span boundAgain;

  /**
   * A subscript in which the index is not alone.
   *
   * @param around the reductions in which it stands, from the outside in
   */
  record Composite(Expression.Access access, int axis, List<Expression.Reduce> around) {
    Span span() {
      return access.subscripts().get(axis).span();
    }
  }

  BareOccurrences(
      Elaborator elaborator, String name, Context context, List<Occurrence> found) {
    this.elaborator = elaborator;
    this.name = name;
    this.context = context;
    this.found = found;
  }

  /** Subscripts in which the index is not alone: they say nothing about its range. */
  List<Composite> composite() {
    return composite;
  }

  /** Where a reduction inside binds the same name. */
  Optional<Span> boundAgain() {
    return Optional.ofNullable(boundAgain);
  }

  void in(Expression expression) {
    switch (expression) {
      case Expression.Whole _, Expression.Decimal _, Expression.Text _ -> {}
      case Expression.Truth _, Expression.Builtin _, Expression.Reference _ -> {}
      case Expression.Access access -> access(access);
      case Expression.Call call -> call(call);
      case Expression.ReduceCall call -> arguments(call.arguments());
      case Expression.Reduce reduce -> reduce(reduce);
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
      case Expression.If conditional -> conditional(conditional);
      case Expression.Stack stack -> stack.elements().forEach(this::in);
      case Expression.Parenthesized parenthesized -> in(parenthesized.inner());
    }
  }

  private void arguments(List<Expression.Argument> arguments) {
    for (Expression.Argument argument : arguments) {
      in(argument.value().first());
    }
  }

  private void call(Expression.Call call) {
    if (call.callee() instanceof Expression.Access axisCall) {
      axisCall.subscripts().forEach(this::writtenInCall);
      in(axisCall.base());
    } else {
      in(call.callee());
    }
    arguments(call.arguments());
  }

  /** {@code f[u in 5](e)}: the u outside runs as far as the one inside. */
  private void writtenInCall(Expression.Subscript subscript) {
    if (subscript.range().isPresent() && isBare(subscript)) {
      elaborator.build.tryQuietly(
          () -> {
            var extents = elaborator.ranges.written(subscript.range().get(), context);
            found.add(
                new Occurrence(
                    new Alone(
                        subscript.span(),
                        extents.size(),
                        "as written",
                        Optional.empty(),
                        Optional.empty()),
                    Optional.empty()));
            return null;
          });
    }
  }

  private void reduce(Expression.Reduce reduce) {
    for (var binder : reduce.binders()) {
      if (binder.name().text().equals(name)) {
        boundAgain = binder.name().span();
        return;
      }
    }
    around.addLast(reduce);
    reduce.filter().ifPresent(this::in);
    in(reduce.body());
    around.removeLast();
  }

  /** A branch that is resolved away says nothing. */
  private void conditional(Expression.If conditional) {
    in(conditional.condition());
    var condition = constantCondition(conditional.condition());
    if (condition.orElse(true)) {
      in(conditional.then());
    }
    if (!condition.orElse(false)) {
      in(conditional.otherwise());
    }
  }

  private Optional<Boolean> constantCondition(Expression condition) {
    return elaborator
        .build
        .tryQuietly(() -> elaborator.value(condition, scratch()))
        .flatMap(v -> v instanceof Constant.Truth(boolean holds) ? Optional.of(holds) : Optional.empty());
  }

  private void access(Expression.Access access) {
    in(access.base());
    access.outside().ifPresent(this::in);
    for (int axis = 0; axis < access.subscripts().size(); axis++) {
      Expression.Subscript subscript = access.subscripts().get(axis);
      if (isBare(subscript)) {
        occurrence(access, axis);
      } else {
        subscript.parts().forEach(this::in);
        if (subscript.parts().stream().anyMatch(this::mentions)) {
          composite.add(new Composite(access, axis, List.copyOf(around)));
        }
      }
    }
  }

  private boolean isBare(Expression.Subscript subscript) {
    return subscript.parts().size() == 1 && isName(subscript.parts().getFirst());
  }

  private boolean isName(Expression expression) {
    return expression instanceof Expression.Reference reference
        && reference.qualifier().isEmpty()
        && reference.name().superscripts().isEmpty()
        && reference.name().text().equals(name);
  }

  private boolean mentions(Expression expression) {
    return switch (expression) {
      case Expression.Binary binary -> mentions(binary.left()) || mentions(binary.right());
      case Expression.Negate negate -> mentions(negate.value());
      case Expression.Parenthesized parenthesized -> mentions(parenthesized.inner());
      case Expression.Call call ->
          call.arguments().stream().anyMatch(a -> mentions(a.value().first()));
      default -> isName(expression);
    };
  }

  private void occurrence(Expression.Access access, int axis) {
    Span span = access.subscripts().get(axis).span();
    if (access.base() instanceof Expression.Reference reference) {
      elaborator
          .build
          .tryQuietly(() -> elaborator.entity(reference, context))
          .ifPresent(e -> add(e, axis, span, access));
    } else {
      elaborator
          .build
          .tryQuietly(() -> elaborator.value(access.base(), scratch()))
          .ifPresent(v -> add(new Entity.Bound(v, access.base().span()), axis, span, access));
    }
  }

  private void add(Entity entity, int axis, Span span, Expression.Access access) {
    if (entity instanceof Entity.Broken) {
      throw CheckFailure.poisoned();
    }
    if (!(entity instanceof Entity.Bound(Value value, Span declared, List<Optional<AxisLabel>> labels))) {
      return;
    }
    if (value instanceof Callable callable) {
      throw new CheckFailure(
          CallErrors.notATensor(access.base().span(), callable.title(), callable.isLayer()));
    }
    List<Integer> shape = value instanceof Term term ? term.shape() : List.of();
    String base = access.base().span().text();
    if (axis >= shape.size()) {
      throw new CheckFailure(
          ShapeErrors.tooManySubscripts(
              access.span(), base, shape, access.subscripts().size()));
    }
    int size = shape.get(axis);
    if (Carried.isUnknown(size)) {
      return;
    }
    String text =
        shape.size() == 1
            ? base + " has " + size + (size == 1 ? " element" : " elements")
            : "the " + Alone.ordinal(axis) + " axis of " + base;
    Optional<Alone.Declared> place =
        access.base() instanceof Expression.Reference
            ? Optional.of(new Alone.Declared(declared, base, shape))
            : Optional.empty();
    found.add(
        new Occurrence(
            new Alone(span, size, text, place, swapped(access, axis, shape)),
            axis < labels.size() ? labels.get(axis) : Optional.empty()));
  }

  /** Of two bare subscripts, what this one would say in the other's place. */
  private static Optional<Alone.Swapped> swapped(
      Expression.Access access, int axis, List<Integer> shape) {
    if (shape.size() != 2 || access.subscripts().size() != 2) {
      return Optional.empty();
    }
    var other = access.subscripts().get(1 - axis);
    boolean isBare =
        other.parts().size() == 1 && other.parts().getFirst() instanceof Expression.Reference;
    return isBare
        ? Optional.of(
            new Alone.Swapped(
                access.subscripts().get(axis).span(),
                other.span(),
                access.span(),
                shape.get(1 - axis)))
        : Optional.empty();
  }

  private Context scratch() {
    return context.to(elaborator.build.scratch());
  }
}
