package netc.schedule;

/** What one kernel contributes to the step that it is called for; {@code netc explain --plan} tells. */
public sealed interface Role {

  /** Plain loops, which compute all of it. */
  record Loops() implements Role {}

  /**
   * Plain loops along rows of so many results, to which copied rows of a factor are added.
   *
   * @param isPacked whether it reads a copy of the weights made once a network, else one of its own
   */
  record Rows(int length, boolean isPacked) implements Role {}

  /** Plain loops, with those over the examples of a block as loops over vectors. */
  record LaneVectors() implements Role {}

  /** The same of one example, with those along the last axis as loops over vectors. */
  record RowVectors() implements Role {}

  /**
   * A factor of a contraction copied into the order in which the next kernel reads it.
   *
   * @param hasMargin whether zeros surround it, for positions that lie outside
   * @param isTransposed whether the examples become rows
   */
  record Copy(boolean hasMargin, boolean isTransposed) implements Role {}

  /** The zeros around a result which the next kernel writes where the next step reads it. */
  record Margin() implements Role {}

  /**
   * Tiles of accumulators in registers.
   *
   * @param rows of one factor in the largest tile
   * @param columns of the other one
   * @param vectors side by side
   * @param hasTable whether the taps lie where a table of offsets says, else at even distances
   * @param isPacked whether it reads a copy of the weights made once a network
   */
  record Tiles(int rows, int columns, int vectors, Lane lanes, boolean hasTable, boolean isPacked)
      implements Role {}

  /** What lies side by side in the vectors of a tile. */
  enum Lane {
    /** The examples of a block, each a result of its own. */
    EXAMPLES,
    /** The examples of a block, added up at the end. */
    SUMS_OF_EXAMPLES,
    /** Elements of the result. */
    RESULTS
  }
}
