package netc.check;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import netc.check.errors.IndexErrors;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Subscript;
import netc.source.Diagnostic;
import netc.syntax.Expression;

/** What to say about a position that can lie outside: how far it reaches, when, and what would help. */
final class OutsideAccesses {
  private final Elaborator elaborator;

  OutsideAccesses(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  Diagnostic message(
      Expression.Access access,
      Expression.Subscript subscript,
      Subscript position,
      int size,
      Context context) {
    String tensor = access.base().span().text();
    if (size == Extent.MOST) {
      return IndexErrors.outsideRows(access.span(), subscript.span(), tensor);
    }
    Interval reached = Bounds.of(position, context.facts());
    if (reached.low() == reached.high()) {
      return IndexErrors.noSuchElement(
          access.span(), subscript.span(), tensor, reached.low(), size);
    }
    Optional<Affine> form =
        position instanceof Subscript.Affine affine
            ? Optional.of(Affine.of(affine))
            : Optional.empty();
    boolean isBoth = reached.low() < 0 && reached.high() >= size;
    String when = isBoth ? "" : form.map(f -> when(f, reached, size)).orElse("");
    var shorter = form.flatMap(f -> shorter(f, reached, size));
    return IndexErrors.outside(
        access.span(), subscript.span(), tensor, reached, size, when, shorter, position instanceof Subscript.Gathered);
  }

  /** {@code  (when i = 7)}: the indices at which the position is furthest outside. */
  private static String when(Affine form, Interval reached, int size) {
    if (form.coefficients().isEmpty()) {
      return "";
    }
    boolean isAbove = reached.high() >= size;
    long at = form.constant();
    var values = new java.util.LinkedHashMap<String, Long>();
    for (Map.Entry<Index, Long> term : form.coefficients().entrySet()) {
      boolean isHigh = term.getValue() > 0 == isAbove;
      long value = isHigh ? term.getKey().extent().most() - 1 : 0;
      at += term.getValue() * value;
      values.put(FreshIndices.plainName(term.getKey()), value);
    }
    if (at != (isAbove ? reached.high() : reached.low())) {
      return "";
    }
    return values.entrySet().stream()
        .map(e -> e.getKey() + " = " + e.getValue())
        .collect(Collectors.joining(", ", " (when ", ")"));
  }

  /** An index that could end earlier, if that alone is wrong. */
  private Optional<IndexErrors.Shorter> shorter(Affine form, Interval reached, int size) {
    long over = reached.high() - (size - 1);
    if (reached.low() < 0 || over < 1) {
      return Optional.empty();
    }
    for (Map.Entry<Index, Long> term : form.coefficients().entrySet()) {
      long factor = term.getValue();
      var binder = elaborator.build.binder(term.getKey());
      if (factor > 0 && binder.isPresent()) {
        long left = term.getKey().extent().most() - Math.ceilDiv(over, factor);
        boolean isPlain = !binder.get().text().contains("..");
        if (left >= 1 && isPlain) {
          String name = FreshIndices.plainName(term.getKey());
          return Optional.of(new IndexErrors.Shorter(binder.get(), name + " in " + left));
        }
      }
    }
    return Optional.empty();
  }
}
