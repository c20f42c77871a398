package netc.schedule;

import java.util.List;
import java.util.Optional;
import netc.ir.Expr;
import netc.ir.Primitive;
import netc.ir.Reduction.Operator;
import netc.ir.Step;
import netc.ir.Step.Equation;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Tensor;
import netc.loop.Ints;
import netc.loop.Scalar;

/**
 * The maxima of a rectified tensor along some of its axes, {@code z[c,i] = max[u] max(y[c,i,u], 0)}, taken
 * result by result: they begin with 0, and the rectifier is not computed.
 *
 * @param rectified what is rectified
 */
record Pool(Equation equation, Equation rectified) {

  /** The pool of just this equation's results, which rectifies what it computes. */
  static Optional<Pool> of(Equation before, Step step) {
    return step instanceof Equation pool
            && isMaximum(pool)
            && pool.target().rank() == pool.outputs().size()
            && pool.body() instanceof Expr.Read(Tensor read, var at, var outside)
            && read.equals(before.target())
            && outside.isEmpty()
            && at.stream().allMatch(axis -> Subscripts.bare(axis).isPresent())
            && at.stream().distinct().count() == at.size()
        ? argument(before).map(rectified -> new Pool(pool, rectified))
        : Optional.empty();
  }

  static boolean isMaximum(Equation pool) {
    return pool.reduction()
        .filter(r -> r.filter().isEmpty() && r.operator() == Operator.MAX)
        .isPresent();
  }

  /** Of {@code y = max(x, 0)} the equation {@code y = x}. */
  static Optional<Equation> argument(Equation rectifier) {
    return rectifier.body() instanceof Expr.Apply(Primitive function, var of)
            && function == Primitive.MAX
            && of.get(1).equals(new Expr.Real(0))
        ? Optional.of(
            new Equation(
                rectifier.target(), rectifier.outputs(), rectifier.reduction(), of.get(0), rectifier.place()))
        : Optional.empty();
  }

  /**
   * The maximum of what is there, from 0 on, and of another value. There is no negative zero, and so two
   * comparisons do, the second one for what is not a number; with the maximum of any two vectors Java 17
   * translated long tiles with calls in them.
   */
  static Scalar maximum(Scalar there, Scalar value) {
    Scalar larger =
        new Scalar.Choose(new Scalar.Compare(Scalar.Comparison.GREATER, value, there), value, there);
    return new Scalar.Choose(
        new Scalar.Compare(Scalar.Comparison.DIFFERENT, value, value), value, larger);
  }

  /** Where the maximum lies to which an element of the tensor belongs, at such a position of an example. */
  Scalar position(List<Scalar> ofElement) {
    List<Subscript> at = ((Expr.Read) equation.body()).at();
    var strides = Access.Strides.rowMajor(equation.outputs().subList(1, equation.outputs().size()));
    Scalar position = Ints.of(0);
    for (int axis = 1; axis < at.size(); axis++) {
      int stride = strides.stride(Subscripts.bare(at.get(axis)).orElseThrow());
      position = Ints.plus(position, Ints.times(ofElement.get(axis - 1), stride));
    }
    return position;
  }
}
