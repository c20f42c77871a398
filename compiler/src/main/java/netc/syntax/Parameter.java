package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.source.Span;

/** {@code name[shape] : type = default}: of a function or layer, a result of one, an input or a target. */
public record Parameter(
    Name name,
    List<Expression> shape,
    Optional<TypeName> type,
    Optional<Expression> defaultValue,
    Span span)
    implements Node {
  public Parameter {
    shape = List.copyOf(shape);
  }
}
