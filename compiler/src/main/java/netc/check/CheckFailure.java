package netc.check;

import java.util.Optional;
import netc.source.Diagnostic;

/**
 * Ends the checking of one statement. Without a diagnostic it says that the mistake was reported
 * elsewhere: an erroneous definition poisons its users silently.
 */
final class CheckFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  CheckFailure(Diagnostic diagnostic) {
    super(null, null, false, false);
    this.diagnostic = diagnostic;
  }

  static CheckFailure poisoned() {
    return new CheckFailure(null);
  }

  Optional<Diagnostic> diagnostic() {
    return Optional.ofNullable(diagnostic);
  }
}
