package netc.source;

/** A source file that cannot be read; the message says which and why. */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
