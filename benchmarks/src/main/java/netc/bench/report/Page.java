package netc.bench.report;

import java.util.List;
import java.util.Locale;

/** Lines of Markdown. */
final class Page {
  private final StringBuilder text = new StringBuilder();

  void line(String format, Object... values) {
    text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** The first line of a table. */
  void head(List<String> titles) {
    row(titles);
    line("|%s", " --- |".repeat(titles.size()));
  }

  void row(List<String> cells) {
    line("| %s |", String.join(" | ", cells));
  }

  String text() {
    return text.toString();
  }
}
