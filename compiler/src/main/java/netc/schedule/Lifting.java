package netc.schedule;

import java.util.List;
import java.util.Optional;
import netc.loop.Kernel;
import netc.loop.ScalarType;
import netc.loop.Statement;

/** What became of the loops of one kernel that were to become loops over vectors. */
final class Lifting {
  /** A polynomial takes up to some 1,000 bytes, and no method may have 8,000. */
  private static final int MOST_FUNCTIONS = 5;

  private final ScalarType real;

  /** Why the first loop stays as it is. */
  private String obstacle = "";

  private boolean found;
  private int functions;

  Lifting(ScalarType real) {
    this.real = real;
  }

  /** The body of a loop as vectors; empty where that does not go. */
  Optional<List<Statement>> body(Statement.For loop, List<Statement> body) {
    var values = new VectorValues(real, loop.variable(), functions);
    Optional<List<Statement>> vectors = values.of(body);
    if (vectors.isEmpty()) {
      obstacle = obstacle.isEmpty() ? values.obstacle() : obstacle;
    } else {
      found = true;
      functions = values.functions();
    }
    return vectors;
  }

  /** The kernel with another body; empty when no loop was lifted, or too much for one method. */
  Optional<Kernel> kernel(Kernel kernel, List<Statement> body, Refusals refusals) {
    refusals.when(!found && !obstacle.isEmpty(), obstacle);
    return found
            && !refusals.when(
                functions > MOST_FUNCTIONS,
                "more than " + MOST_FUNCTIONS + " functions make one method too long")
        ? Optional.of(
            new Kernel(kernel.arrays(), kernel.ints(), kernel.usesRows(), kernel.usesTime(), body))
        : Optional.empty();
  }
}
