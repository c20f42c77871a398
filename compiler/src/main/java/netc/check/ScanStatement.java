package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.errors.ScanErrors;
import netc.check.errors.SizeErrors;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.source.Span;
import netc.syntax.Binder;
import netc.syntax.Expression;
import netc.syntax.LeftSide;
import netc.syntax.Range;
import netc.syntax.Statement;

/**
 * {@code scan t in T { … }}: its lines are checked like those of any body, with t as an index around
 * them; what is carried is known, as far as its text goes, before its line.
 */
final class ScanStatement {
  private final Body body;
  private final Elaborator elaborator;
  private final Statement.Scan scan;

  ScanStatement(Body body, Statement.Scan scan) {
    this.body = body;
    this.elaborator = body.elaborator();
    this.scan = scan;
  }

  void check() {
    Context outer = body.context();
    if (outer.out() instanceof ScanEquations) {
      throw new CheckFailure(ScanErrors.nested(scan.span(), body.kind() == Body.Kind.LAYER));
    }
    elaborator.ranges.checkFresh(scan.variable(), outer);
    boolean isReverse = reversed(scan.range()).isPresent();
    Index time =
        elaborator.build.indices().make(scan.variable().text(), steps(outer));
    var equations = new ScanEquations(outer.out(), time, isReverse);
    var early = new EarlyScope(outer.scope());
    var scope = new Scope(early);
    scope.put(
        scan.variable().text(), new Entity.Running(time, 0, true, scan.variable().span()));
    Context inner = outer.in(scope).within(List.of(time)).to(equations);
    Body inside = body.inside(inner);
    collect(scan.body().statements(), inside, new TypeGuess(scan.body().statements(), scope), early);
    if (!equations.all().iterator().hasNext()) {
      throw new CheckFailure(
          ScanErrors.nothingCarried(scan.variable().span(), scan.variable().text()));
    }
    inside.run(scan.body().statements());
    outer.scope().leave(scope);
    finish(equations, outer);
  }

  /** The scope of what is read before its line; a line may define such a name. */
  static final class EarlyScope extends Scope {
    EarlyScope(Scope parent) {
      super(parent);
    }
  }

  // ---------- header ----------

  /** The T of {@code reverse(T)}. */
  private static Optional<Expression> reversed(Range range) {
    return range.last().isEmpty()
            && range.first() instanceof Expression.Call call
            && call.callee() instanceof Expression.Reference reference
            && reference.name().text().equals("reverse")
            && call.arguments().size() == 1
        ? Optional.of(call.arguments().getFirst().value().first())
        : Optional.empty();
  }

  private int steps(Context context) {
    Optional<Expression> reversed = reversed(scan.range());
    if (reversed.isPresent()) {
      return elaborator.size(reversed.get(), context);
    }
    var extents = elaborator.ranges.written(scan.range(), context);
    if (extents.start() != 0) {
      throw new CheckFailure(ScanErrors.badRange(scan.range().span(), extents.start()));
    }
    if (extents.size() < 1) {
      throw new CheckFailure(
          SizeErrors.badSize(scan.range().span(), extents.size()));
    }
    return extents.size();
  }

  /** What may not stand among the lines. */
  static void checkAllowed(Statement statement) {
    Span span = statement.span();
    switch (statement) {
      case Statement.Variables variables -> {
        if (variables.kind() != Statement.VariableKind.SAMPLE) {
          String what = variables.kind() == Statement.VariableKind.PARAM ? "`param`" : "`state`";
          throw new CheckFailure(
              ScanErrors.cannotStandInside(
                  span, what, "all steps share it: declare it in front of the scan"));
        }
      }
      case Statement.Output _ -> behind(span, "`output`");
      case Statement.Objective _ -> behind(span, "a loss, penalty or metric");
      case Statement.Data _ -> behind(span, "an input or target");
      case Statement.StateChange _ -> behind(span, "`update` and `fit`");
      case Statement.Settings _ -> behind(span, "a block of settings");
      case Statement.Definition _, Statement.Local _, Statement.Let _, Statement.For _ -> {}
      case Statement.Assert _, Statement.Scan _ -> {}
    }
  }

  private static void behind(Span span, String what) {
    throw new CheckFailure(
        ScanErrors.cannotStandInside(span, what, "write it in front of the scan, or behind it"));
  }

  // ---------- what is carried ----------

  private void collect(
      List<Statement> statements, Body inside, TypeGuess types, EarlyScope early) {
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.Definition definition when definition.left().size() == 1 ->
            elaborator
                .build
                .tryQuietly(() -> carried(definition, inside, types))
                .ifPresent(one -> early.put(one.key(), entity(one, inside)));
        case Statement.For loop ->
            elaborator.build.tryQuietly(
                () -> {
                  inside.iterations(
                      loop, each -> collect(loop.body().statements(), each, types, early));
                  return null;
                });
        default -> {}
      }
    }
  }

  /** The tensor that a line defines with the scan's time in front. */
  private Carried carried(Statement.Definition definition, Body inside, TypeGuess types) {
    LeftSide left = definition.left().getFirst();
    if (!isOverTime(left)) {
      throw CheckFailure.poisoned();
    }
    var equations = (ScanEquations) inside.context().out();
    String key = elaborator.key(left.name(), inside.context());
    var shape = new ArrayList<Extent>();
    var promise = new Definitions(inside).promise(left, inside.context());
    if (promise.isPresent()) {
      promise.get().shape().forEach(size -> shape.add(Extent.ofMost(size)));
    } else {
      left.axes().forEach(axis -> shape.add(Extent.ofMost(size(axis, definition.value(), inside))));
    }
    Type type = types.of(definition.value());
    Tensor tensor = tensor(key + "'early", type, shape);
    var one =
        new Carried(
            left, key, tensor, type, promise.map(Body.Promise::labels).orElse(List.of()));
    equations.add(one);
    return one;
  }

  private boolean isOverTime(LeftSide left) {
    return !left.axes().isEmpty()
        && left.axes().getFirst().size() == 1
        && left.axes().getFirst().getFirst().name().text().equals(scan.variable().text());
  }

  private static Tensor tensor(String name, Type type, List<Extent> shape) {
    return switch (type.element()) {
      case REAL -> Tensor.real(name, Tensor.Role.VALUE, shape);
      case BOOL -> Tensor.bool(name, Tensor.Role.VALUE, shape);
      case INT -> Tensor.integer(name, Tensor.Role.VALUE, shape, new Interval(0, 0));
    };
  }

  /** The size of an axis, as far as it can be told without the lines before. */
  private int size(List<Binder> axis, Expression value, Body inside) {
    long product = 1;
    for (Binder binder : axis) {
      if (binder.name().text().equals(scan.variable().text())) {
        product *= ((ScanEquations) inside.context().out()).time().extent().most();
        continue;
      }
      var extents =
          elaborator.build.tryQuietly(
              () ->
                  elaborator.ranges.of(
                      binder, List.of(value), Optional.empty(), inside.context()));
      if (extents.isEmpty()) {
        return Carried.UNKNOWN;
      }
      product = Intervals.multiply(product, extents.get().size());
    }
    return (int) Math.clamp(product, 1, Carried.UNKNOWN);
  }

  private static Entity entity(Carried one, Body inside) {
    Term term = inside.context().out().view(one.early(), List.of(), one.type());
    return new Entity.Bound(term, one.left().name().span(), one.labels());
  }

  /** Defines a carried tensor: a line of the scan whose left side has the time in front. */
  static Value define(
      Carried one, LeftSide left, Term term, List<List<Index>> axes, Body inside, Context context) {
    Term whole =
        context.out().defined(inside.path(left.name()), term, axes, context, left.span().place());
    one.firstRead().ifPresent(read -> checkAsRead(one, whole, axes.size(), read));
    one.define(whole);
    for (Scope s = inside.context().scope(); s != null; s = s.parent()) {
      if (s instanceof EarlyScope) {
        s.remove(one.key());
      }
    }
    return whole;
  }

  private static void checkAsRead(Carried one, Term whole, int named, Span read) {
    Span line = one.left().span();
    if (whole.axes().size() != one.early().rank()) {
      throw new CheckFailure(
          ScanErrors.moreAxes(line, one.key(), read, whole.shape(), named));
    }
    if (whole.type().element() != one.type().element()) {
      throw new CheckFailure(
          ScanErrors.otherType(
              line, one.key(), read, one.type().toString(), whole.type().toString()));
    }
  }

  // ---------- the end ----------

  private void finish(ScanEquations equations, Context outer) {
    boolean isWhole = true;
    for (Carried one : equations.all()) {
      isWhole &= one.defined().isPresent();
    }
    if (!isWhole) {
      equations
          .all()
          .forEach(one -> body.redefine(one.left().name(), one.key(), new Entity.Broken(one.left().name().span())));
      throw CheckFailure.poisoned();
    }
    var widening = new ScanWidening(equations, outer.enclosing());
    for (Carried one : equations.all()) {
      if (widening.isUnbounded(one)) {
        throw new CheckFailure(ScanErrors.unbounded(one.left().span(), one.key()));
      }
    }
    equations.check(widening);
    var lines = new ArrayList<Step.Single>();
    for (Step.Equation step : widening.widened()) {
      if (step.outputs().contains(equations.time())) {
        lines.add(step);
      } else {
        outer.out().add(step, false);
      }
    }
    outer
        .out()
        .add(
            new Step.Scan(
                equations.time(), equations.isReverse(), lines, scan.span().place()),
            false);
    for (Carried one : equations.all()) {
      body.redefine(
          one.left().name(),
          one.key(),
          new Entity.Bound(widening.view(one), one.left().name().span(), one.labels()));
    }
  }
}
