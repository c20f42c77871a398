package netc.check;

/** The state of a {@code let}: its path, and whether its parameters exist already. */
final class Shared {
  private final String path;
  private boolean isUsed;

  Shared(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** Notes a use; true when it is not the first. */
  boolean use() {
    boolean before = isUsed;
    isUsed = true;
    return before;
  }
}
