package netc.cli;

/** An error that the command has told already, because the JVM may end before anybody else can. */
final class ToldException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ToldException(Throwable cause) {
    super(cause);
  }
}
