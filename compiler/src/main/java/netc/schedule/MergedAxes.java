package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import netc.ir.Extent;
import netc.ir.Index;
import netc.schedule.Access.Strides;

/**
 * Outputs of which those that lie row-major side by side, in all arrays, are one axis: the pixels of an
 * image instead of its rows and columns.
 *
 * @param strides of the arrays, the new axes among them
 * @param parts of each axis, from outside to inside
 */
record MergedAxes(List<Index> outputs, List<Strides> strides, Map<Index, List<Index>> parts) {

  static MergedAxes of(List<Index> outputs, List<Strides> arrays) {
    var merged = new ArrayList<Index>();
    var parts = new LinkedHashMap<Index, List<Index>>();
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
        parts.put(both, Stream.concat(parts.remove(before).stream(), Stream.of(index)).toList());
        strides = strides.stream().map(s -> with(s, both, s.stride(index))).toList();
      } else {
        merged.add(index);
        parts.put(index, List.of(index));
      }
    }
    return new MergedAxes(merged, strides, parts);
  }

  /** Whether axes, from outside to inside, lie row-major side by side. */
  static boolean areOne(Strides strides, List<Index> axes) {
    return IntStream.range(1, axes.size())
        .allMatch(i -> areOne(strides, axes.get(i - 1), axes.get(i)));
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
