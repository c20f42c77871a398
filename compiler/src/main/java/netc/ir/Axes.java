package netc.ir;

import java.util.ArrayList;
import java.util.List;

/** Which output indices of an equation make which axis of its target. */
public final class Axes {
  private Axes() {}

  /**
   * The outputs grouped by the target's axes, one list an axis; each axis takes at least one.
   *
   * @throws IllegalArgumentException when the outputs do not make the shape
   */
  public static List<List<Index>> group(List<Index> outputs, List<Extent> shape) {
    var groups = new ArrayList<List<Index>>();
    int next = 0;
    for (int axis = 0; axis < shape.size(); axis++) {
      var group = new ArrayList<Index>();
      boolean last = axis == shape.size() - 1;
      while (next < outputs.size() && (last || group.isEmpty() || !covers(group, shape.get(axis)))) {
        group.add(outputs.get(next++));
      }
      if (group.isEmpty() || !covers(group, shape.get(axis))) {
        throw new IllegalArgumentException("the outputs do not make axis " + axis);
      }
      groups.add(group);
    }
    if (next < outputs.size()) {
      throw new IllegalArgumentException("more outputs than axes");
    }
    return groups;
  }

  private static boolean covers(List<Index> group, Extent extent) {
    if (!(extent instanceof Extent.Const(int size))) {
      return group.size() == 1 && group.getFirst().extent().equals(extent);
    }
    long product = 1;
    for (Index index : group) {
      if (!(index.extent() instanceof Extent.Const(int part))) {
        return false;
      }
      product *= part;
    }
    return product == size;
  }

  /** The subscripts under which an equation's own target is read at its own point. */
  public static List<Subscript> own(Step.Equation equation) {
    return group(equation.outputs(), equation.target().shape()).stream()
        .map(Subscripts::fused)
        .toList();
  }
}
