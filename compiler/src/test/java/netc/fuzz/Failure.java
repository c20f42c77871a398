package netc.fuzz;

/** A program that some part of the compiler does not treat as it should. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1;

  private final String kind;

  Failure(String kind, String message, Throwable cause) {
    super(kind + ": " + message, cause);
    this.kind = kind;
  }

  /** Failures of one kind count as the same while a program is made smaller. */
  String kind() {
    return kind;
  }
}
