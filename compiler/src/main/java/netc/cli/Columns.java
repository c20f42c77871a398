package netc.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns as wide as their widest cell. */
final class Columns {
  private Columns() {}

  /** One line a row, two blanks between columns, none at the end; all rows have the same number of cells. */
  static List<String> of(List<List<String>> rows) {
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        int at = column;
        int width = rows.stream().mapToInt(r -> length(r.get(at))).max().orElse(0);
        line.append(cell).append(" ".repeat(width - length(cell) + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
