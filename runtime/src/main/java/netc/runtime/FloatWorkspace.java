package netc.runtime;

/**
 * All that is mutable while a network computes batches: made once, for at most so many rows, used by
 * one thread at a time. After the first call of each method nothing is allocated.
 */
public abstract class FloatWorkspace {
  final Desk desk;

  protected FloatWorkspace(FloatNetwork network, int rows) {
    desk = new Desk(network, rows);
  }

  /**
   * The seed of what a net draws while it predicts, 0 before; each call draws anew, and the numbers of
   * the calls after this one depend on the seed and their count only.
   */
  public final void seed(long seed) {
    desk.seed(seed);
  }

  /** The most rows of a call. */
  public final int rows() {
    return desk.rows();
  }

  /**
   * A real output of the last {@code run}, row-major, its position as in {@link Metadata#outputs()}. It
   * is the workspace's own array, {@code rows()} long, overwritten by the next call.
   */
  protected final float[] reals(int output) {
    return (float[]) desk.kept(output);
  }

  /** As {@link #reals}, of an output of type {@code index(N)}. */
  protected final int[] indices(int output) {
    return (int[]) desk.kept(output);
  }

  /** As {@link #reals}, of an output of type {@code bool}. */
  protected final boolean[] flags(int output) {
    return (boolean[]) desk.kept(output);
  }
}
