package netc;

import java.util.List;
import netc.source.Diagnostic;

/**
 * What compiling one file gives.
 *
 * @param nets one a net in text order; none when there is an error
 * @param diagnostics at most ten errors, and the warnings
 */
public record CompileResult(List<CompiledNet> nets, List<Diagnostic> diagnostics) {
  public CompileResult {
    nets = List.copyOf(nets);
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
