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
 * @param ranges the positions reached on each axis
 */
record Access(Tensor tensor, List<Subscript.Affine> at, List<Interval> ranges) {

  /** The expression as an access, when it is one; a per-example tensor is read at its own example. */
  static Optional<Access> of(Expr expr) {
    if (!(expr instanceof Expr.Read(Tensor tensor, List<Subscript> all, Optional<Expr> outside))
        || tensor.type() != ElementType.REAL
        || outside.filter(value -> !isZero(value)).isPresent()) {
      return Optional.empty();
    }
    var at = new ArrayList<Subscript.Affine>();
    var ranges = new ArrayList<Interval>();
    for (int axis = 0; axis < all.size(); axis++) {
      Extent extent = tensor.shape().get(axis);
      if (!(all.get(axis) instanceof Subscript.Affine affine)
          || extent.isRows()
          || extent.isBatch() != affine.terms().stream().anyMatch(t -> t.index().extent().isBatch())
          || extent.isBatch() && !affine.equals(Subscript.of(affine.terms().getFirst().index()))) {
        return Optional.empty();
      }
      if (!extent.isBatch()) {
        at.add(affine);
        ranges.add(Bounds.NONE.of(affine));
      }
    }
    return Optional.of(new Access(tensor, at, ranges));
  }

  private static boolean isZero(Expr value) {
    return value instanceof Expr.Real(double number) && number == 0;
  }

  List<Extent> shape() {
    return tensor.isPerExample() ? tensor.shape().subList(1, tensor.rank()) : tensor.shape();
  }

  /** Whether some position lies outside of the tensor. */
  boolean hasMargin() {
    for (int axis = 0; axis < at.size(); axis++) {
      if (!ranges.get(axis).isWithin(0, shape().get(axis).size() - 1L)) {
        return true;
      }
    }
    return false;
  }

  /** The elements of the box of all positions reached. */
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
    return strides(sizes, sizes.stream().map(_ -> 0).toList());
  }

  /** Where they lie in the box. */
  Strides inBox() {
    return strides(
        ranges.stream().map(r -> Math.toIntExact(r.high() - r.low() + 1)).toList(),
        ranges.stream().map(r -> Math.toIntExact(r.low())).toList());
  }

  private Strides strides(List<Integer> sizes, List<Integer> origin) {
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
