package netc.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The rules of a scan as a whole; part of {@link Verifier}. */
final class ScanRules {
  private final Step.Scan scan;
  private final Map<Tensor, Integer> axes;
  private final List<String> errors = new ArrayList<>();

  ScanRules(Step.Scan scan) {
    this.scan = scan;
    this.axes = Scans.axes(scan);
  }

  List<String> check() {
    timeIsConstant();
    Set<Tensor> done = new HashSet<>();
    for (Step.Single step : scan.body()) {
      int before = errors.size();
      timeIsAnAxis(step);
      for (Expr.Read read : Reads.accesses(step)) {
        if (axes.containsKey(read.tensor())) {
          readIsOfThePast(step, read, done);
        }
      }
      done.add(step.target());
      for (int i = before; i < errors.size(); i++) {
        errors.set(i, errors.get(i) + "\n    in  " + Verifier.describe(step));
      }
    }
    return errors;
  }

  private void timeIsConstant() {
    if (!(scan.time().extent() instanceof Extent.Const)) {
      errors.add("a scan runs over a number of steps, not over the batch");
    }
  }

  private void timeIsAnAxis(Step.Single step) {
    if (!axes.containsKey(step.target()) || !Indices.of(step).contains(scan.time())) {
      errors.add("`" + step.target().name() + "` has no axis of the time of its scan alone");
    }
  }

  private void readIsOfThePast(Step.Single step, Expr.Read read, Set<Tensor> done) {
    Tensor tensor = read.tensor();
    OptionalInt delay =
        Scans.delay(read.at().get(axes.get(tensor)), scan.time(), scan.isReverse());
    if (delay.isEmpty()) {
      errors.add("`" + tensor.name() + "` is read in its own scan at no constant distance in time");
      return;
    }
    boolean isOwnValue =
        tensor.equals(step.target())
            && step instanceof Step.Equation equation
            && equation.body() instanceof Expr.Custom;
    int least = done.contains(tensor) || isOwnValue ? 0 : 1;
    if (delay.getAsInt() < least) {
      errors.add("`" + tensor.name() + "` is read before it is computed");
    }
  }
}
