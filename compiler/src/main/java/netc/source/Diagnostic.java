package netc.source;

import java.util.ArrayList;
import java.util.List;

/**
 * One message to the user: what is wrong, both places that disagree, and the likely fix. It is written as
 * one sentence of code, each step giving a new diagnostic:
 *
 * <pre>{@code
 * Diagnostic.error("E302", "shapes [8] and [3] cannot be combined by `+`")
 *     .at(left, "x has shape [8]")
 *     .at(right, "b has shape [3]")
 *     .note("there is no broadcasting here except a single number with a tensor")
 *     .help("name the indices:   z[i,j] = x[i] + b[j]")
 * }</pre>
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

  /**
   * A marked place.
   *
   * @param text what is to be said about it, may be empty
   * @param isContext true: underlined with {@code -}, a place that explains; false: with {@code ^},
   *     a place at fault
   */
  public record Label(Span span, String text, boolean isContext) {
    public Label(Span span, String text) {
      this(span, text, false);
    }
  }

  /** A suggestion; {@code edits} is empty when it is only advice. */
  public record Help(String text, List<Edit> edits) {
    public Help {
      edits = List.copyOf(edits);
    }
  }

  /** Replace {@code span} by {@code replacement}. */
  public record Edit(Span span, String replacement) {}

  public Diagnostic {
    labels = List.copyOf(labels);
    notes = List.copyOf(notes);
    helps = List.copyOf(helps);
  }

  public static Diagnostic error(String code, String title) {
    return new Diagnostic(Severity.ERROR, code, title, List.of(), List.of(), List.of());
  }

  public static Diagnostic warning(String code, String title) {
    return new Diagnostic(Severity.WARNING, code, title, List.of(), List.of(), List.of());
  }

  /** Marks a place at fault; the first one heads the message, so there must be one. */
  public Diagnostic at(Span span, String text) {
    return with(new Label(span, text, false));
  }

  public Diagnostic at(Span span) {
    return at(span, "");
  }

  /** Marks a place that explains, such as a declaration. */
  public Diagnostic context(Span span, String text) {
    return with(new Label(span, text, true));
  }

  /** A line behind {@code =}. */
  public Diagnostic note(String text) {
    return new Diagnostic(severity, code, title, labels, append(notes, text), helps);
  }

  /** A suggestion, over several lines if need be, and the edits that carry it out. */
  public Diagnostic help(String text, Edit... edits) {
    return help(text, List.of(edits));
  }

  public Diagnostic help(String text, List<Edit> edits) {
    return new Diagnostic(
        severity, code, title, labels, notes, append(helps, new Help(text, edits)));
  }

  private Diagnostic with(Label label) {
    return new Diagnostic(severity, code, title, append(labels, label), notes, helps);
  }

  private static <T> List<T> append(List<T> list, T last) {
    var longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** The place that heads the message. */
  public Span span() {
    return labels.getFirst().span();
  }
}
