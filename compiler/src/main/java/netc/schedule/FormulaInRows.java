package netc.schedule;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import netc.ir.Reads;
import netc.ir.Step.Equation;
import netc.ir.Tensor;

/** A formula of the elements of inputs that lie in rows, such as a pixel by 255: it is computed row by row. */
final class FormulaInRows {
  private FormulaInRows() {}

  /** Whether it has no reduction, and all that it reads of its example lies in rows. */
  static boolean isOf(Equation equation, Set<Tensor> inRows) {
    return equation.reduction().isEmpty()
        && BlockAsExample.isOfOneExample(equation)
        && Reads.of(equation).stream().anyMatch(Tensor::isPerExample)
        && readsRows(equation, inRows::contains);
  }

  private static boolean readsRows(Equation equation, Predicate<Tensor> isInRows) {
    return Reads.of(equation).stream().allMatch(t -> !t.isPerExample() || isInRows.test(t));
  }

  /** The kernel with vectors along each row; empty where a formula is none, or its loops stay as they are. */
  static Optional<KernelCall> lower(Equation equation, Arrays arrays) {
    if (!arrays.isInRows(equation.target()) || !readsRows(equation, arrays::isInRows)) {
      return Optional.empty();
    }
    Arrays block = arrays.ofBlock(equation);
    KernelCall plain =
        EquationToLoops.lower(BlockAsExample.of(equation, arrays.blockRows()), block, Optional.empty());
    return RowVectors.of(plain.kernel(), block, new Refusals())
        .map(vectors -> plain.with(vectors).as(new Role.RowVectors()));
  }
}
