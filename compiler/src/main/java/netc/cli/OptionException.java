package netc.cli;

/** A value of an option that names what the net does not have: a mistake in the command, not in a file. */
final class OptionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OptionException(String message) {
    super(message);
  }
}
