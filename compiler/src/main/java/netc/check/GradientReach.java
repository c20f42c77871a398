package netc.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Model;
import netc.ir.Primitive;
import netc.ir.Reads;
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Tensor;

/** Which tensors a wanted one depends on: at all, or in a way that has a derivative. */
final class GradientReach {
  private final Map<Tensor, Step.Single> definitions = new HashMap<>();

  GradientReach(List<Step> steps) {
    Scans.flat(steps).forEach(s -> definitions.put(s.target(), s));
  }

  /** All that {@code wanted} needs, itself included. */
  Set<Tensor> needed(Iterable<Tensor> wanted) {
    var found = new HashSet<Tensor>();
    for (Tensor tensor : wanted) {
      visit(tensor, found, false);
    }
    return found;
  }

  /** All that gets a gradient from the objectives. */
  Set<Tensor> differentiated(Iterable<Model.Objective> objectives) {
    var found = new HashSet<Tensor>();
    for (Model.Objective objective : objectives) {
      visit(objective.tensor(), found, true);
    }
    return found;
  }

  private void visit(Tensor first, Set<Tensor> found, boolean differentiated) {
    var open = new java.util.ArrayDeque<Tensor>(List.of(first));
    while (!open.isEmpty()) {
      Tensor tensor = open.pop();
      if (!found.add(tensor) || !definitions.containsKey(tensor)) {
        continue;
      }
      Step.Single step = definitions.get(tensor);
      if (differentiated) {
        differentiable(step, open);
      } else {
        open.addAll(Reads.of(step));
      }
    }
  }

  private static void differentiable(Step.Single step, java.util.Deque<Tensor> open) {
    switch (step) {
      case Step.Equation equation -> {
        boolean isPosition =
            equation.reduction().stream()
                .anyMatch(r -> r.operator().name().startsWith("ARG"));
        if (!isPosition) {
          differentiable(equation.body(), open);
        }
      }
      case Step.Scatter scatter -> differentiable(scatter.body(), open);
    }
  }

  /** The reads through which a derivative flows. */
  private static void differentiable(Expr expr, java.util.Deque<Tensor> open) {
    switch (expr) {
      case Expr.Read read -> {
        open.add(read.tensor());
        read.outside().ifPresent(o -> differentiable(o, open));
      }
      case Expr.Apply(Primitive primitive, List<Expr> arguments) -> {
        boolean isFlat =
            switch (primitive) {
              case STOP, NOT, AND, OR, FLOOR, CEIL, ROUND, SIGN -> true;
              default -> primitive.isComparison();
            };
        if (!isFlat) {
          arguments.forEach(a -> differentiable(a, open));
        }
      }
      case Expr.Select select -> {
        differentiable(select.then(), open);
        differentiable(select.otherwise(), open);
      }
      case Expr.Custom custom -> open.add(custom.argument().tensor());
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.Position _, Expr.BatchSize _, Expr.Training _ -> {}
    }
  }
}
