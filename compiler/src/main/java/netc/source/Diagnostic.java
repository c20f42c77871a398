package netc.source;

import java.util.List;

/**
 * One message to the user: what is wrong, both places that disagree, and the likely fix.
 *
 * @param code {@code E102}, {@code W502}, …; each has a page in docs/errors
 * @param title the first line, in the user's terms
 * @param labels the marked places; the first is the primary one, whose place heads the message
 * @param notes the lines behind {@code =}
 * @param helps the suggested fixes, each with its edit as data when there is one
 */
public record Diagnostic(
    Severity severity,
    String code,
    String title,
    List<Label> labels,
    List<String> notes,
    List<Help> helps) {

  public enum Severity {
    ERROR,
    WARNING
  }

  /** A marked place; {@code text} may be empty. */
  public record Label(Span span, String text) {}

  /** A suggestion; {@code edits} is empty when it is only advice. */
  public record Help(String text, List<Edit> edits) {}

  /** Replace {@code span} by {@code replacement}. */
  public record Edit(Span span, String replacement) {}

  public Diagnostic {
    labels = List.copyOf(labels);
    notes = List.copyOf(notes);
    helps = List.copyOf(helps);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** The place that heads the message. */
  public Span span() {
    return labels.getFirst().span();
  }
}
