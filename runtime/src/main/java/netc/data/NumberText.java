package netc.data;

/** Numbers in text, without an object for each of the millions that a data file may have. */
final class NumberText {
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private NumberText() {}

  /**
   * The double nearest to a decimal number, or NaN when the text is none. Up to 15 digits with a small
   * exponent are one exact division or product (Clinger 1990); the rest goes to {@link
   * Double#parseDouble}.
   */
  static double parse(char[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative || at < to && text[at] == '+') {
      at++;
    }
    long digits = 0;
    int count = 0;
    int decimals = 0;
    boolean point = false;
    for (; at < to; at++) {
      char c = text[at];
      if (c == '.' && !point) {
        point = true;
      } else if (c >= '0' && c <= '9' && count < 15) {
        digits = 10 * digits + (c - '0');
        count++;
        decimals += point ? 1 : 0;
      } else {
        return slow(text, from, to);
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    double magnitude = digits / POWERS[decimals];
    return negative ? -magnitude : magnitude;
  }

  /** Accepts what is written with digits, a sign, a point and an exponent, and nothing else. */
  private static double slow(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text[i];
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(new String(text, from, to - from));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
