package netc.loop;

import java.util.Optional;

/**
 * A loop that does nothing but copy elements side by side from one array to another. It is written as {@code
 * System.arraycopy}: the JIT compiler makes no vectors of the loop, since it cannot rule out aliasing.
 *
 * @param from the first element of the source
 * @param to the first element of the target
 */
public record CopyLoop(String source, Scalar from, String target, Scalar to, int length) {
  /** Of fewer elements a loop takes no longer than a call. */
  private static final int SHORTEST = 32;

  public static Optional<CopyLoop> of(Statement.For loop) {
    if (loop.from().equals(Ints.of(0))
        && loop.step() == 1
        && loop.to() instanceof Scalar.IntLiteral(int length)
        && length >= SHORTEST
        && loop.body().size() == 1
        && loop.body().getFirst() instanceof Statement.Store(var target, var index, Scalar.Load load)
        && !load.array().equals(target)) {
      return Ints.start(load.index(), loop.variable())
          .flatMap(
              from ->
                  Ints.start(index, loop.variable())
                      .map(to -> new CopyLoop(load.array(), from, target, to, length)));
    }
    return Optional.empty();
  }
}
