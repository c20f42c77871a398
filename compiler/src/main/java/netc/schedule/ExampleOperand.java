package netc.schedule;

import java.util.List;

/** A factor of a contraction of one example: in its own array, or in a copy with a margin of zeros. */
record ExampleOperand(ArrayReference array, Access.Strides strides) {

  /** Adds the call that makes the copy, where the factor has a margin or is the result's past. */
  static ExampleOperand of(
      Access access, Contraction contraction, Arrays arrays, List<KernelCall> calls) {
    if (!access.hasMargin() && !access.tensor().equals(contraction.equation().target())) {
      return new ExampleOperand(arrays.of(access.tensor()), access.inTensor());
    }
    var packing = new Packing(arrays, access);
    ArrayReference scratch = packing.scratch();
    calls.add(packing.copy(scratch, false, contraction.equation().place()));
    return new ExampleOperand(scratch, access.inBox());
  }
}
