package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.source.Diagnostic;

/**
 * What became of a file.
 *
 * @param unit the tree; empty when there is a syntax error
 * @param diagnostics the syntax errors, at most {@link netc.source.Diagnostics#LIMIT}
 */
public record ParseResult(Optional<Unit> unit, List<Diagnostic> diagnostics) {
  public ParseResult {
    diagnostics = List.copyOf(diagnostics);
  }
}
