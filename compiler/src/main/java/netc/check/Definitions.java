package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.Body.Promise;
import netc.check.Entity.AxisLabel;
import netc.check.Ranges.Occurrence;
import netc.check.errors.CallErrors;
import netc.check.errors.IndexErrors;
import netc.check.errors.ScanErrors;
import netc.check.errors.ShapeErrors;
import netc.check.errors.SizeErrors;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Subscript;
import netc.ir.Tensor;
import netc.source.Diagnostic;
import netc.source.Span;
import netc.syntax.Binder;
import netc.syntax.Expression;
import netc.syntax.LeftSide;
import netc.syntax.Statement;

/** {@code z[j] = e} and {@code h, c = e}: equations with a name. */
final class Definitions {
  private final Body body;
  private final Elaborator elaborator;

  Definitions(Body body) {
    this.body = body;
    this.elaborator = body.elaborator();
  }

  void define(Statement.Definition definition) {
    if (definition.left().size() == 1) {
      LeftSide left = definition.left().getFirst();
      body.requireNew(left.name());
      Promise promise = promise(left, body.context()).orElse(null);
      Context context = body.atDefinition(left.name());
      Optional<Carried> carried = carried(left);
      Value value =
          carried.isPresent()
              ? carried(carried.get(), definition, Optional.ofNullable(promise), context)
              : value(left, definition.value(), Optional.ofNullable(promise), context);
      bind(left, value, promise);
      return;
    }
    several(definition);
  }

  /** What this line of a scan carries; nothing where there is no scan, or for a name of one step. */
  private Optional<Carried> carried(LeftSide left) {
    boolean hasAxes = !left.axes().isEmpty(); // m beside m[t] is defined twice
    return body.isScan() && hasAxes && body.context().out() instanceof ScanEquations scan
        ? scan.carried(elaborator.key(left.name(), body.context()))
        : Optional.empty();
  }

  /** A carried tensor gets one of its own in any case; its first axis is the scan's time. */
  private Value carried(
      Carried one, Statement.Definition definition, Optional<Promise> promise, Context context) {
    LeftSide left = definition.left().getFirst();
    Binder first = left.axes().getFirst().getFirst();
    if (first.range().isPresent()) {
      throw new CheckFailure(ScanErrors.timeHasRange(first.span(), first.name().text()));
    }
    var scope = new Scope(context.scope());
    Context inner = context.in(scope);
    var axes = new ArrayList<List<Index>>();
    axes.add(List.of(((ScanEquations) context.out()).time()));
    for (int axis = 1; axis < left.axes().size(); axis++) {
      axes.add(axis(left, axis, definition.value(), promise, inner, scope));
    }
    List<Index> bound = axes.stream().skip(1).flatMap(List::stream).toList();
    var operand = elaborator.operand(definition.value(), inner.within(bound));
    if (operand.value() instanceof Callable callable) {
      throw new CheckFailure(
          CallErrors.notAValue(operand.span(), callable.title(), callable.isLayer()));
    }
    Term term = Operators.term(operand);
    checkSize(left, axes, term);
    Value value = ScanStatement.define(one, left, term, axes, body, context);
    promise.ifPresent(p -> checkShape(left, p, value));
    return value;
  }

  /** The results of one call, in order; {@code _} drops one. */
  private void several(Statement.Definition definition) {
    for (LeftSide left : definition.left()) {
      if (!left.axes().isEmpty() || left.shape().isPresent()) {
        var plain =
            definition.left().stream()
                .map(l -> new Diagnostic.Edit(l.span(), l.name().span().text()))
                .toList();
        throw new CheckFailure(CallErrors.severalWithAxes(left.span(), plain));
      }
      if (!isDropped(left)) {
        body.requireNew(left.name());
      }
    }
    Context context = body.atDefinition(definition.left().getFirst().name());
    List<Value> values = elaborator.calls.results(definition.value(), context);
    if (values.size() != definition.left().size()) {
      throw new CheckFailure(
          CallErrors.wrongResults(
              definition.value().span(),
              definition.left().getFirst().span().to(definition.left().getLast().span()),
              values.size(),
              definition.left().size()));
    }
    for (int i = 0; i < values.size(); i++) {
      LeftSide left = definition.left().get(i);
      if (!isDropped(left)) {
        var operand = new Operators.Operand(values.get(i), definition.value().span());
        bind(left, named(left, operand, List.of(), context), promise(left, context).orElse(null));
      }
    }
  }

  private static boolean isDropped(LeftSide left) {
    return left.name().text().equals("_");
  }

  private void bind(LeftSide left, Value value, Promise promise) {
    List<Optional<AxisLabel>> labels = promise == null ? List.of() : promise.labels();
    body.define(left.name(), new Entity.Bound(value, left.name().span(), labels));
  }

  /** The declared shape: after a colon, or of a result. */
  Optional<Promise> promise(LeftSide left, Context context) {
    if (left.shape().isEmpty()) {
      return body.promise(left.name());
    }
    List<Expression> sizes = left.shape().get();
    var labels = sizes.stream().map(s -> Signatures.label(s, _ -> false)).toList();
    Span span = sizes.getFirst().span().to(sizes.getLast().span());
    return Optional.of(new Promise(elaborator.extents(sizes, context), labels, span));
  }

  /** The value of a definition as a tensor of its name, or what it merely renames. */
  Value value(
      LeftSide left, Expression expression, Optional<Promise> promise, Context context) {
    var scope = new Scope(context.scope());
    Context inner = context.in(scope);
    var axes = new ArrayList<List<Index>>();
    for (int axis = 0; axis < left.axes().size(); axis++) {
      axes.add(axis(left, axis, expression, promise, inner, scope));
    }
    var bound = axes.stream().flatMap(List::stream).toList();
    var operand = elaborator.operand(expression, inner.within(bound));
    Value value = named(left, operand, axes, context);
    promise.ifPresent(p -> checkShape(left, p, value));
    return value;
  }

  private List<Index> axis(
      LeftSide left,
      int axis,
      Expression expression,
      Optional<Promise> promise,
      Context inner,
      Scope scope) {
    List<Binder> binders = left.axes().get(axis);
    var indices = new ArrayList<Index>();
    for (Binder binder : binders) {
      if (binder.isBatch()) {
        throw new CheckFailure(IndexErrors.batchOnTheLeft(binder.span()));
      }
      Optional<Occurrence> declared =
          binders.size() == 1 ? promise.flatMap(p -> declared(p, axis, left)) : Optional.empty();
      var extents = elaborator.ranges.of(binder, List.of(expression), declared, inner);
      if (extents.size() < 1) {
        throw new CheckFailure(IndexErrors.emptyRange(binder.span(), binder.name().text()));
      }
      if (extents.start() != 0) {
        throw new CheckFailure(
            IndexErrors.leftRangeStart(
                binder.span(),
                binder.name().text(),
                extents.start(),
                extents.size(),
                IndexUses.in(expression, binder.name().text())));
      }
      if (extents.size() == Extent.MOST && binders.size() > 1) {
        throw new CheckFailure(SizeErrors.fusedRows(binder.span()));
      }
      indices.add(elaborator.ranges.bind(binder.name(), extents, scope));
    }
    return indices;
  }

  private static Optional<Occurrence> declared(Promise promise, int axis, LeftSide left) {
    if (axis >= promise.shape().size()) {
      return Optional.empty();
    }
    int size = promise.shape().get(axis);
    return Optional.of(Occurrence.declared(promise.span(), size, promise.labels().get(axis)));
  }

  private void checkShape(LeftSide left, Promise promise, Value value) {
    Term term = Operators.term(new Operators.Operand(value, left.span()));
    if (!term.shape().equals(promise.shape())) {
      throw new CheckFailure(
          ShapeErrors.notAsDeclared(
              left.span(), left.name().text(), term.shape(), promise.span(), promise.shape()));
    }
  }

  /** A plain element, view or number keeps its place; everything else gets a tensor of that name. */
  Value named(
      LeftSide left, Operators.Operand operand, List<List<Index>> axes, Context context) {
    if (operand.value() instanceof Callable callable) {
      throw new CheckFailure(
          CallErrors.notAValue(operand.span(), callable.title(), callable.isLayer()));
    }
    if (operand.value() instanceof Constant && axes.isEmpty()) {
      return operand.value();
    }
    Term term = Operators.term(operand);
    boolean isAlias =
        axes.isEmpty()
            && (term.isScalar() ? Reading.isTrivial(term.body()) : Accesses.isWholeRead(term))
            && !context.out().isJustTemporary(term);
    checkSize(left, axes, term);
    boolean isNew = context.out().isJustTemporary(term);
    boolean isOwn = body.isGiven(left.name().text()); // what is given is not what it was a copy of
    return !isOwn && (isAlias || (!isNew && isCopy(term, axes)))
        ? withAxes(term, axes)
        : context.out().defined(body.path(left.name()), term, axes, context, context.place(left.span()));
  }

  /** {@code y[i,j] = x[i,j]} is x under another name. */
  private static boolean isCopy(Term term, List<List<Index>> axes) {
    if (!(term.body() instanceof Expr.Read read)
        || read.tensor().role() != Tensor.Role.VALUE
        || read.outside().isPresent()
        || axes.stream().anyMatch(a -> a.size() != 1)) {
      return false;
    }
    var wanted = new ArrayList<Index>();
    axes.forEach(wanted::addAll);
    wanted.addAll(term.axes());
    int own = read.at().size() - wanted.size();
    if (own < 0) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!read.at().get(own + i).equals(Subscript.of(wanted.get(i)))) {
        return false;
      }
    }
    var outer = FreeIndices.of(Expr.read(read.tensor(), read.at().subList(0, own)));
    return wanted.stream().noneMatch(outer::contains);
  }

  private static Term withAxes(Term term, List<List<Index>> axes) {
    var all = new ArrayList<Index>();
    axes.forEach(all::addAll);
    all.addAll(term.axes());
    return new Term(all, term.body(), term.type());
  }

  /** The rows of a batch are counted when it comes. */
  private static int known(Index index) {
    return index.extent().isRows() ? 1 : index.extent().most();
  }

  private static void checkSize(LeftSide left, List<List<Index>> axes, Term term) {
    long elements = 1;
    for (List<Index> axis : axes) {
      for (Index index : axis) {
        elements = Intervals.multiply(elements, known(index));
      }
    }
    for (Index index : term.axes()) {
      elements = Intervals.multiply(elements, known(index));
    }
    if (elements > Integer.MAX_VALUE) {
      throw new CheckFailure(SizeErrors.tooManyElements(left.span()));
    }
  }
}
