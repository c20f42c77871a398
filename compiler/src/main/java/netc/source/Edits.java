package netc.source;

import java.util.Comparator;
import java.util.List;

/** Carries out the edits of a suggestion. */
public final class Edits {
  private Edits() {}

  /**
   * The text of {@code file} with {@code edits} made. Edits of other files are left aside; of two
   * that overlap only the first in the text is made.
   */
  public static String apply(SourceFile file, List<Diagnostic.Edit> edits) {
    var ordered =
        edits.stream()
            .filter(edit -> edit.span().file() == file)
            .sorted(
                Comparator.comparingInt((Diagnostic.Edit edit) -> edit.span().start())
                    .thenComparingInt(edit -> edit.span().end()))
            .toList();
    var result = new StringBuilder();
    int done = 0;
    for (Diagnostic.Edit edit : ordered) {
      if (edit.span().start() >= done) {
        result.append(file.text(), done, edit.span().start()).append(edit.replacement());
        done = edit.span().end();
      }
    }
    return result.append(file.text().substring(done)).toString();
  }
}
