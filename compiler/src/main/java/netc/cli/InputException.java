package netc.cli;

/** An error in what the user gave that no other room reports; the message names place and remedy. */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InputException(String message) {
    super(message);
  }
}
