package netc.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Collects the messages of a phase. A message that was there already is not added again. */
public final class Diagnostics {
  /** So many errors are shown in one run: more are rarely independent of each other. */
  public static final int LIMIT = 10;

  private final Set<Diagnostic> found = new LinkedHashSet<>();

  public void add(Diagnostic diagnostic) {
    found.add(diagnostic);
  }

  public void addAll(Iterable<Diagnostic> diagnostics) {
    diagnostics.forEach(this::add);
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(Diagnostic::isError);
  }

  /** True when {@link #LIMIT} errors are there and looking for more is of no use. */
  public boolean isFull() {
    return found.stream().filter(Diagnostic::isError).count() >= LIMIT;
  }

  /** The first {@link #LIMIT} errors and all warnings, in the order of the text, file by file. */
  public List<Diagnostic> list() {
    var errors = found.stream().filter(Diagnostic::isError).limit(LIMIT);
    var warnings = found.stream().filter(diagnostic -> !diagnostic.isError());
    var files = new ArrayList<String>();
    for (Diagnostic diagnostic : found) {
      if (!files.contains(diagnostic.span().file().name())) {
        files.add(diagnostic.span().file().name());
      }
    }
    return Stream.concat(errors, warnings)
        .sorted(
            Comparator.comparingInt((Diagnostic d) -> files.indexOf(d.span().file().name()))
                .thenComparingInt(d -> d.span().start()))
        .toList();
  }
}
