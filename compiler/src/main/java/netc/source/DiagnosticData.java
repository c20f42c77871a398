package netc.source;

import java.util.List;

/**
 * A diagnostic as plain data, for JSON: every place as file, line and column (from 1, the end
 * exclusive), so that an editor need not read the file again.
 *
 * @param severity {@code error} or {@code warning}
 */
public record DiagnosticData(
    String severity,
    String code,
    String message,
    List<LabelData> labels,
    List<String> notes,
    List<HelpData> helps) {

  public record PlaceData(String file, int line, int column, int endLine, int endColumn) {
    static PlaceData of(Span span) {
      SourceFile file = span.file();
      return new PlaceData(
          file.name(),
          file.line(span.start()),
          file.column(span.start()),
          file.line(span.end()),
          file.column(span.end()));
    }
  }

  /** @param role {@code fault} or {@code context} */
  public record LabelData(PlaceData place, String text, String role) {}

  public record EditData(PlaceData place, String replacement) {}

  public record HelpData(String text, List<EditData> edits) {}

  public static DiagnosticData of(Diagnostic diagnostic) {
    return new DiagnosticData(
        diagnostic.isError() ? "error" : "warning",
        diagnostic.code(),
        diagnostic.title(),
        diagnostic.labels().stream().map(DiagnosticData::label).toList(),
        diagnostic.notes(),
        diagnostic.helps().stream().map(DiagnosticData::help).toList());
  }

  private static LabelData label(Diagnostic.Label label) {
    return new LabelData(
        PlaceData.of(label.span()), label.text(), label.isContext() ? "context" : "fault");
  }

  private static HelpData help(Diagnostic.Help help) {
    var edits =
        help.edits().stream()
            .map(edit -> new EditData(PlaceData.of(edit.span()), edit.replacement()))
            .toList();
    return new HelpData(help.text(), edits);
  }
}
