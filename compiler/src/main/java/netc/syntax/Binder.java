package netc.syntax;

import java.util.Optional;
import netc.source.Span;

/** {@code k}, {@code k in range} or the reserved {@code batch}. */
public record Binder(Name name, Optional<Range> range, Span span) implements Node {
  public boolean isBatch() {
    return name.text().equals("batch");
  }
}
