package netc.check;

import java.util.List;
import java.util.Optional;
import netc.check.Entity.AxisLabel;
import netc.check.errors.ScanErrors;
import netc.ir.Tensor;
import netc.source.Diagnostic;
import netc.source.Span;
import netc.syntax.LeftSide;

/**
 * A tensor defined with a scan's time in front. Before its line it is read through {@code early}, which
 * knows as much of its shape as the text says without computing anything.
 */
final class Carried {
  /** The size of an axis that is known only when the line is reached. */
  static final int UNKNOWN = Integer.MAX_VALUE;

  private final LeftSide left;
  private final String key;
  private final Tensor early;
  private final Type type;
  private final List<Optional<AxisLabel>> labels;
  private Optional<Span> firstRead = Optional.empty();
  private Optional<Term> defined = Optional.empty();

  Carried(
      LeftSide left, String key, Tensor early, Type type, List<Optional<AxisLabel>> labels) {
    this.left = left;
    this.key = key;
    this.early = early;
    this.type = type;
    this.labels = labels;
  }

  LeftSide left() {
    return left;
  }

  String key() {
    return key;
  }

  Tensor early() {
    return early;
  }

  /** As which it is read before its line. */
  Type type() {
    return type;
  }

  List<Optional<AxisLabel>> labels() {
    return labels;
  }

  /** Notes a read before the line. */
  void read(Span span) {
    firstRead = firstRead.or(() -> Optional.of(span));
  }

  /** The first read before its line. */
  Optional<Span> firstRead() {
    return firstRead;
  }

  void define(Term term) {
    defined = Optional.of(term);
  }

  /** Its value; empty before its line, and after a wrong one. */
  Optional<Term> defined() {
    return defined;
  }

  /** That more than its elements was asked for before its size is known. */
  Diagnostic sizeNotKnown(Span read) {
    return ScanErrors.sizeNotKnown(read, key, left.span());
  }

  static boolean isUnknown(int size) {
    return size == UNKNOWN;
  }
}
