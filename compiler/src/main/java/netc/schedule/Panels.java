package netc.schedule;

import netc.ir.Index;
import netc.loop.Ints;
import netc.loop.Scalar;

/**
 * The values of an output in groups as long as a tile is wide. The last one overlaps those before it
 * where they do not come out even, and computes some results again.
 *
 * @param length of each, at most the size of the output
 */
record Panels(Index lane, int length) {

  static Panels of(Index lane, int width) {
    return new Panels(lane, width * LaneRuns.LINE);
  }

  int count() {
    return Math.ceilDiv(lane.extent().size(), length);
  }

  /** The first value of a panel. */
  Scalar first(Scalar panel) {
    Scalar even = Ints.times(panel, length);
    return lane.extent().size() % length == 0
        ? even
        : Ints.min(even, Ints.of(lane.extent().size() - length));
  }
}
