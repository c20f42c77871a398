package netc.grad;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import netc.ir.Algebra;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Guards;
import netc.ir.Index;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Substitution;
import netc.ir.Tensor;

/** What adjoints inside a scan need besides the chain rule: one time index in all of them. */
final class TimeAlignment {
  private TimeAlignment() {}

  /** The tensors of a scan that receive an adjoint: {@code started} from outside, or from each other. */
  static Set<Tensor> receiving(
      Step.Scan scan, Predicate<Tensor> isWanted, Predicate<Tensor> started) {
    List<Tensor> own = scan.targets();
    var receiving = new HashSet<Tensor>();
    own.stream().filter(started).filter(isWanted).forEach(receiving::add);
    int before;
    do {
      before = receiving.size();
      for (Step.Single step : scan.body()) {
        if (receiving.contains(step.target())) {
          Reads.of(step).stream()
              .filter(own::contains)
              .filter(isWanted)
              .forEach(receiving::add);
        }
      }
    } while (receiving.size() > before);
    return receiving;
  }

  /** The step with {@code time} as the index of the target's axis, whatever the access made of it. */
  static Step.Single aligned(Step.Single step, int axis, Index time) {
    return switch (step) {
      case Step.Equation equation -> aligned(equation, axis, time);
      case Step.Scatter scatter -> aligned(scatter, axis, time);
    };
  }

  /** A gather gave the position a name of its own, and time followed from it: {@code t = t' + 1}. */
  private static Step.Single aligned(Step.Equation equation, int axis, Index time) {
    Index position = Axes.group(equation.outputs(), equation.target().shape()).get(axis).getFirst();
    if (position.equals(time)) {
      return equation;
    }
    var renaming = new Substitution(Map.of(position, Subscript.of(time)));
    List<Index> outputs =
        equation.outputs().stream().map(o -> o.equals(position) ? time : o).toList();
    Optional<Reduction> reduction = equation.reduction().map(renaming::map);
    return new Step.Equation(
        equation.target(), outputs, reduction, renaming.map(equation.body()), equation.place());
  }

  /** A scatter to {@code t - 1} becomes one to t of what stood at t + 1, if there is such a time. */
  private static Step.Single aligned(Step.Scatter scatter, int axis, Index time) {
    var position = (Subscript.Affine) scatter.at().get(axis);
    if (position.constant() == 0) {
      return scatter;
    }
    Subscript then = Subscripts.plus(Subscript.of(time), Subscript.of(-position.constant()));
    var shift = new Substitution(Map.of(time, then));
    var at = new ArrayList<Subscript>();
    for (int i = 0; i < scatter.at().size(); i++) {
      at.add(i == axis ? Subscript.of(time) : shift.map(scatter.at().get(i)));
    }
    Expr exists = Algebra.all(Guards.inside(then, time.extent()));
    Expr filter = scatter.filter().map(f -> Algebra.and(exists, shift.map(f))).orElse(exists);
    return new Step.Scatter(
        scatter.target(),
        at,
        scatter.domain(),
        Optional.of(filter),
        shift.map(scatter.body()),
        scatter.place());
  }
}
