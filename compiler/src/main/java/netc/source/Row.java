package netc.source;

import java.util.Arrays;

/** A row of a terminal under construction: text may be put at any column, in any order. */
final class Row {
  /** How a stretch of text is coloured; the codes are those of ECMA-48. */
  enum Style {
    PLAIN(""),
    STRONG("1"),
    ERROR("1;31"),
    WARNING("1;33"),
    FRAME("1;34"),
    HELP("1;36");

    private final String code;

    Style(String code) {
      this.code = code;
    }

    String paint(String text, boolean colour) {
      boolean isBare = !colour || this == PLAIN || text.isEmpty();
      return isBare ? text : "\u001B[" + code + "m" + text + "\u001B[0m";
    }
  }

  private char[] letters = new char[0];
  private Style[] styles = new Style[0];

  /** One letter takes one column here; put wide text last. */
  void put(int column, String text, Style style) {
    int needed = column + text.length();
    int had = letters.length;
    if (needed > had) {
      letters = Arrays.copyOf(letters, needed);
      styles = Arrays.copyOf(styles, needed);
      Arrays.fill(letters, had, needed, ' ');
      Arrays.fill(styles, had, needed, Style.PLAIN);
    }
    for (int i = 0; i < text.length(); i++) {
      letters[column + i] = text.charAt(i);
      styles[column + i] = style;
    }
  }

  String text(boolean colour) {
    var result = new StringBuilder();
    int start = 0;
    while (start < letters.length) {
      int end = start;
      while (end < letters.length && styles[end] == styles[start]) {
        end++;
      }
      result.append(styles[start].paint(new String(letters, start, end - start), colour));
      start = end;
    }
    return colour ? result.toString() : result.toString().stripTrailing();
  }
}
