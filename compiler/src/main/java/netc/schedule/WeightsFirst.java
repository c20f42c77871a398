package netc.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Step;
import netc.ir.Tensor;

/**
 * What is computed of weights alone, element by element, comes first: it does not stand between a
 * contraction and its epilogue, as the deviations of a batch norm would.
 */
final class WeightsFirst {
  private WeightsFirst() {}

  /**
   * The same program in another order.
   *
   * @param weights parameters and states
   */
  static Program of(Program program, Set<Tensor> weights) {
    Set<Tensor> known = new HashSet<>(weights);
    var first = new ArrayList<Step>();
    var others = new ArrayList<Step>();
    for (Step step : program.steps()) {
      boolean isOfWeights =
          step instanceof Step.Equation equation
              && equation.reduction().isEmpty()
              && !equation.target().isPerExample()
              && known.containsAll(Reads.of(equation));
      if (isOfWeights) {
        known.addAll(step.targets());
      }
      (isOfWeights ? first : others).add(step);
    }
    List<Step> steps = new ArrayList<>(first);
    steps.addAll(others);
    return new Program(program.name(), steps, program.results());
  }
}
