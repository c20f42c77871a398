package netc.schedule;

import java.util.List;
import netc.ir.Extent;
import netc.ir.Indices;
import netc.ir.Step;

/**
 * What the scheduler decided about a step of the program, and why; every kernel call of the step has it.
 *
 * @param target the name of the tensor that the step defines
 * @param shape of the target, the batch left out
 * @param points at which the step's formula is computed, of one example: of a contraction its
 *     multiplications; axes as long as the batch are left out
 * @param batchAxes how many axes, left out of the points, are as long as the batch: 1 of what each example
 *     has, 0 of what is computed once a block
 * @param work the points, weighted by the functions that are computed at each
 * @param refusals why faster ways that were tried were not taken
 */
public record Decision(
    String target,
    List<Extent> shape,
    Recognised recognised,
    long points,
    int batchAxes,
    long work,
    List<String> refusals) {
  public Decision {
    shape = List.copyOf(shape);
    refusals = List.copyOf(refusals);
  }

  static Decision of(Step.Single step, Refusals refusals) {
    long points =
        Indices.of(step).stream()
            .filter(i -> i.extent() instanceof Extent.Const)
            .mapToLong(i -> i.extent().size())
            .reduce(1, Math::multiplyExact);
    return new Decision(
        step.target().name(),
        step.target().shape().stream().filter(e -> !e.isBatch()).toList(),
        Recognition.of(step),
        points,
        (int) Indices.of(step).stream().filter(i -> i.extent().isBatch()).count(),
        Math.multiplyExact(points, 1 + FormWork.FUNCTION * Recognition.functions(step)),
        refusals.reasons());
  }

  /** Whether the points are multiplications, each with an addition. */
  public boolean isContraction() {
    return recognised instanceof Recognised.Contraction || recognised instanceof Recognised.Convolution;
  }

  /**
   * The floating-point operations of a contraction, two a multiplication with its addition; 0 of any
   * other step, whose formula's cost is not that of its arithmetic.
   *
   * @param rows of the batch
   * @param blocks in which they are computed
   */
  public double operations(int rows, long blocks) {
    return isContraction() ? 2.0 * points * (batchAxes == 0 ? blocks : Math.pow(rows, batchAxes)) : 0;
  }
}
