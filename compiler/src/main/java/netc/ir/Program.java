package netc.ir;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Equations in an order in which they can be computed, and what is wanted of them.
 *
 * @param name of the net and the form, for messages and dumps
 */
public record Program(String name, List<Step> steps, List<Result> results) {

  /** A wanted tensor under the name the user knows it by: {@code out.p}, {@code loss.C0}, {@code grad.param.w}. */
  public record Result(String name, Tensor tensor) {}

  public Program {
    steps = List.copyOf(steps);
    results = List.copyOf(results);
  }

  /** All that is read, or wanted, but defined by no step, in the order of first use. */
  public SequencedSet<Tensor> inputs() {
    var inputs = new LinkedHashSet<Tensor>();
    var defined = new java.util.HashSet<Tensor>();
    for (Step step : steps) {
      for (Tensor read : Reads.of(step)) {
        if (!defined.contains(read) && !step.targets().contains(read)) {
          inputs.add(read);
        }
      }
      defined.addAll(step.targets());
    }
    for (Result result : results) {
      if (!defined.contains(result.tensor())) {
        inputs.add(result.tensor());
      }
    }
    return inputs;
  }
}
