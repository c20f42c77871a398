package netc.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Step;
import netc.ir.Tensor;

/** Keeps the steps that the results need, and no others. */
public final class DeadCode implements Pass {
  @Override
  public Program apply(Program program) {
    var needed = new HashSet<Tensor>();
    program.results().forEach(result -> needed.add(result.tensor()));
    var kept = new ArrayList<Step>();
    for (Step step : program.steps().reversed()) {
      if (needed.contains(step.target())) {
        kept.addFirst(step);
        needed.addAll(Reads.of(step));
      }
    }
    return new Program(program.name(), kept, program.results());
  }
}
