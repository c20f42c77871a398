package netc.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import netc.ir.Expr;
import netc.ir.Indices;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Tensor;

/**
 * Whether the blocks of a batch can be computed apart: whatever sums over the rows is itself a gradient,
 * or enters one linearly, so that adding up the gradients of the blocks gives the gradient of the batch.
 * Every other program has to know a sum over all rows before it can go on.
 */
final class PartialSums {
  /** What the value of a tensor in one block is. */
  private enum Kind {
    /** Per example, or the same in every block. */
    WHOLE,
    /** A sum over the rows of the block; the sum over the blocks is the value for the batch. */
    PARTIAL,
    /** Neither. */
    MIXED
  }

  private final Map<Tensor, Kind> kinds = new HashMap<>();

  private PartialSums() {}

  /** Whether no block has to wait for another. */
  static boolean suffice(Program program) {
    var sums = new PartialSums();
    for (Step step : program.steps()) {
      Kind kind = sums.kind(step);
      if (kind == Kind.MIXED) {
        return false;
      }
      step.targets().forEach(target -> sums.kinds.put(target, kind));
    }
    return program.results().stream()
        .allMatch(
            r -> sums.kind(r.tensor()) == Kind.WHOLE || r.name().startsWith("grad.param."));
  }

  private Kind kind(Tensor tensor) {
    return kinds.getOrDefault(tensor, Kind.WHOLE);
  }

  private Kind kind(Step step) {
    return switch (step) {
      case Step.Single single -> kind(single);
      case Step.Scan scan -> kind(scan);
    };
  }

  /** No sum over the batch stands in a scan; of partial sums it is linear when every line is. */
  private Kind kind(Step.Scan scan) {
    if (Reads.of(scan).stream().noneMatch(t -> kind(t) == Kind.PARTIAL)) {
      return scan.body().stream().anyMatch(Indices::isOverBatch) ? Kind.MIXED : Kind.WHOLE;
    }
    scan.targets().forEach(target -> kinds.put(target, Kind.PARTIAL));
    return scan.body().stream().allMatch(this::isLinear) ? Kind.PARTIAL : Kind.MIXED;
  }

  private Kind kind(Step.Single step) {
    boolean readsPartial = Reads.of(step).stream().anyMatch(t -> kind(t) == Kind.PARTIAL);
    if (Indices.isOverBatch(step)) {
      return !readsPartial && isSum(step) ? Kind.PARTIAL : Kind.MIXED;
    }
    return !readsPartial ? Kind.WHOLE : isLinear(step) ? Kind.PARTIAL : Kind.MIXED;
  }

  private static boolean isSum(Step.Single step) {
    return switch (step) {
      case Step.Equation equation ->
          equation.reduction().stream().allMatch(r -> r.operator() == Reduction.Operator.SUM);
      case Step.Scatter _ -> true;
    };
  }

  /** Whether a shared step is linear in the partial sums that it reads. */
  private boolean isLinear(Step.Single step) {
    if (step.target().isPerExample() || !isSum(step)) {
      return false;
    }
    return switch (step) {
      case Step.Equation equation ->
          equation.reduction().flatMap(Reduction::filter).stream().allMatch(this::isWhole)
              && isLinear(equation.body());
      case Step.Scatter scatter ->
          scatter.filter().stream().allMatch(this::isWhole) && isLinear(scatter.body());
    };
  }

  private boolean isWhole(Expr expr) {
    boolean[] whole = {true};
    Reads.each(expr, read -> whole[0] &= kind(read.tensor()) == Kind.WHOLE);
    return whole[0];
  }

  /** Linear without a constant part: 0, a partial sum, sums of these, and multiples by what is whole. */
  private boolean isLinear(Expr expr) {
    return switch (expr) {
      case Expr.Real(double value) -> value == 0;
      case Expr.Read read ->
          kind(read.tensor()) == Kind.PARTIAL && read.outside().stream().allMatch(this::isLinear);
      case Expr.Select(var condition, var then, var otherwise) ->
          isWhole(condition) && isLinear(then) && isLinear(otherwise);
      case Expr.Apply(Primitive primitive, List<Expr> arguments) ->
          switch (primitive) {
            case ADD, SUBTRACT, NEGATE -> arguments.stream().allMatch(this::isLinear);
            case MULTIPLY ->
                (isLinear(arguments.get(0)) && isWhole(arguments.get(1)))
                    || (isWhole(arguments.get(0)) && isLinear(arguments.get(1)));
            case DIVIDE -> isLinear(arguments.get(0)) && isWhole(arguments.get(1));
            default -> false;
          };
      case Expr.Int _, Expr.Bool _, Expr.Position _, Expr.BatchSize _ -> false;
      case Expr.Training _, Expr.Custom _ -> false;
    };
  }
}
