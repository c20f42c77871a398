package netc.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;

/**
 * Fan-in and fan-out of each parameter, from the first contraction in text that reads it: fan-in is the
 * product of its summed axes, fan-out that of its kept axes times those summed axes that slide over the
 * other factor. Without a contraction: the last and the first axis.
 */
final class Fans {
  record Fan(long in, long out) {}

  private final Map<Tensor, Fan> known = new HashMap<>();

  Fans(List<Step> steps) {
    for (Step.Equation step : Equations.flat(steps)) {
      var sum = step.reduction().filter(r -> r.operator() == Reduction.Operator.SUM);
      if (sum.isPresent()) {
        var reads = Reading.all(step.body());
        for (Expr.Read read : reads) {
          if (read.tensor().role() == Tensor.Role.PARAMETER
              && !known.containsKey(read.tensor())) {
            contraction(read, reads, new HashSet<>(sum.get().indices()));
          }
        }
      }
    }
  }

  private void contraction(Expr.Read parameter, List<Expr.Read> reads, Set<Index> summed) {
    Set<Index> sliding = sliding(parameter, reads, summed);
    long in = 1;
    long out = 1;
    boolean isContraction = false;
    for (int axis = 0; axis < parameter.at().size(); axis++) {
      Set<Index> indices = indices(parameter.at().get(axis), parameter.tensor());
      long size = parameter.tensor().shape().get(axis).size();
      if (indices.stream().anyMatch(summed::contains)) {
        isContraction = true;
        in = Intervals.multiply(in, size);
        if (indices.stream().anyMatch(sliding::contains)) {
          out = Intervals.multiply(out, size);
        }
      } else {
        out = Intervals.multiply(out, size);
      }
    }
    if (isContraction) {
      known.put(parameter.tensor(), new Fan(in, out));
    }
  }

  /** Summed indices that stand in a composite subscript of another factor. */
  private static Set<Index> sliding(
      Expr.Read parameter, List<Expr.Read> reads, Set<Index> summed) {
    var sliding = new HashSet<Index>();
    for (Expr.Read other : reads) {
      if (other.tensor().equals(parameter.tensor())) {
        continue;
      }
      for (Subscript subscript : other.at()) {
        var indices = indices(subscript, other.tensor());
        if (indices.size() > 1 && !summed.containsAll(indices)) {
          indices.stream().filter(summed::contains).forEach(sliding::add);
        }
      }
    }
    return sliding;
  }

  private static Set<Index> indices(Subscript subscript, Tensor tensor) {
    return FreeIndices.of(Expr.read(tensor, List.of(subscript)));
  }

  Fan of(Tensor parameter) {
    Fan fan = known.get(parameter);
    if (fan != null) {
      return fan;
    }
    return parameter.rank() == 0
        ? new Fan(1, 1)
        : new Fan(parameter.shape().getLast().size(), parameter.shape().getFirst().size());
  }
}
