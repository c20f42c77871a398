package netc.syntax;

import java.util.Optional;
import netc.source.Span;

/** {@code N}, {@code a..b} or {@code a..=b}; with one expression {@code first} holds it and {@code last} is empty. */
public record Range(Expression first, Optional<Expression> last, boolean inclusive, Span span)
    implements Node {}
