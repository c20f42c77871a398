package netc.ir;

import java.util.List;
import java.util.Optional;

/**
 * A named array of static shape. A per-example tensor has {@code Batch} as its leading extent.
 *
 * @param name unique in its program; of a parameter or state, its path ({@code h.conv2d_2.weight})
 * @param interval for {@code INT}, the values an element can have (an {@code index(N)}: 0 to N-1)
 */
public record Tensor(
    String name, Role role, ElementType type, List<Extent> shape, Optional<Interval> interval) {

  /** Where the values come from. */
  public enum Role {
    INPUT,
    TARGET,
    PARAMETER,
    STATE,
    /** Random numbers, drawn anew for each example and step. */
    SAMPLE,
    /** Per example, the factor of its loss in the objective: 1/rows for a mean. */
    SEED,
    /** A reduction over the batch, accumulated by the runtime over all rows. */
    ACCUMULATED,
    /** Of one step of a stream: an input at this time, what earlier steps left, the time. */
    STREAM,
    /** Defined by a step. */
    VALUE
  }

  public Tensor {
    shape = List.copyOf(shape);
  }

  public static Tensor real(String name, Role role, List<Extent> shape) {
    return new Tensor(name, role, ElementType.REAL, shape, Optional.empty());
  }

  public static Tensor bool(String name, Role role, List<Extent> shape) {
    return new Tensor(name, role, ElementType.BOOL, shape, Optional.empty());
  }

  public static Tensor integer(String name, Role role, List<Extent> shape, Interval interval) {
    return new Tensor(name, role, ElementType.INT, shape, Optional.of(interval));
  }

  public boolean isPerExample() {
    return !shape.isEmpty() && shape.getFirst().isBatch();
  }

  public int rank() {
    return shape.size();
  }

  /**
   * The number of elements of one example; of all, for a shared tensor. At most 2^31-1. Each of the
   * {@link #rowAxes} multiplies it by the number of rows.
   */
  public int elements() {
    long product = 1;
    for (Extent extent : shape) {
      product *= extent instanceof Extent.Const(int size) ? size : 1;
    }
    return Math.toIntExact(product);
  }

  /** How many axes run over all rows of the batch. */
  public int rowAxes() {
    return (int) shape.stream().filter(Extent::isRows).count();
  }
}
