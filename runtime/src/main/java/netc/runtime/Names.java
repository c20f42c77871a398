package netc.runtime;

import java.util.Collection;
import java.util.Optional;

/** Names that a user may have meant. */
public final class Names {
  private Names() {}

  /** The known name nearest to the given one, when it is near enough to be a slip of the pen. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    String best = null;
    int least = 1 + (name.length() < 2 ? 0 : name.length() < 4 ? 1 : Math.max(2, name.length() / 3));
    for (String candidate : known) {
      if (Math.abs(candidate.length() - name.length()) >= least) {
        continue; // also keeps a hostile name of a megabyte from being compared
      }
      if (candidate.equalsIgnoreCase(name)) {
        return Optional.of(candidate);
      }
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code ; did you mean `lr`?}, or nothing where no known name is near. */
  public static String guess(String name, Collection<String> known) {
    Optional<String> near = nearest(name, known);
    return near.isPresent() ? "; did you mean `" + near.get() + "`?" : "";
  }

  /** Insertions, deletions, substitutions, and exchanges of neighbours (Damerau and Levenshtein). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
