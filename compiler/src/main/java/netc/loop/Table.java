package netc.loop;

import java.util.List;

/**
 * Constant offsets, row-major over some axes: the sums of position times stride. What a kernel needs to
 * walk several axes in one loop.
 *
 * @param axes from outside to inside
 */
public record Table(List<Axis> axes) {

  public record Axis(int extent, int stride) {}

  public Table {
    axes = List.copyOf(axes);
  }

  /** The number of offsets. */
  public int size() {
    return axes.stream().mapToInt(Axis::extent).reduce(1, Math::multiplyExact);
  }
}
