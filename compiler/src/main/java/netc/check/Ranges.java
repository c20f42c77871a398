package netc.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.check.Entity.AxisLabel;
import netc.check.errors.Alone;
import netc.check.errors.IndexErrors;
import netc.check.errors.NameErrors;
import netc.check.errors.Warnings;
import netc.ir.Extent;
import netc.ir.Index;
import netc.source.Span;
import netc.syntax.Binder;
import netc.syntax.Expression;
import netc.syntax.Name;
import netc.syntax.Range;

/**
 * How far an index runs: a written range wins; else all its bare occurrences in subscripts, which must
 * agree, say it.
 */
final class Ranges {
  private final Elaborator elaborator;

  Ranges(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  /** Where an index stands bare on an axis, or where an axis is declared for it. */
  record Occurrence(Alone place, Optional<AxisLabel> label) {
    static Occurrence declared(Span span, int size, Optional<AxisLabel> label) {
      var place = new Alone(span, size, "declared", Optional.empty(), Optional.empty());
      return new Occurrence(place, label);
    }

    int size() {
      return place.size();
    }

    Span span() {
      return place.span();
    }
  }

  /**
   * {@code start .. start + size - 1}; the size may be 0 where nothing is reduced.
   *
   * @param binder where another range may be written, if it may
   */
  record Extents(long start, int size, boolean isWritten, Optional<Span> binder) {}

  /** The range of a binder; {@code inside} is where it may stand bare. */
  Extents of(Binder binder, List<Expression> inside, Optional<Occurrence> declared, Context context) {
    checkFresh(binder.name(), context);
    if (binder.range().isPresent()) {
      Extents written = written(binder.range().get(), context);
      return new Extents(written.start, written.size, true, editable(binder.span(), declared));
    }
    Extents inferred = inferred(binder.name(), inside, declared, context);
    return new Extents(0, inferred.size, false, editable(binder.span(), declared));
  }

  /** What has a declared shape runs as far as that says. */
  private static Optional<Span> editable(Span binder, Optional<Occurrence> declared) {
    return declared.isPresent() ? Optional.empty() : Optional.of(binder);
  }

  /** An index is a new name: it hides neither an index nor a value or size. */
  void checkFresh(Name name, Context context) {
    var existing = context.scope().find(name.text());
    if (existing.isEmpty()) {
      return;
    }
    switch (existing.get()) {
      case Entity.Running running ->
          throw new CheckFailure(NameErrors.indexInScope(name.span(), name.text(), running.span()));
      case Entity.Bound(Value value, Span span, var _) when !(value instanceof Callable) ->
          throw new CheckFailure(NameErrors.indexHidesValue(name.span(), name.text(), span));
      case Entity.Bound _, Entity.Broken _, Entity.NetName _ -> {}
    }
  }

  Extents written(Range range, Context context) {
    var dependent = new DependentRanges(elaborator).check(range, context);
    if (dependent.isPresent()) {
      throw new CheckFailure(dependent.get());
    }
    Optional<Expression> rows = range.inclusive() ? Optional.empty() : end(range);
    if (rows.isPresent() && elaborator.isRows(rows.get(), context)) {
      return new Extents(0, Extent.MOST, true, Optional.empty());
    }
    long first = elaborator.wholeNumber(range.first(), context, "the end of a range");
    if (range.last().isEmpty()) {
      return new Extents(0, size(first, range), true, Optional.empty());
    }
    long last = elaborator.wholeNumber(range.last().get(), context, "the end of a range");
    try {
      long end = range.inclusive() ? Math.addExact(last, 1) : last;
      return new Extents(first, size(Math.subtractExact(end, first), range), true, Optional.empty());
    } catch (ArithmeticException e) {
      throw new CheckFailure(IndexErrors.rangeTooLong(range.span()));
    }
  }

  /** The end of a range that begins at 0. */
  private static Optional<Expression> end(Range range) {
    if (range.last().isEmpty()) {
      return Optional.of(range.first());
    }
    boolean isFromZero = range.first() instanceof Expression.Whole && range.first().span().text().equals("0");
    return isFromZero ? range.last() : Optional.empty();
  }

  private static int size(long size, Range range) {
    if (size >= Extent.MOST) {
      throw new CheckFailure(IndexErrors.rangeTooLong(range.span()));
    }
    return (int) Math.max(0, size);
  }

  /** The inferred range of a name that may be bound twice: only {@code f[u](e)} does so. */
  Extents inferredAnew(Name name, List<Expression> inside, Context context) {
    return inferred(name, inside, Optional.empty(), context);
  }

  private Extents inferred(
      Name name, List<Expression> inside, Optional<Occurrence> declared, Context context) {
    var occurrences = new ArrayList<Occurrence>();
    declared.ifPresent(occurrences::add);
    var search = new BareOccurrences(elaborator, name.text(), context, occurrences);
    inside.forEach(search::in);
    if (occurrences.isEmpty()) {
      search
          .boundAgain()
          .ifPresent(
              again -> {
                throw new CheckFailure(NameErrors.indexInScope(again, name.text(), name.span()));
              });
      throw new CheckFailure(
          IndexErrors.cannotTell(
              name.span(),
              name.text(),
              search.composite().stream().map(BareOccurrences.Composite::span).toList(),
              new RangeGuess(elaborator, name, context).of(search.composite())));
    }
    Occurrence first = occurrences.getFirst();
    for (Occurrence other : occurrences) {
      if (other.size() != first.size()) {
        throw new CheckFailure(
            IndexErrors.rangesDiffer(
                name.text(),
                first.place(),
                other.place(),
                declared.isPresent() ? Optional.empty() : Optional.of(name.span())));
      }
      checkLabels(name.text(), first, other);
    }
    return new Extents(0, first.size(), false, Optional.empty());
  }

  /** One index on two axes that were declared differently is usually a transposition. */
  private void checkLabels(String index, Occurrence first, Occurrence other) {
    if (first.label().isEmpty() || other.label().isEmpty()) {
      return;
    }
    AxisLabel a = first.label().get();
    AxisLabel b = other.label().get();
    if (!a.name().equals(b.name())) {
      if (a.isShapeVariable() && b.isShapeVariable()) {
        throw new CheckFailure(
            Warnings.transpositionInLayer(index, first.span(), a.name(), other.span(), b.name()));
      }
      if (!a.isShapeVariable() && !b.isShapeVariable()) {
        elaborator.build.reportOnce(
            Warnings.transposition(
                index, first.span(), a.name(), other.span(), b.name(), first.size()), null);
      }
    }
  }

  /** Binds an index in {@code scope}. */
  Index bind(Name name, Extents extents, Scope scope) {
    Index index = elaborator.build.indices().make(name.text(), extents.size());
    extents.binder().ifPresent(b -> elaborator.build.binder(index, b));
    scope.put(
        name.text(),
        new Entity.Running(index, extents.start(), extents.isWritten(), name.span()));
    return index;
  }
}
