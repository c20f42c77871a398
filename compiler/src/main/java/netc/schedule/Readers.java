package netc.schedule;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Tensor;

/** Who reads a tensor: steps of the program, the lines of its scans, or the caller. */
final class Readers {
  private final Map<Tensor, Set<Step>> steps = new HashMap<>();
  private final Set<Tensor> results = new HashSet<>();

  static Readers of(Program program) {
    var readers = new Readers();
    for (Step.Single step : Scans.flat(program.steps())) {
      Reads.of(step).forEach(t -> readers.steps.computeIfAbsent(t, _ -> new HashSet<>()).add(step));
    }
    program.results().forEach(result -> readers.results.add(result.tensor()));
    return readers;
  }

  /** Whether anybody but these steps reads the tensor. */
  boolean isReadOutside(Tensor tensor, Collection<? extends Step> group) {
    return results.contains(tensor)
        || steps.getOrDefault(tensor, Set.of()).stream().anyMatch(step -> !group.contains(step));
  }
}
