package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import netc.ir.Indices;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Tensor;

/**
 * The steps of a program by the number of sums over the batch that have to be known before: a barrier
 * stands behind each part.
 */
final class Phases {
  private Phases() {}

  /**
   * The steps of one phase, in their order.
   *
   * @param combined the targets that are known only when all blocks are combined
   */
  record Part(List<Step> steps, List<Step.Single> combined) {}

  /** Whether a row's values depend on the rows beside it, so that a batch is computed as one. */
  static boolean areTogether(Program program) {
    return Indices.useOwnPosition(program.steps()) || !PartialSums.suffice(program);
  }

  static List<Part> of(Program program) {
    if (!areTogether(program)) {
      return List.of(new Part(program.steps(), List.of()));
    }
    Map<Tensor, Integer> known = new HashMap<>();
    var parts = new ArrayList<Part>();
    for (Step step : program.steps()) {
      int phase =
          Reads.of(step).stream()
              .filter(t -> !step.targets().contains(t))
              .mapToInt(t -> known.getOrDefault(t, 0))
              .max()
              .orElse(0);
      while (parts.size() <= phase) {
        parts.add(new Part(new ArrayList<>(), new ArrayList<>()));
      }
      parts.get(phase).steps().add(step);
      for (Step.Single single : Scans.flat(List.of(step))) {
        boolean isPart = Indices.isOverBatch(single);
        if (isPart) {
          parts.get(phase).combined().add(single);
        }
        known.put(single.target(), isPart ? phase + 1 : phase);
      }
    }
    return parts;
  }

  static Reduction.Operator operator(Step.Single step) {
    return switch (step) {
      case Step.Equation equation ->
          equation.reduction().map(Reduction::operator).orElse(Reduction.Operator.SUM);
      case Step.Scatter _ -> Reduction.Operator.SUM;
    };
  }
}
