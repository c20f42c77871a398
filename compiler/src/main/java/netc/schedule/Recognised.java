package netc.schedule;

import java.util.List;
import java.util.Set;
import netc.ir.Primitive;
import netc.ir.Reduction;

/** What the scheduler takes a step for, whatever its indices are called. */
public sealed interface Recognised {

  /**
   * A sum of products of two tensors. The sizes are products of the extents of indices, the batch left out.
   *
   * @param left values of the outputs on which only the first factor depends
   * @param taps values summed over
   * @param right values of the outputs on which only the other factor depends
   * @param groups values of the outputs on which both depend
   * @param isOverExamples whether the examples are summed over, too
   */
  record Contraction(long left, long taps, long right, long groups, boolean isOverExamples)
      implements Recognised {}

  /**
   * A contraction in which a window moves over axes of one factor.
   *
   * @param channelsIn per group
   */
  record Convolution(
      Direction direction, List<Window> windows, long channelsIn, long channelsOut, long groups)
      implements Recognised {
    public Convolution {
      windows = List.copyOf(windows);
    }
  }

  /** The size of a window on one axis and how it moves. */
  record Window(int size, int stride, int dilation) {}

  /** Which way a convolution goes. */
  enum Direction {
    FORWARD,
    /** The window is turned round: a transposed convolution, or the gradient by the input of one. */
    TURNED,
    /** The gradient by the window. */
    BY_WINDOW
  }

  /** Any other reduction, of so many values for each output. */
  record Reduced(Reduction.Operator operator, long values, boolean isOverExamples)
      implements Recognised {}

  /** Every example adds to, or writes, its own row. */
  record OwnRow() implements Recognised {}

  /** Values added up at positions that the step computes. */
  record Scattered() implements Recognised {}

  /** Elements chosen by data, such as rows of an embedding. */
  record Gathered() implements Recognised {}

  /** Elements moved from one tensor to another. */
  record Copied() implements Recognised {}

  /**
   * A formula for each element.
   *
   * @param functions those it needs that take longer than arithmetic
   */
  record ElementWise(Set<Primitive> functions) implements Recognised {
    public ElementWise {
      functions = java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(functions));
    }
  }
}
