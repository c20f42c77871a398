package netc.schedule;

import java.util.List;
import java.util.Optional;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * A kernel with its loops over the lanes of a block as loops over vectors, which the JIT compiler need
 * not discover. Lanes without an example are computed too, or not, and never read.
 * A loop that does more than store values of its own lane stays as it is.
 */
final class LaneVectors {
  private final ScalarType real;
  private final int lanes;
  private final Lifting lifting;

  private LaneVectors(ScalarType real, int lanes) {
    this.real = real;
    this.lanes = lanes;
    this.lifting = new Lifting(real);
  }

  /** The kernel with vectors; empty when it has no loop of that kind. */
  static Optional<Kernel> of(Kernel kernel, Arrays arrays, Refusals refusals) {
    if (!arrays.hasLanes()) {
      return Optional.empty();
    }
    var vectors = new LaneVectors(arrays.real(), arrays.blockRows());
    return vectors.lifting.kernel(kernel, ChangedLoops.of(kernel.body(), vectors::overLanes), refusals);
  }

  private Optional<List<Statement>> overLanes(Statement.For loop) {
    boolean isOverLanes =
        loop.to().equals(Ints.local(Kernel.ROWS)) && loop.from().equals(Ints.of(0)) && loop.step() == 1;
    if (!isOverLanes) {
      return Optional.empty();
    }
    return lifting
        .body(loop, loop.body())
        .map(
            body ->
                List.of(
                    new Statement.ForVectors(
                        loop.variable(), Ints.of(0), Lanes.end(lanes, loop::to), 1, real, body)));
  }
}
