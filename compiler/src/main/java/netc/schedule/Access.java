package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.ir.Bounds;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Subscript;
import netc.ir.Tensor;

/**
 * A factor of a contraction: elements of a tensor at affine positions. Positions may lie outside where
 * the factor is 0 there; a copy with a margin of zeros then serves every point alike.
 *
 * @param at a subscript an axis, the batch left out
 * @param ranges the positions reached on each axis; in a scan those of its time 0
 * @param time that of the scan whose single step is computed
 */
record Access(
    Tensor tensor, List<Subscript.Affine> at, List<Interval> ranges, Optional<Index> time) {

  /** The expression as an access, when it is one; a per-example tensor is read at its own example. */
  static Optional<Access> of(Expr expr, Optional<Index> time, Refusals refusals) {
    if (!(expr instanceof Expr.Read(Tensor tensor, List<Subscript> all, Optional<Expr> outside))) {
      refusals.when(true, "a factor is a formula, not an element");
      return Optional.empty();
    }
    if (tensor.type() != ElementType.REAL
        || refusals.when(
            outside.filter(value -> !isZero(value)).isPresent(),
            "outside of a factor the value is not 0")) {
      return Optional.empty();
    }
    var at = new ArrayList<Subscript.Affine>();
    var ranges = new ArrayList<Interval>();
    for (int axis = 0; axis < all.size(); axis++) {
      Extent extent = tensor.shape().get(axis);
      if (!(all.get(axis) instanceof Subscript.Affine affine)) {
        refusals.when(true, "a position depends on data or is not affine");
        return Optional.empty();
      }
      if (refusals.when(extent.isRows(), "a factor has an axis as long as the batch")
          || refusals.when(
              extent.isBatch() != affine.terms().stream().anyMatch(t -> t.index().extent().isBatch())
                  || extent.isBatch()
                      && !affine.equals(Subscript.of(affine.terms().getFirst().index())),
              "a factor is read at other examples")) {
        return Optional.empty();
      }
      if (!extent.isBatch()) {
        at.add(affine);
        ranges.add(Bounds.NONE.of(atTime0(affine, time)));
      }
    }
    return Optional.of(new Access(tensor, at, ranges, time));
  }

  private static Subscript.Affine atTime0(Subscript.Affine affine, Optional<Index> time) {
    return new Subscript.Affine(
        affine.constant(),
        affine.terms().stream().filter(t -> time.filter(t.index()::equals).isEmpty()).toList());
  }

  private static boolean isZero(Expr value) {
    return value instanceof Expr.Real(double number) && number == 0;
  }

  List<Extent> shape() {
    return tensor.isPerExample() ? tensor.shape().subList(1, tensor.rank()) : tensor.shape();
  }

  /** Whether some position lies outside of the tensor, at any time. */
  boolean hasMargin() {
    for (int axis = 0; axis < at.size(); axis++) {
      Interval range = time.isEmpty() ? ranges.get(axis) : Bounds.NONE.of(at.get(axis));
      if (!range.isWithin(0, shape().get(axis).size() - 1L)) {
        return true;
      }
    }
    return false;
  }

  /** How far a step of the scan goes along an axis. */
  int stepOfTime(int axis) {
    return at.get(axis).terms().stream()
        .filter(t -> time.filter(t.index()::equals).isPresent())
        .mapToInt(Subscript.Term::coefficient)
        .sum();
  }

  /** The elements of the box of all positions reached, in a scan of those of one step. */
  long boxSize() {
    long size = 1;
    for (Interval range : ranges) {
      size *= range.high() - range.low() + 1;
    }
    return size;
  }

  boolean dependsOn(Index index) {
    return at.stream().flatMap(s -> s.terms().stream()).anyMatch(t -> t.index().equals(index));
  }

  /** Where the elements lie in the tensor itself. */
  Strides inTensor() {
    List<Integer> sizes = shape().stream().map(Extent::size).toList();
    return strides(at, sizes, sizes.stream().map(_ -> 0).toList());
  }

  /** Where they lie in the box, which is another one at each step of a scan. */
  Strides inBox() {
    return inBox(at.stream().map(affine -> atTime0(affine, time)).toList());
  }

  /** The same of an element that is given by its position on each axis. */
  Strides inBox(List<Subscript.Affine> position) {
    return strides(
        position,
        ranges.stream().map(r -> Math.toIntExact(r.high() - r.low() + 1)).toList(),
        ranges.stream().map(r -> Math.toIntExact(r.low())).toList());
  }

  private static Strides strides(
      List<Subscript.Affine> at, List<Integer> sizes, List<Integer> origin) {
    var strides = new LinkedHashMap<Index, Integer>();
    int constant = 0;
    int stride = 1;
    for (int axis = at.size() - 1; axis >= 0; axis--) {
      constant += (at.get(axis).constant() - origin.get(axis)) * stride;
      for (Subscript.Term term : at.get(axis).terms()) {
        strides.merge(term.index(), term.coefficient() * stride, Integer::sum);
      }
      stride *= sizes.get(axis);
    }
    return new Strides(constant, strides);
  }

  /** A flat position: {@code constant + Σ stride · index}. */
  record Strides(int constant, Map<Index, Integer> of) {
    int stride(Index index) {
      return of.getOrDefault(index, 0);
    }

    /** Every element as so many in a row. */
    Strides times(int factor) {
      var scaled = new LinkedHashMap<Index, Integer>();
      of.forEach((index, stride) -> scaled.put(index, stride * factor));
      return new Strides(constant * factor, scaled);
    }

    /** The same with another index. */
    Strides with(Index index, int stride) {
      var more = new LinkedHashMap<>(of);
      more.put(index, stride);
      return new Strides(constant, more);
    }

    /** The value of an index. */
    static Strides of(Index index) {
      return new Strides(0, Map.of(index, 1));
    }

    /** Row-major over indices. */
    static Strides rowMajor(List<Index> indices) {
      var strides = new LinkedHashMap<Index, Integer>();
      int stride = 1;
      for (Index index : indices.reversed()) {
        strides.put(index, stride);
        stride *= index.extent().size();
      }
      return new Strides(0, strides);
    }
  }
}
