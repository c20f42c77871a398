package netc.check.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.ir.Extent;
import netc.source.Diagnostic;
import netc.source.Span;

/** A diagnostic in the making: what all families of messages share. */
final class Report {
  private final Code code;
  private final String title;
  private final List<Diagnostic.Label> labels = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Diagnostic.Help> helps = new ArrayList<>();

  private Report(Code code, String title) {
    this.code = code;
    this.title = title;
  }

  /** A message; a code that begins with W makes a warning. */
  static Report of(Code code, String title) {
    return new Report(code, title);
  }

  Report at(Span span, String text) {
    labels.add(new Diagnostic.Label(span, text));
    return this;
  }

  /** Marks a place that explains, such as a declaration. */
  Report context(Span span, String text) {
    labels.add(new Diagnostic.Label(span, text, true));
    return this;
  }

  Report at(Span span) {
    return at(span, "");
  }

  Report note(String text) {
    notes.add(text);
    return this;
  }

  Report help(String text) {
    helps.add(new Diagnostic.Help(text, List.of()));
    return this;
  }

  /** A suggestion that can be applied: {@code span} becomes {@code replacement}. */
  Report fix(String text, Span span, String replacement) {
    helps.add(new Diagnostic.Help(text, List.of(new Diagnostic.Edit(span, replacement))));
    return this;
  }

  /** The likely meant name, as an edit. */
  Report meant(Span span, Optional<String> similar) {
    similar.ifPresent(s -> fix("did you mean `" + s + "`?", span, s));
    return this;
  }

  Report fix(String text, List<Diagnostic.Edit> edits) {
    helps.add(new Diagnostic.Help(text, edits));
    return this;
  }

  Report shorter(Optional<IndexErrors.Shorter> shorter) {
    shorter.ifPresent(s -> fix("or stop earlier               " + s.text(), s.binder(), s.text()));
    return this;
  }

  Diagnostic build() {
    var severity =
        code.name().startsWith("W") ? Diagnostic.Severity.WARNING : Diagnostic.Severity.ERROR;
    return new Diagnostic(
        severity,
        code.name(),
        rows(title),
        labels.stream().map(l -> new Diagnostic.Label(l.span(), rows(l.text()), l.isContext())).toList(),
        notes.stream().map(Report::rows).toList(),
        helps.stream().map(h -> new Diagnostic.Help(rows(h.text()), h.edits())).toList());
  }

  /** The number by which the checker knows an axis over the rows reads {@code batch}. */
  private static String rows(String text) {
    return text.replace(Integer.toString(Extent.MOST), "batch")
        .replace(Integer.toString(Extent.MOST - 1), "batch-1");
  }
}
