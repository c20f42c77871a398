package netc.syntax;

import java.util.ArrayList;
import java.util.List;
import netc.syntax.FormatLine.Kind;
import netc.syntax.TokenMarks.Column;

/**
 * Keeps columns: what stands one below the other in neighbouring lines of the source does so
 * afterwards. Columns grow where a name became longer and never move left; blanks that align nothing
 * are taken away. {@code deriv} and comments behind the text keep their column also alone, as far as
 * the text leaves it free.
 */
final class FormatColumns {
  private final List<FormatLine> lines;

  private FormatColumns(List<FormatLine> lines) {
    this.lines = lines;
  }

  static void align(List<FormatLine> lines) {
    var columns = new FormatColumns(lines);
    for (Column column : Column.values()) {
      columns.align(column);
    }
  }

  private void align(Column column) {
    var run = new ArrayList<FormatLine>();
    for (FormatLine line : lines) {
      if (line.hasBlankBefore) {
        finish(run, column);
      }
      int position = line.position(column);
      boolean isPassedOver =
          line.kind == Kind.COMMENT || line.kind == Kind.CONTINUATION && column != Column.COMMENT;
      if (isPassedOver) {
        continue;
      }
      if (position < 0 || !run.isEmpty() && !isBelow(run.getLast(), line, column)) {
        finish(run, column);
      }
      if (position >= 0) {
        run.add(line);
      }
    }
    finish(run, column);
  }

  private static boolean isBelow(FormatLine above, FormatLine line, Column column) {
    return place(above, column).sourceColumn() == place(line, column).sourceColumn()
        && (column == Column.COMMENT || above.indent == line.indent);
  }

  private static FormatLine.Piece place(FormatLine line, Column column) {
    return line.pieces.get(line.position(column));
  }

  private static void finish(List<FormatLine> run, Column column) {
    boolean keepsColumn = column == Column.COMMENT || column == Column.DERIV;
    boolean isAligned =
        run.size() > 1 && run.stream().anyMatch(line -> place(line, column).written() > 1);
    if (keepsColumn || isAligned) {
      int target = 0;
      for (FormatLine line : run) {
        int position = line.position(column);
        int nearest = line.columnOf(position);
        target = Math.max(target, Math.max(nearest, line.wantedColumn(position)));
      }
      for (FormatLine line : run) {
        line.moveTo(line.position(column), target);
      }
    }
    run.clear();
  }
}
