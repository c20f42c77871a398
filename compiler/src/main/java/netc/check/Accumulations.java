package netc.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import netc.ir.Model;
import netc.ir.Reads;
import netc.ir.Step;
import netc.ir.Tensor;

/**
 * What a metric or fit reduces over all rows. Per-example equations go with the net's own; what is made
 * of the accumulated numbers is computed once at the end.
 */
final class Accumulations extends Equations {
  private final Equations perExample;
  private final List<Model.Accumulation> all = new ArrayList<>();
  private final Set<Tensor> late = new HashSet<>();

  Accumulations(Equations perExample) {
    super(perExample.names(), perExample.indices());
    this.perExample = perExample;
  }

  Equations perExample() {
    return perExample;
  }

  void add(Model.Accumulation accumulation) {
    all.add(accumulation);
    late.add(accumulation.result());
  }

  List<Model.Accumulation> all() {
    return all;
  }

  /** Whether a tensor is known only after all rows. */
  boolean isLate(Tensor tensor) {
    return late.contains(tensor) || steps().stream().anyMatch(s -> s.targets().contains(tensor));
  }

  /** What waits for no accumulation goes with the net's own equations, where a further one may read it. */
  void settle() {
    var steps = List.copyOf(steps());
    steps().clear();
    for (Step step : steps) {
      if (Reads.of(step).stream().anyMatch(this::isLate)) {
        add(step, false);
      } else {
        perExample.add(step, false);
      }
    }
  }

  /** Without an accumulation nothing has to wait for the end. */
  void moveToRows() {
    for (Step step : steps()) {
      perExample.add(step, false);
    }
    steps().clear();
  }
}
