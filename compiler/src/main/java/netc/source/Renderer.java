package netc.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import netc.source.Diagnostic.Help;
import netc.source.Diagnostic.Label;
import netc.source.Markers.Mark;
import netc.source.Row.Style;

/**
 * A diagnostic as text for a terminal:
 *
 * <pre>
 * error[E302]: shapes [8] and [3] cannot be combined by `+`
 *   --> net.net:4:9
 *    |
 *  4 |   z = x + b
 *    |       ^   ^ b has shape [3]
 *    |       x has shape [8]
 *    = there is no broadcasting here except a single number with a tensor
 * </pre>
 */
public final class Renderer {
  private final boolean colour;

  private Renderer(boolean colour) {
    this.colour = colour;
  }

  public static Renderer plain() {
    return new Renderer(false);
  }

  /** With the colour codes that terminals understand. */
  public static Renderer coloured() {
    return new Renderer(true);
  }

  /** The messages one below the other, a blank line between them; each line ends with LF. */
  public String render(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(this::render).collect(Collectors.joining("\n"));
  }

  /** One message; each line ends with LF. */
  public String render(Diagnostic diagnostic) {
    var lines = new ArrayList<String>();
    Style fault = diagnostic.isError() ? Style.ERROR : Style.WARNING;
    lines.add(headline(diagnostic, fault));
    int width = gutterWidth(diagnostic);
    String lead = " ".repeat(width);
    var files = byFile(diagnostic.labels());
    files.forEach(
        (file, labels) -> {
          boolean isFirst = file == diagnostic.span().file();
          lines.add(lead + frame(isFirst ? "--> " : "::: ") + labels.getFirst().span());
          lines.add(lead + frame(" |"));
          lines.addAll(excerpt(file, labels, width, fault));
        });
    for (String note : diagnostic.notes()) {
      lines.addAll(paragraph(lead + " " + frame("="), lead + "  ", note));
    }
    for (Help help : diagnostic.helps()) {
      String head = Style.HELP.paint("help:", colour);
      lines.addAll(paragraph(lead + " " + head, lead + "      ", help.text()));
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private String headline(Diagnostic diagnostic, Style fault) {
    String severity = diagnostic.isError() ? "error" : "warning";
    return fault.paint(severity + "[" + diagnostic.code() + "]", colour)
        + Style.STRONG.paint(": " + diagnostic.title(), colour);
  }

  private String frame(String text) {
    return Style.FRAME.paint(text, colour);
  }

  private static Map<SourceFile, List<Label>> byFile(List<Label> labels) {
    var files = new LinkedHashMap<SourceFile, List<Label>>();
    for (Label label : labels) {
      files.computeIfAbsent(label.span().file(), _ -> new ArrayList<>()).add(label);
    }
    return files;
  }

  private static int gutterWidth(Diagnostic diagnostic) {
    int last =
        diagnostic.labels().stream()
            .map(Label::span)
            .mapToInt(span -> span.file().line(span.end()))
            .max()
            .orElse(1);
    return Math.max(2, Integer.toString(last).length());
  }

  /** The marked lines of one file in order, each with its marks below. */
  private List<String> excerpt(SourceFile file, List<Label> labels, int width, Style fault) {
    var marks = new TreeMap<Integer, List<Mark>>();
    labels.forEach(label -> mark(file, label, marks));
    var lines = new ArrayList<String>();
    marks.forEach(
        (line, onLine) -> {
          String number = ("%" + width + "d |").formatted(line);
          String shown = new Cells(file.lineText(line)).shown();
          lines.add((frame(number) + " " + shown).stripTrailing());
          for (Row row : new Markers(onLine, fault).rows()) {
            lines.add(" ".repeat(width) + frame(" |") + " " + row.text(colour));
          }
        });
    return lines;
  }

  /** A label over several lines marks its first and its last, and speaks at the last. */
  private static void mark(SourceFile file, Label label, Map<Integer, List<Mark>> marks) {
    Span span = label.span();
    int first = file.line(span.start());
    int last = file.line(Math.max(span.start(), span.end() - 1));
    for (int line : first == last ? new int[] {first} : new int[] {first, last}) {
      String text = file.lineText(line);
      var cells = new Cells(text);
      int begin = line == first ? span.start() - file.lineStart(line) : indent(text);
      int end = line == last ? span.end() - file.lineStart(line) : text.length();
      int column = cells.column(Math.max(0, begin));
      marks
          .computeIfAbsent(line, _ -> new ArrayList<>())
          .add(
              new Mark(
                  column,
                  Math.max(column + 1, cells.column(Math.max(0, end))),
                  line == last ? label.text() : "",
                  label.isContext()));
    }
  }

  private static int indent(String text) {
    return text.length() - text.stripLeading().length();
  }

  /** {@code lead} and the text; its further lines stand below its first. */
  private static List<String> paragraph(String lead, String indent, String text) {
    var lines = new ArrayList<String>();
    for (String line : text.split("\n", -1)) {
      lines.add(((lines.isEmpty() ? lead : indent) + " " + line).stripTrailing());
    }
    return lines;
  }
}
