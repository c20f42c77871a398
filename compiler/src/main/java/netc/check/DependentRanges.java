package netc.check;

import java.util.Optional;
import netc.check.errors.IndexErrors;
import netc.ir.Expr;
import netc.ir.Interval;
import netc.source.Diagnostic;
import netc.source.Span;
import netc.syntax.Expression;
import netc.syntax.Range;

/** {@code sum[j in 0..i] …}: where a range depends on an index, a filter is meant. */
final class DependentRanges {
  private final Elaborator elaborator;

  DependentRanges(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  /** The message; empty when the range depends on no index. */
  Optional<Diagnostic> check(Range range, Context context) {
    Expression end = range.last().orElse(range.first());
    var value =
        elaborator.build.tryQuietly(
            () -> elaborator.value(end, context.to(elaborator.build.scratch())));
    if (value.isEmpty()
        || !(value.get() instanceof Term term)
        || !term.isScalar()
        || Reading.any(term.body())) {
      return Optional.empty();
    }
    var index = FreeIndices.of(term.body()).stream().findFirst();
    return index.map(i -> message(range, end, term.body(), FreshIndices.plainName(i)));
  }

  private Diagnostic message(Range range, Expression end, Expr value, String index) {
    Span span = range.span();
    String source = span.file().text();
    int bracket = span.end();
    while (bracket < source.length() && Character.isWhitespace(source.charAt(bracket))) {
      bracket++;
    }
    String before = source.substring(0, span.start()).stripTrailing();
    String name = before.endsWith("in") ? lastWord(before.substring(0, before.length() - 2)) : "";
    boolean isConstantStart =
        range.last().isEmpty() || range.first() instanceof Expression.Whole;
    boolean isLast = bracket < source.length() && source.charAt(bracket) == ']';
    Interval reach = Intervals.of(value);
    long most = reach.high() + (range.inclusive() ? 1 : 0);
    String start = range.last().isEmpty() ? "" : range.first().span().text() + "..";
    String text = end.span().text();
    String bound = end instanceof Expression.Reference || end instanceof Expression.Whole ? text : "(" + text + ")";
    return IndexErrors.rangeDependsOnIndex(
        span,
        text,
        index,
        name + (range.inclusive() ? " <= " : " < ") + bound,
        start + Math.max(1, most),
        isLast && !name.isEmpty() && isConstantStart);
  }

  private static String lastWord(String text) {
    String stripped = text.stripTrailing();
    int start = stripped.length();
    while (start > 0 && Character.isUnicodeIdentifierPart(stripped.charAt(start - 1))) {
      start--;
    }
    return stripped.substring(start);
  }
}
