package netc.check;

import java.util.List;
import netc.ir.Model;
import netc.source.Diagnostic;

/**
 * What checking one file gives.
 *
 * @param models one a net in text order; those without errors
 * @param diagnostics at most ten errors, and the warnings
 */
public record CheckResult(List<Model> models, List<Diagnostic> diagnostics) {
  public CheckResult {
    models = List.copyOf(models);
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
