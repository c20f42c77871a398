package netc.golden;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import netc.source.Diagnostic;
import netc.source.SourceFile;
import netc.source.Span;

/**
 * Places in the library as goldens show them: the line is there, its number is not, so that an edit of
 * the library changes only the goldens of the declarations it touches.
 */
final class Library {
  private static final Pattern PLACE = Pattern.compile("(std/[\\w/]+\\.net):\\d+(:\\d+)?");

  private Library() {}

  static Diagnostic withoutLines(Diagnostic diagnostic) {
    var files = new HashMap<String, SourceFile>();
    return new Diagnostic(
        diagnostic.severity(),
        diagnostic.code(),
        diagnostic.title(),
        diagnostic.labels().stream()
            .map(
                label ->
                    new Diagnostic.Label(
                        moved(label.span(), files), text(label.text()), label.isContext()))
            .toList(),
        diagnostic.notes().stream().map(Library::text).toList(),
        diagnostic.helps().stream()
            .map(help -> new Diagnostic.Help(text(help.text()), help.edits()))
            .toList());
  }

  private static String text(String text) {
    return PLACE.matcher(text).replaceAll("$1");
  }

  /** The same words in a file that has only their line, or lines. */
  private static Span moved(Span span, Map<String, SourceFile> files) {
    SourceFile file = span.file();
    if (!file.name().startsWith("std/")) {
      return span;
    }
    int start = file.lineStart(file.line(span.start()));
    int end = file.text().indexOf('\n', span.end());
    String lines = file.text().substring(start, end < 0 ? file.text().length() : end);
    SourceFile only = files.computeIfAbsent(lines, l -> new SourceFile(file.name(), l));
    return new Span(only, span.start() - start, span.end() - start);
  }
}
