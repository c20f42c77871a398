package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.source.Place;

/**
 * How one step of the program is computed, numbered as {@code netc explain} shows it.
 *
 * @param number from 1 on
 * @param phase the position of its phase
 * @param firstCall the position of its first call in {@link Schedule#calls()}; of a line of a scan, that
 *     of the scan
 * @param scan the loop over time that it is a line of
 * @param vector its kernels where the machine has vectors; none when the tiles of the step before compute
 *     it in their registers
 * @param portable its kernels everywhere else
 */
public record PlanStep(
    int number,
    int phase,
    int firstCall,
    int lastCall,
    Optional<Call.TimeLoop> scan,
    List<KernelCall> vector,
    List<KernelCall> portable) {
  public PlanStep {
    vector = List.copyOf(vector);
    portable = List.copyOf(portable);
  }

  /** The steps of a schedule in order. */
  public static List<PlanStep> of(Schedule schedule) {
    var steps = new ArrayList<PlanStep>();
    int at = 0;
    for (int phase = 0; phase < schedule.phases().size(); phase++) {
      for (Call call : schedule.phases().get(phase).calls()) {
        switch (call) {
          case Call.Once once -> add(steps, phase, at, Optional.empty(), once);
          case Call.TimeLoop loop -> {
            for (Call.Once once : loop.body()) {
              add(steps, phase, at, Optional.of(loop), once);
            }
          }
        }
        at++;
      }
    }
    return steps;
  }

  /** A step for each decision; calls decided together are one. */
  private static void add(
      List<PlanStep> steps, int phase, int at, Optional<Call.TimeLoop> scan, Call.Once call) {
    List<KernelCall> portable = call.kernels(false);
    List<Decision> decisions = portable.stream().map(PlanStep::decision).distinct().toList();
    for (Decision decision : decisions) {
      List<KernelCall> own = of(decision, portable);
      List<KernelCall> vector = of(decision, call.kernels(true));
      PlanStep last = steps.isEmpty() ? null : steps.getLast();
      if (last != null && last.decision() == decision) {
        steps.set(
            steps.size() - 1,
            new PlanStep(
                last.number, phase, last.firstCall, at, scan,
                joined(last.vector, vector), joined(last.portable, own)));
      } else {
        steps.add(new PlanStep(steps.size() + 1, phase, at, at, scan, vector, own));
      }
    }
  }

  private static List<KernelCall> joined(List<KernelCall> first, List<KernelCall> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static List<KernelCall> of(Decision decision, List<KernelCall> calls) {
    return calls.stream().filter(call -> decision(call) == decision).toList();
  }

  private static Decision decision(KernelCall call) {
    return call.decision().orElseThrow();
  }

  public Decision decision() {
    return decision(portable.getFirst());
  }

  public Place place() {
    return portable.getFirst().place();
  }
}
