package netc.schedule;

import java.util.List;
import java.util.Optional;
import netc.source.Place;

/**
 * A factor of a contraction of one example: in its own array, or with a margin of zeros, in a copy or where
 * its tiles have written it.
 */
record ExampleOperand(ArrayReference array, Access.Strides strides) {

  /**
   * The factor for {@link Contraction#inside} taps: at the times that have none there is nothing to read.
   *
   * @param inVectors whether the copy may use vectors
   */
  static ExampleOperand of(
      Access access,
      Contraction contraction,
      Arrays arrays,
      boolean inVectors,
      List<KernelCall> calls) {
    boolean isDirect =
        TimesInside.of(access).isPresent()
            && !access.tensor().equals(contraction.equation().target())
            && arrays.box(access.tensor()).isEmpty();
    return isDirect
        ? new ExampleOperand(arrays.of(access.tensor()), access.inTensor())
        : atAllTimes(access, contraction, arrays, inVectors, calls);
  }

  /**
   * The factor with elements at all times. Adds the call that makes the copy, where the factor has a
   * margin or is the result's past.
   *
   * @param inVectors whether that may use vectors
   */
  static ExampleOperand atAllTimes(
      Access access,
      Contraction contraction,
      Arrays arrays,
      boolean inVectors,
      List<KernelCall> calls) {
    if (!access.hasMargin() && !access.tensor().equals(contraction.equation().target())) {
      return new ExampleOperand(arrays.of(access.tensor()), access.inTensor());
    }
    Optional<ArrayReference> box = arrays.box(access.tensor());
    if (inVectors && box.isPresent()) {
      return new ExampleOperand(box.get(), access.inBox());
    }
    var packing = new Packing(arrays, access);
    ArrayReference scratch = packing.scratch();
    Place place = contraction.equation().place();
    calls.add(inVectors ? packing.copyInVectors(scratch, place) : packing.copy(scratch, false, place));
    return new ExampleOperand(scratch, access.inBox());
  }
}
