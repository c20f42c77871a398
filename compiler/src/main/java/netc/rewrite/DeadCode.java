package netc.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
      switch (step) {
        case Step.Single single -> {
          if (needed.contains(single.target())) {
            kept.addFirst(single);
            needed.addAll(Reads.of(single));
          }
        }
        case Step.Scan scan -> {
          List<Step.Single> body = needed(scan, needed);
          if (!body.isEmpty()) {
            kept.addFirst(new Step.Scan(scan.time(), scan.isReverse(), body, scan.place()));
          }
        }
      }
    }
    return new Program(program.name(), kept, program.results());
  }

  /** What is needed from outside, and what that reads at earlier times, and so on. */
  private static List<Step.Single> needed(Step.Scan scan, Set<Tensor> needed) {
    int before;
    do {
      before = needed.size();
      for (Step.Single step : scan.body()) {
        if (needed.contains(step.target())) {
          needed.addAll(Reads.of(step));
        }
      }
    } while (needed.size() > before);
    return scan.body().stream().filter(step -> needed.contains(step.target())).toList();
  }
}
