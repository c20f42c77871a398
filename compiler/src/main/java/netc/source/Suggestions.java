package netc.source;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * The candidate nearest to {@code name} by insertions, deletions, replacements and swaps of
   * neighbours; of equally near ones the first. Empty when none is near: about one mistake in three
   * letters is forgiven. Letters that differ only in case count as equal here.
   */
  public static Optional<String> closest(String name, Collection<String> candidates) {
    int allowed = Math.max(1, (name.length() + 1) / 3);
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      boolean replacesAll = distance >= Math.max(name.length(), candidate.length());
      if (distance <= allowed && distance < bestDistance && !replacesAll) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The optimal string alignment distance: no part of the text is edited twice. */
  static int distance(String from, String to) {
    var table = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      table[i][0] = i;
    }
    for (int j = 0; j <= to.length(); j++) {
      table[0][j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      for (int j = 1; j <= to.length(); j++) {
        int replace = table[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        table[i][j] = Math.min(replace, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
        if (isSwap(from, to, i, j)) {
          table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
        }
      }
    }
    return table[from.length()][to.length()];
  }

  private static boolean isSwap(String from, String to, int i, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
