package netc.check;

import java.util.List;
import netc.ir.Expr;
import netc.ir.Index;

/**
 * A value computed at run time, as a function of its axes: a number has none, {@code x + y} of two
 * vectors is {@code i -> x[i] + y[i]}. The axes of every term are indices of its own; all other indices
 * in {@code body} are bound around it.
 */
record Term(List<Index> axes, Expr body, Type type) implements Value {
  Term {
    axes = List.copyOf(axes);
  }

  static Term scalar(Expr body, Type type) {
    return new Term(List.of(), body, type);
  }

  boolean isScalar() {
    return axes.isEmpty();
  }

  List<Integer> shape() {
    return axes.stream().map(a -> a.extent().most()).toList();
  }
}
