package netc.schedule;

/** Where the examples of a form lie. */
public enum Layout {
  /** Per-example tensors are {@code [element][example]}: every row an array of its own, all with the lane as index. */
  LANES,
  /** One example: every tensor is flat. Also of forms without a batch. */
  SINGLE,
  /**
   * A block as {@link BlockAsExample} makes it: per-example tensors are flat, {@code [example][element]}.
   * Taken where there are vectors only.
   */
  ROWS
}
