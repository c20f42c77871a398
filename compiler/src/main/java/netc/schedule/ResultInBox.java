package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Step;
import netc.ir.Subscripts;
import netc.ir.Tensor;
import netc.schedule.Access.Strides;

/**
 * A result that only the next step reads, a contraction with a margin: tiles write it right where that one
 * wants it, among zeros, instead of a copy made between the two.
 *
 * @param access of the step that reads it
 */
record ResultInBox(Access access) {

  /**
   * Where that goes.
   *
   * @param defining the contraction and the steps that its tiles compute
   * @param following the steps behind those
   */
  static Optional<ResultInBox> of(
      Tensor result,
      List<? extends Step> defining,
      List<? extends Step> following,
      Readers readers,
      Arrays arrays) {
    if (following.isEmpty() || !(following.getFirst() instanceof Step.Equation next)) {
      return Optional.empty();
    }
    var users = new ArrayList<Step>(defining);
    users.add(next);
    return Contraction.ofExample(next, arrays, Optional.empty(), new Refusals())
        .flatMap(contraction -> LaneFactors.of(contraction, arrays))
        .filter(factors -> !factors.across().tensor().equals(result))
        .map(LaneFactors::beside)
        .filter(access -> access.tensor().equals(result) && access.hasMargin())
        .map(ResultInBox::new)
        .filter(box -> box.holdsAll() && !readers.isReadOutside(result, users));
  }

  /** Whether no element of the result lies outside of the box. */
  private boolean holdsAll() {
    for (int axis = 0; axis < access.ranges().size(); axis++) {
      Interval range = access.ranges().get(axis);
      if (range.low() > 0 || range.high() < access.shape().get(axis).size() - 1L) {
        return false;
      }
    }
    return true;
  }

  /** Where the results lie, by the output along each axis. */
  Strides strides(List<Index> outputs) {
    return access.inBox(outputs.stream().map(i -> Subscripts.affine(0, Map.of(i, 1L))).toList());
  }
}
