package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.source.Span;

/** One {@code .net} file. */
public record Unit(
    Optional<String> packageName, List<Import> imports, List<Declaration> declarations, Span span)
    implements Node {
  public Unit {
    imports = List.copyOf(imports);
    declarations = List.copyOf(declarations);
  }
}
