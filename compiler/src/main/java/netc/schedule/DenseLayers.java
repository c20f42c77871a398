package netc.schedule;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.Program;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.loop.ScalarType;

/**
 * Whether nearly all that a program computes are wide dense layers, {@code y[j] = sum[k] w[j,k] x[k]}: then a
 * block of examples needs no transposition, since rows times weights are matrix products as they lie.
 */
final class DenseLayers {
  /** Of sums with fewer terms the transposition costs less than what follows the sums costs in rows. */
  private static final int FEWEST_TAPS = 256;

  /** Results side by side in a tile: another number of them makes tiles overlap. */
  private static final int TILE = 2 * LaneRuns.LINE;

  private static final double MOST_OF_THE_WORK = 0.8;

  private DenseLayers() {}

  /**
   * @param weights parameters and states
   */
  static boolean dominate(Program program, Map<Tensor, Integer> weights) {
    var lanes = new Arrays(Layout.LANES, ScalarType.FLOAT, LaneRuns.LINE, weights, Set.of());
    double all = 0;
    double dense = 0;
    for (Step step : program.steps()) {
      if (!(step instanceof Step.Equation equation)) {
        return false;
      }
      double work = Decision.of(equation, new Refusals()).work();
      all += work;
      dense += isDense(equation, lanes) ? work : 0;
    }
    return dense > MOST_OF_THE_WORK * all;
  }

  private static boolean isDense(Step.Equation equation, Arrays lanes) {
    return Contraction.ofBlock(equation, lanes, Optional.empty(), new Refusals())
        .filter(
            contraction ->
                lanes.weight(contraction.left().tensor()).isPresent()
                    && !contraction.right().hasMargin()
                    && contraction.outputs().stream().noneMatch(contraction.right()::dependsOn)
                    && contraction.tapCount() >= FEWEST_TAPS
                    && !contraction.outputs().isEmpty()
                    && contraction.outputs().getLast().extent().size() % TILE == 0)
        .isPresent();
  }
}
