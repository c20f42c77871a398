package netc.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import netc.source.Row.Style;

/**
 * The rows under one line of source: the marks, and beneath them the texts. The text of the last
 * mark stands beside it; the others hang below their marks, on lines of their own.
 */
final class Markers {
  /**
   * A mark on one line, in columns from 0.
   *
   * @param end exclusive
   */
  record Mark(int start, int end, String text, boolean isContext) {}

  private final List<Mark> marks;
  private final Style fault;

  Markers(List<Mark> marks, Style fault) {
    this.marks = marks;
    this.fault = fault;
  }

  List<Row> rows() {
    var rows = new ArrayList<Row>();
    var first = new Row();
    rows.add(first);
    marks.stream().filter(Mark::isContext).forEach(mark -> underline(first, mark));
    marks.stream().filter(mark -> !mark.isContext).forEach(mark -> underline(first, mark));
    Mark beside = beside();
    if (beside != null) {
      first.put(beside.end + 1, beside.text, style(beside));
    }
    var hanging =
        marks.stream()
            .filter(mark -> mark != beside && !mark.text.isEmpty())
            .sorted(Comparator.comparingInt(Mark::start).reversed())
            .toList();
    if (hanging.size() + (beside == null ? 0 : 1) > 2) {
      rows.add(lines(hanging, Integer.MAX_VALUE)); // with more than two texts, show which is whose
    }
    for (Mark mark : hanging) {
      Row row = lines(hanging, mark.start);
      row.put(mark.start, mark.text, style(mark));
      rows.add(row);
    }
    return rows;
  }

  private void underline(Row row, Mark mark) {
    String sign = mark.isContext ? "-" : "^";
    row.put(mark.start, sign.repeat(mark.end - mark.start), style(mark));
  }

  /** The mark that ends last, if it alone does and has something to say. */
  private Mark beside() {
    int last = marks.stream().mapToInt(Mark::end).max().orElse(0);
    var ending = marks.stream().filter(mark -> mark.end == last).toList();
    Mark only = ending.getFirst();
    return ending.size() == 1 && !only.text.isEmpty() ? only : null;
  }

  private Row lines(List<Mark> hanging, int before) {
    var row = new Row();
    for (Mark mark : hanging) {
      if (mark.start < before) {
        row.put(mark.start, "|", style(mark));
      }
    }
    return row;
  }

  private Style style(Mark mark) {
    return mark.isContext ? Style.FRAME : fault;
  }
}
