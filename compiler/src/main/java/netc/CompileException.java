package netc;

import java.util.List;
import netc.source.Diagnostic;
import netc.source.Renderer;

/** A file that does not compile; the message shows every diagnostic as a terminal would. */
public final class CompileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Diagnostic> diagnostics;

  public CompileException(List<Diagnostic> diagnostics) {
    super(Renderer.plain().render(diagnostics));
    this.diagnostics = List.copyOf(diagnostics);
  }

  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}
