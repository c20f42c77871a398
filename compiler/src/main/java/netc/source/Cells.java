package netc.source;

/**
 * A line of text as a terminal shows it: tabs are spread, wide letters take two columns, and what
 * cannot be seen takes none. Control characters are replaced, so that a file cannot steer the
 * terminal.
 */
final class Cells {
  private static final int TAB = 4;
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder shown = new StringBuilder();
  private final int[] columns;

  Cells(String line) {
    columns = new int[line.length() + 1];
    int column = 0;
    int i = 0;
    while (i < line.length()) {
      int point = line.codePointAt(i);
      int width = width(point, column);
      for (int k = 0; k < Character.charCount(point); k++) {
        columns[i + k] = column;
      }
      show(point, width);
      column += width;
      i += Character.charCount(point);
    }
    columns[line.length()] = column;
  }

  private void show(int point, int width) {
    if (point == '\t') {
      shown.repeat(' ', width);
    } else if (Character.isISOControl(point)) {
      shown.append(REPLACEMENT);
    } else if (Character.getType(point) != Character.FORMAT) {
      shown.appendCodePoint(point);
    }
  }

  String shown() {
    return shown.toString();
  }

  /** The column, from 0, of a character of the line; behind the end they go on one by one. */
  int column(int character) {
    int last = columns.length - 1;
    return character <= last ? columns[character] : columns[last] + character - last;
  }

  private static int width(int point, int column) {
    if (point == '\t') {
      return TAB - column % TAB;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(point) ? 2 : 1;
    };
  }

  /** East Asian letters and emoji, after Unicode's annex 11 as far as its blocks tell. */
  private static boolean isWide(int point) {
    if (Character.isEmojiPresentation(point)) {
      return true;
    }
    boolean isFullWidthForm =
        point >= 0xFF01 && point <= 0xFF60 || point >= 0xFFE0 && point <= 0xFFE6;
    boolean isEastAsianPunctuation = point >= 0x3000 && point <= 0x303E;
    boolean isWideLetter =
        switch (Character.UnicodeScript.of(point)) {
          case HAN, HIRAGANA, HANGUL, YI, BOPOMOFO -> true;
          case KATAKANA -> point < 0xFF00;
          default -> false;
        };
    return isFullWidthForm || isEastAsianPunctuation || isWideLetter;
  }
}
