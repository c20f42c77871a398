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
    return vectors.lifting.kernel(kernel, vectors.block(kernel.body()), refusals);
  }

  private List<Statement> block(List<Statement> statements) {
    return statements.stream().map(this::statement).toList();
  }

  private Statement statement(Statement statement) {
    return switch (statement) {
      case Statement.For loop ->
          overLanes(loop)
              .orElseGet(
                  () ->
                      new Statement.For(
                          loop.variable(), loop.from(), loop.to(), loop.step(), block(loop.body())));
      case Statement.If(var condition, var then, var otherwise) ->
          new Statement.If(condition, block(then), block(otherwise));
      case Statement.ForVectors _,
          Statement.Invoke _,
          Statement.Let _,
          Statement.LetRow _,
          Statement.Assign _,
          Statement.Store _,
          Statement.StoreLane _,
          Statement.StoreVector _ ->
          statement;
    };
  }

  private Optional<Statement> overLanes(Statement.For loop) {
    boolean isOverLanes =
        loop.to().equals(Ints.local(Kernel.ROWS)) && loop.from().equals(Ints.of(0)) && loop.step() == 1;
    if (!isOverLanes) {
      return Optional.empty();
    }
    return lifting
        .body(loop, loop.body())
        .map(
            body ->
                new Statement.ForVectors(
                    loop.variable(), Ints.of(0), Lanes.end(lanes, loop::to), 1, real, body));
  }
}
