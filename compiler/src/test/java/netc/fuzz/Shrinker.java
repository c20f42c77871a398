package netc.fuzz;

/** Makes a failing program small: what can be left out without changing the kind of failure goes. */
final class Shrinker {
  private static final int MOST_TRIES = 600;

  private final Oracle oracle = new Oracle();
  private int tries;

  /** The smallest program found that fails in the same way. */
  static RandomProgram shrink(RandomProgram program, String kind) {
    var shrinker = new Shrinker();
    RandomProgram smallest = program;
    RandomProgram next = shrinker.step(smallest, kind);
    while (next != null) {
      smallest = next;
      next = shrinker.step(smallest, kind);
    }
    return smallest;
  }

  private RandomProgram step(RandomProgram program, String kind) {
    for (RandomProgram smaller : program.smaller()) {
      if (tries++ > MOST_TRIES) {
        return null;
      }
      try {
        oracle.check(smaller.text());
      } catch (Failure failure) {
        if (failure.kind().equals(kind)) {
          return smaller;
        }
      }
    }
    return null;
  }
}
