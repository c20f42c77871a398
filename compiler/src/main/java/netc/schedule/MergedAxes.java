package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import netc.ir.Extent;
import netc.ir.Index;
import netc.schedule.Access.Strides;

/**
 * Outputs of which those that lie row-major side by side, in all arrays, are one axis: the pixels of an
 * image instead of its rows and columns.
 *
 * @param strides of the arrays, the new axes among them
 */
record MergedAxes(List<Index> outputs, List<Strides> strides) {

  static MergedAxes of(List<Index> outputs, List<Strides> arrays) {
    var merged = new ArrayList<Index>();
    List<Strides> strides = arrays;
    for (Index index : outputs) {
      Index before = merged.isEmpty() ? null : merged.getLast();
      if (before != null && strides.stream().allMatch(s -> areOne(s, before, index))) {
        merged.removeLast();
        var both =
            new Index(
                before.name() + "_" + index.name(),
                new Extent.Const(before.extent().size() * index.extent().size()));
        merged.add(both);
        strides = strides.stream().map(s -> with(s, both, s.stride(index))).toList();
      } else {
        merged.add(index);
      }
    }
    return new MergedAxes(merged, strides);
  }

  private static boolean areOne(Strides strides, Index outer, Index inner) {
    return strides.stride(outer) == strides.stride(inner) * inner.extent().size();
  }

  private static Strides with(Strides strides, Index index, int stride) {
    var more = new LinkedHashMap<>(strides.of());
    more.put(index, stride);
    return new Strides(strides.constant(), more);
  }
}
