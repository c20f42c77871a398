package netc.syntax;

import java.util.Optional;
import netc.source.Span;

/** A type as written; {@code size} is there for {@code index(N)} only. */
public record TypeName(Kind kind, Optional<Expression> size, Span span) implements Node {
  public enum Kind {
    INDEX,
    REAL,
    INT,
    BOOL,
    DIM,
    FN,
    LAYER
  }
}
