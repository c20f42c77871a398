package netc.check.errors;

import java.util.ArrayList;
import java.util.List;
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

  Diagnostic build() {
    var severity =
        code.name().startsWith("W") ? Diagnostic.Severity.WARNING : Diagnostic.Severity.ERROR;
    return new Diagnostic(severity, code.name(), title, labels, notes, helps);
  }
}
