package netc.syntax;

import java.util.List;
import netc.source.Span;

/**
 * A name as defined or mentioned, NFC-normalised.
 *
 * @param superscripts the {@code @} parts: {@code w@l}, {@code a@(l-1)}, {@code h@2@3}
 */
public record Name(String text, List<Expression> superscripts, Span span) implements Node {
  public Name {
    superscripts = List.copyOf(superscripts);
  }
}
