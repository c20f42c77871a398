package netc.schedule;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import netc.ir.Index;
import netc.loop.ScalarType;
import netc.schedule.Access.Strides;

/**
 * Which factor of a contraction of one example has the lanes, and what the tiles beside it can be.
 *
 * @param contraction its taps in the order of memory of the factor that is not packed
 * @param across the factor whose last axis lies in the lanes
 * @param beside the other one, which tiles read as it lies, or in a box with a margin
 * @param lane the result's last axis
 * @param blocks the other outputs on which {@code across} depends
 * @param isDepthwise whether each lane has numbers of its own of both factors
 */
record LaneFactors(
    Contraction contraction,
    Arrays arrays,
    Access across,
    Access beside,
    Index lane,
    List<Index> blocks,
    boolean isDepthwise) {
  /** From so many rows on it pays to copy a factor for this call only. */
  private static final int ROWS_OF_COPY = 8;

  /** Of so many taps a row's weights fit registers, beside as many sums. */
  private static final int MOST_TAPS_OF_WINDOW = 7;

  /** The better choice; empty where neither factor suits the lanes. */
  static Optional<LaneFactors> of(Contraction contraction, Arrays arrays) {
    if (arrays.real() != ScalarType.FLOAT
        || contraction.time().isPresent()
        || contraction.outputs().isEmpty()) {
      return Optional.empty();
    }
    return Stream.of(
            of(contraction, arrays, contraction.left(), contraction.right()),
            of(contraction, arrays, contraction.right(), contraction.left()))
        .filter(LaneFactors::suits)
        .min(Comparator.comparing(factors -> !factors.isInPlace()));
  }

  private static LaneFactors of(
      Contraction contraction, Arrays arrays, Access across, Access beside) {
    Index lane = contraction.outputs().getLast();
    return new LaneFactors(
        along(contraction, across, beside),
        arrays,
        across,
        beside,
        lane,
        contraction.outputs().stream()
            .filter(i -> !i.equals(lane) && i.extent().size() > 1 && across.dependsOn(i))
            .toList(),
        beside.dependsOn(lane));
  }

  private static Contraction along(Contraction contraction, Access across, Access beside) {
    return new Contraction(
        contraction.equation(),
        across,
        beside,
        contraction.outputs(),
        contraction.taps().stream()
            .sorted(Comparator.comparingInt(i -> -beside.inTensor().stride(i)))
            .toList(),
        false,
        contraction.time());
  }

  private boolean suits() {
    boolean isWeight = arrays.weight(across.tensor()).isPresent();
    return lane.extent().size() >= LaneRuns.LINE
        && across.dependsOn(lane)
        && !across.hasMargin()
        && (!isDepthwise || isWeight && beside.inBox().stride(lane) == 1)
        && arrays.weight(beside.tensor()).isEmpty()
        && !(isWeight && areBlocksInRow())
        && rows().stream().anyMatch(i -> isWeight || isInPlace() || i.extent().size() >= ROWS_OF_COPY);
  }

  /** Whether tiles read the factor of the lanes as it lies. */
  boolean isInPlace() {
    return arrays.weight(across.tensor()).isEmpty() && across.inTensor().stride(lane) == 1;
  }

  /** Whether some blocks lie beside the lanes in the result: then all of them are better one row of lanes. */
  private boolean areBlocksInRow() {
    int size = lane.extent().size();
    return blocks.stream().anyMatch(i -> !beside.dependsOn(i) && contraction.result().stride(i) == size);
  }

  private List<Index> rows() {
    return contraction.onlyIn(beside, across);
  }

  /** Of some outputs the one whose values are the rows of a tile, in this order where several are as good. */
  Index rows(Stream<Index> outputs, Strides reading) {
    return outputs
        .filter(i -> reading.stride(i) != 0)
        .min(Comparator.comparingDouble(this::costPerRow))
        .orElseThrow();
  }

  TileShape shape(Index rows, Strides reading) {
    return isWindow(reading, rows)
        ? TileShape.ofWindow(rows.extent().size(), lane.extent().size())
        : TileShape.of(rows.extent().size(), lane.extent().size());
  }

  /** Whether the last taps step from what one row reads to what the next ones do. */
  boolean isWindow(Strides reading, Index rows) {
    Index tap = contraction.taps().getLast();
    int step = Math.abs(reading.stride(tap));
    return isDepthwise
        && step != 0
        && tap.extent().size() <= MOST_TAPS_OF_WINDOW
        && reading.stride(rows) % step == 0
        && reading.stride(rows) / step < tap.extent().size();
  }

  private double costPerRow(Index rows) {
    int size = rows.extent().size();
    return TileShape.of(size, lane.extent().size()).cost(size, lane.extent().size()) / size;
  }
}
