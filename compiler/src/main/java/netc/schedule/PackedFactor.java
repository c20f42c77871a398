package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import netc.ir.Index;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Access.Strides;

/**
 * A copy of a factor in the order in which tiles read it, {@code [block][panel][tap][lane]}: of a weight
 * made once, of anything else at every call.
 *
 * @param blocks the other outputs on which the factor depends
 */
record PackedFactor(Contraction contraction, Access factor, List<Index> blocks, Panels panels) {
  private static final ArrayType FLAT = new ArrayType(ScalarType.FLOAT, 1);

  /** The elements of a panel. */
  int panelSize() {
    return Math.multiplyExact(contraction.tapCount(), panels.length());
  }

  private int blockSize() {
    return Math.multiplyExact(panelSize(), panels.count());
  }

  int size() {
    return blocks.stream().mapToInt(i -> i.extent().size()).reduce(blockSize(), Math::multiplyExact);
  }

  /** Where blocks lie in the copy. */
  Strides strides() {
    return Strides.rowMajor(blocks).times(blockSize());
  }

  /** The copy, with the call that makes it where that is not made once. */
  ArrayReference array(Arrays arrays, List<KernelCall> calls) {
    return arrays
        .weight(factor.tensor())
        .<ArrayReference>map(weight -> new ArrayReference.InPacked(weight, kernel(), size()))
        .orElseGet(
            () -> {
              ArrayReference copy = arrays.scratch(FLAT, size());
              calls.add(
                  new KernelCall(
                      kernel(),
                      List.of(copy, arrays.of(factor.tensor())),
                      contraction.equation().place(),
                      new Role.Copy(false, true)));
              return copy;
            });
  }

  private Kernel kernel() {
    Strides from = factor.inTensor();
    return new Kernel(
        List.of(new Kernel.Argument("packed", FLAT), new Kernel.Argument("factor", FLAT)),
        false,
        overBlocks(0, Ints.of(0), Ints.of(from.constant()), from));
  }

  private List<Statement> overBlocks(int depth, Scalar to, Scalar at, Strides from) {
    if (depth == blocks.size()) {
      return panels.count() == 1
          ? overTaps(to, at, from)
          : overPanels(to, at, from);
    }
    Index block = blocks.get(depth);
    Scalar position = Ints.local("block" + depth);
    return over(
        "block" + depth,
        block.extent().size(),
        overBlocks(
            depth + 1,
            Ints.plus(Ints.times(position, strides().stride(block)), to),
            Ints.plus(Ints.times(position, from.stride(block)), at),
            from));
  }

  private List<Statement> overPanels(Scalar to, Scalar at, Strides from) {
    Scalar panel = Ints.local("panel");
    var body = new ArrayList<Statement>();
    body.add(new Statement.Let("first", panels.first(panel)));
    body.addAll(
        overTaps(
            Ints.plus(Ints.times(panel, panelSize()), to),
            Ints.plus(Ints.times(Ints.local("first"), from.stride(panels.lane())), at),
            from));
    return over("panel", panels.count(), body);
  }

  private List<Statement> overTaps(Scalar to, Scalar at, Strides from) {
    Scalar lane = Ints.local("lane");
    return new IndexLoops(contraction.taps(), from, depth -> "tap" + depth)
        .from(
            at,
            (tap, source) ->
                over(
                    "lane",
                    panels.length(),
                    List.of(
                        new Statement.Store(
                            "packed",
                            Ints.plus(Ints.plus(Ints.times(tap, panels.length()), lane), to),
                            new Scalar.Load(
                                "factor",
                                Ints.plus(Ints.times(lane, from.stride(panels.lane())), source),
                                ScalarType.FLOAT)))));
  }

  private static List<Statement> over(String variable, int size, List<Statement> body) {
    return List.of(new Statement.For(variable, Ints.of(0), Ints.of(size), 1, body));
  }
}
