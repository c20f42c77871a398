package netc.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import netc.check.Operators.Operand;
import netc.check.errors.NameErrors;
import netc.check.errors.SizeErrors;
import netc.check.errors.TypeErrors;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.source.Span;
import netc.syntax.Expression;
import netc.syntax.Name;

/**
 * Expressions to values: one exhaustive switch, each family treated in a class of its own. What needs an
 * equation of its own (a nested reduction, a layer) puts it in {@link Context#out}.
 */
final class Elaborator {
  final Build build;
  final Ranges ranges;
  final Accesses accesses;
  final Reductions reductions;
  final Calls calls;
  final AxisCalls axisCalls;
  final Joins joins;

  Elaborator(Build build) {
    this.build = build;
    this.ranges = new Ranges(this);
    this.accesses = new Accesses(this);
    this.reductions = new Reductions(this);
    this.calls = new Calls(this);
    this.axisCalls = new AxisCalls(this);
    this.joins = new Joins(this);
  }

  Value value(Expression expression, Context context) {
    return switch (expression) {
      case Expression.Whole whole -> whole(whole);
      case Expression.Decimal decimal -> new Constant.Decimal(decimal.value());
      case Expression.Text text -> new Constant.Text(text.value());
      case Expression.Truth truth -> new Constant.Truth(truth.value());
      case Expression.Builtin builtin -> builtin(builtin);
      case Expression.Reference reference -> whole(reference, context);
      case Expression.Access access -> accesses.access(access, context);
      case Expression.Call call -> calls.call(call, context);
      case Expression.Pipe pipe -> calls.pipe(pipe, context);
      case Expression.Reduce reduce -> reductions.reduce(reduce, context);
      case Expression.ReduceCall call -> reductions.call(call, context);
      case Expression.RealOf real ->
          Operators.converted(Operators.term(operand(real.value(), context)));
      case Expression.Binary binary -> binary(binary, context);
      case Expression.Negate negate ->
          Operators.negate(operand(negate.value(), context), context);
      case Expression.Not not -> Operators.not(operand(not.value(), context));
      case Expression.If conditional -> conditional(conditional, context);
      case Expression.Stack stack -> joins.stack(stack, context);
      case Expression.Parenthesized parenthesized -> value(parenthesized.inner(), context);
    };
  }

  private Value binary(Expression.Binary binary, Context context) {
    build.enter(binary);
    try {
      Operand left = operand(binary.left(), context);
      Operand right = operand(binary.right(), context);
      return Operators.binary(binary, left, right, context);
    } finally {
      build.leave();
    }
  }

  Operand operand(Expression expression, Context context) {
    return new Operand(value(expression, context), expression.span());
  }

  Term term(Expression expression, Context context) {
    return Operators.term(operand(expression, context));
  }

  private static Constant whole(Expression.Whole whole) {
    if (whole.value().bitLength() > 63) {
      throw new CheckFailure(SizeErrors.literal(whole.span()));
    }
    return Constant.of(whole.value().longValueExact());
  }

  private static Value builtin(Expression.Builtin builtin) {
    return switch (builtin.kind()) {
      case INF -> new Constant.Decimal(Double.POSITIVE_INFINITY);
      case PI -> new Constant.Decimal(Math.PI);
      case TRAINING -> Term.scalar(new Expr.Training(), Type.BOOL);
    };
  }

  /** A name on its own; what a scan carries is read one step at a time. */
  private Value whole(Expression.Reference reference, Context context) {
    Value value = reference(reference, context);
    if (context.out() instanceof ScanEquations scan) {
      scan.requireTime(value, reference.span());
    }
    return value;
  }

  /** What a name stands for, or its elements are taken from. */
  Value reference(Expression.Reference reference, Context context) {
    return value(entity(reference, context), reference);
  }

  /** What stands before an argument list or behind a pipe. */
  Value called(Expression expression, Context context) {
    if (!(expression instanceof Expression.Reference reference)) {
      return value(expression, context);
    }
    return value(entity(reference, true, context), reference);
  }

  private Value value(Entity entity, Expression.Reference reference) {
    return switch (entity) {
      case Entity.Bound bound -> fresh(bound.value());
      case Entity.Running running -> running(running);
      case Entity.NetName net ->
          throw new CheckFailure(
              NameErrors.netAsName(reference.span(), reference.name().text(), net.span()));
      case Entity.Broken _ -> throw CheckFailure.poisoned();
    };
  }

  /** A loop index as a number. */
  private static Term running(Entity.Running running) {
    return Term.scalar(
        Exprs.of(Affine.of(running.index()).plus(running.start())), Type.COUNTING);
  }

  /** Each mention of a value has axes of its own, so that nothing is captured. */
  Value fresh(Value value) {
    if (!(value instanceof Term term) || term.isScalar()) {
      return value;
    }
    var axes = term.axes().stream().map(build.indices()::another).toList();
    return new Term(axes, Operators.at(term, axes), term.type());
  }

  /** What a mentioned name stands for. */
  Entity entity(Expression.Reference reference, Context context) {
    return entity(reference, false, context);
  }

  private Entity entity(Expression.Reference reference, boolean isCalled, Context context) {
    if (!reference.qualifier().isEmpty()) {
      return imported(reference, isCalled, context);
    }
    Name name = reference.name();
    String key = key(name, context);
    Optional<Entity> found = context.scope().find(key);
    if (found.isPresent()) {
      return found.get();
    }
    var operation = name.superscripts().isEmpty() ? Operations.find(key) : Optional.<Callable>empty();
    if (operation.isPresent()) {
      return new Entity.Bound(operation.get(), name.span());
    }
    if (!name.superscripts().isEmpty() && context.scope().find(name.text() + "@").isPresent()) {
      throw CheckFailure.poisoned(); // some members of this family could not be computed
    }
    throw new CheckFailure(new UnknownNames(build).unknown(name, key, isCalled, context));
  }

  /** {@code v.conv}: a declaration of an imported file. */
  private Entity imported(Expression.Reference reference, boolean isCalled, Context context) {
    String qualifier =
        String.join(".", reference.qualifier());
    Scope scope = context.scope();
    while (scope != null && !(scope instanceof ImportScope)) {
      scope = scope.parent();
    }
    if (!(scope instanceof ImportScope imports) || imports.qualified(qualifier).isEmpty()) {
      throw new CheckFailure(
          NameErrors.noImport(
              reference.span(),
              qualifier,
              scope instanceof ImportScope imports ? imports.qualifiers() : List.of()));
    }
    FileScope file = imports.qualified(qualifier).get();
    String key = key(reference.name(), context);
    return file.local(key)
        .orElseThrow(
            () ->
                new CheckFailure(
                    new UnknownNames(build)
                        .unknown(
                            reference.name(),
                            key,
                            isCalled,
                            Context.of(file, context.out()))));
  }

  /** The key of a name: {@code w@2}, its superscripts computed. */
  String key(Name name, Context context) {
    if (name.superscripts().isEmpty()) {
      return name.text();
    }
    var key = new StringBuilder(name.text());
    for (Expression superscript : name.superscripts()) {
      key.append('@').append(wholeNumber(superscript, context, "a superscript"));
    }
    return key.toString();
  }

  Constant constant(Expression expression, Context context, String what) {
    Value value = value(expression, context);
    if (value instanceof Constant constant) {
      return constant;
    }
    throw new CheckFailure(
        BatchRows.isNumber(value)
            ? SizeErrors.rowsAsSize(expression.span(), what)
            : SizeErrors.notConstant(expression.span(), what));
  }

  long wholeNumber(Expression expression, Context context, String what) {
    Constant constant = constant(expression, context, what);
    OptionalLong whole = constant.whole();
    if (whole.isEmpty()) {
      throw new CheckFailure(
          SizeErrors.notWhole(
              expression.span(), what, constant.toString(), division(expression, context)));
    }
    return whole.getAsLong();
  }

  private Optional<SizeErrors.Division> division(Expression expression, Context context) {
    Expression inner = expression;
    while (inner instanceof Expression.Parenthesized(Expression next, Span _)) {
      inner = next;
    }
    return inner instanceof Expression.Binary binary
            && binary.operator() == Expression.BinaryOperator.OVER
        ? Optional.of(
            new SizeErrors.Division(
                binary, shown(binary.left(), context), shown(binary.right(), context)))
        : Optional.empty();
  }

  private Optional<String> shown(Expression expression, Context context) {
    return build.tryQuietly(() -> constant(expression, context, "")).map(Constant::toString);
  }

  /** The size of an axis: whole, at least 1, and small enough for an array. */
  int size(Expression expression, Context context) {
    long size = wholeNumber(expression, context, "a size");
    if (size < 1 || size >= Extent.MOST) {
      throw new CheckFailure(SizeErrors.badSize(expression.span(), size));
    }
    return (int) size;
  }

  /** The size of an axis, which may be the number of rows: {@link Extent#MOST} then. */
  int extent(Expression expression, Context context) {
    return isRows(expression, context) ? Extent.MOST : size(expression, context);
  }

  /** Whether a name is a shape variable that stands for the number of rows. */
  boolean isRows(Expression expression, Context context) {
    return expression instanceof Expression.Reference
        && build.tryQuietly(() -> value(expression, context)).stream().anyMatch(BatchRows::isNumber);
  }

  /** A shape in which the number of rows may stand. */
  List<Integer> extents(List<Expression> shape, Context context) {
    return shape.stream().anyMatch(s -> isRows(s, context))
        ? shape.stream().map(s -> extent(s, context)).toList()
        : shape(shape, context);
  }

  List<Integer> shape(List<Expression> shape, Context context) {
    var sizes = shape.stream().map(s -> size(s, context)).toList();
    long elements = 1;
    for (int size : sizes) {
      elements = Intervals.multiply(elements, size);
    }
    if (elements > Integer.MAX_VALUE) {
      throw new CheckFailure(SizeErrors.tooLarge(shape.getFirst().span().to(shape.getLast().span()), sizes));
    }
    return sizes;
  }

  /** A condition: constant, or a single truth value. */
  Operand condition(Expression expression, Context context) {
    Operand condition = operand(expression, context);
    if (condition.value() instanceof Constant.Truth) {
      return condition;
    }
    Term term = Operators.term(condition);
    if (!term.isScalar() || !term.type().isBool()) {
      throw new CheckFailure(
          TypeErrors.badCondition(expression.span(), term.type().toString(), term.shape()));
    }
    return condition;
  }

  /** A constant condition is resolved before the branches are looked at; else both must agree. */
  private Value conditional(Expression.If conditional, Context context) {
    Operand condition = condition(conditional.condition(), context);
    if (condition.value() instanceof Constant.Truth(boolean holds)) {
      return value(holds ? conditional.then() : conditional.otherwise(), context);
    }
    Expr test = Operators.term(condition).body();
    if (test instanceof Expr.Bool(boolean holds)) {
      return value(holds ? conditional.then() : conditional.otherwise(), context);
    }
    Operand then = operand(conditional.then(), context.under(test, true));
    Operand otherwise = operand(conditional.otherwise(), context.under(test, false));
    return Branches.select(test, then, otherwise, context);
  }
}
