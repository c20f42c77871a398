package netc.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One line that the formatter writes, before and after its columns are aligned. */
final class FormatLine {

  /**
   * A word of the line.
   *
   * @param gap how many blanks stand before it, unless it is aligned
   * @param written how many stood there in the source
   * @param sourceColumn where it stood in its line of the source, from 1
   */
  record Piece(
      String text,
      int gap,
      int written,
      int sourceColumn,
      Optional<TokenMarks.Column> column) {}

  /** What begins the line. */
  enum Kind {
    /** A statement, a declaration, a closing brace. */
    STATEMENT,
    CONTINUATION,
    /** A comment of its own. */
    COMMENT
  }

  final Kind kind;
  final int indent;
  final int sourceIndent;
  final boolean hasBlankBefore;
  final List<Piece> pieces = new ArrayList<>();

  FormatLine(Kind kind, int indent, int sourceIndent, boolean hasBlankBefore) {
    this.kind = kind;
    this.indent = indent;
    this.sourceIndent = sourceIndent;
    this.hasBlankBefore = hasBlankBefore;
  }

  void add(Piece piece) {
    pieces.add(piece);
  }

  /** Which piece stands first at a column, or -1. */
  int position(TokenMarks.Column column) {
    for (int i = 1; i < pieces.size(); i++) {
      if (pieces.get(i).column().filter(column::equals).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  /** Where a piece stood in the source, had its line been indented as this one is. */
  int wantedColumn(int position) {
    return pieces.get(position).sourceColumn() - 1 - sourceIndent + indent;
  }

  /** Where a piece stands, from 0. */
  int columnOf(int position) {
    int column = indent;
    for (int i = 0; i < position; i++) {
      column += (i == 0 ? 0 : pieces.get(i).gap()) + width(pieces.get(i).text());
    }
    return column + (position == 0 ? 0 : pieces.get(position).gap());
  }

  void moveTo(int position, int column) {
    Piece piece = pieces.get(position);
    int gap = piece.gap() + column - columnOf(position);
    pieces.set(
        position,
        new Piece(piece.text(), gap, piece.written(), piece.sourceColumn(), piece.column()));
  }

  void print(StringBuilder out) {
    if (hasBlankBefore) {
      out.append('\n');
    }
    out.append(" ".repeat(indent));
    for (int i = 0; i < pieces.size(); i++) {
      out.append(" ".repeat(i == 0 ? 0 : pieces.get(i).gap())).append(pieces.get(i).text());
    }
    out.append('\n');
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
