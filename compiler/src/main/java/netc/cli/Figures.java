package netc.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import netc.runtime.Evaluation;

/** Losses, penalties and metrics as text and as data for JSON. */
final class Figures {
  private Figures() {}

  /** Six digits, as many as tell two trainings apart. */
  static String number(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.6g", value)
        : Double.toString(value);
  }

  static Map<String, Object> data(Evaluation evaluation) {
    var data = new LinkedHashMap<String, Object>();
    data.put("rows", evaluation.rows());
    data.put("loss", evaluation.loss());
    data.put("losses", evaluation.losses());
    data.put("penalties", evaluation.penalties());
    data.put("metrics", evaluation.metrics());
    return data;
  }

  /** {@code loss 0.12, accuracy 0.97}: the objective and every metric. */
  static String brief(Evaluation evaluation) {
    var parts = new ArrayList<String>();
    parts.add("loss " + number(evaluation.loss()));
    evaluation.metrics().forEach((name, value) -> parts.add(name + " " + number(value)));
    return String.join(", ", parts);
  }

  /** A table with a line for each part of the data, such as {@code test}. */
  static List<String> table(Map<String, Evaluation> parts) {
    var rows = new ArrayList<List<String>>();
    parts.forEach(
        (part, evaluation) -> {
          var columns = columns(evaluation);
          if (rows.isEmpty()) {
            var head = new ArrayList<>(columns.keySet());
            head.addFirst("");
            rows.add(head);
          }
          var row = new ArrayList<>(columns.values());
          row.addFirst(part);
          rows.add(row);
        });
    return aligned(rows);
  }

  /** One loss without penalties is the objective, which is shown anyway. */
  private static Map<String, String> columns(Evaluation evaluation) {
    var columns = new LinkedHashMap<String, String>();
    columns.put("rows", Integer.toString(evaluation.rows()));
    columns.put("loss", number(evaluation.loss()));
    if (evaluation.losses().size() + evaluation.penalties().size() > 1) {
      evaluation.losses().forEach((name, value) -> columns.put(name, number(value)));
      evaluation.penalties().forEach((name, value) -> columns.put(name, number(value)));
    }
    evaluation.metrics().forEach((name, value) -> columns.put(name, number(value)));
    return columns;
  }

  private static List<String> aligned(List<List<String>> rows) {
    var lines = new ArrayList<String>();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        String text = row.get(i);
        line.append(i == 0 ? text : "  ").append(" ".repeat(width - text.length()));
        line.append(i == 0 ? "" : text);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
