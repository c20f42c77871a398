package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import netc.ir.Index;
import netc.ir.Tensor;
import netc.loop.ArrayType;
import netc.loop.CodeSize;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.source.Place;

/**
 * Collects the arrays of one kernel and hands out names. Names depend only on the order of first use,
 * so that equal work on other tensors gives an equal kernel.
 */
final class KernelBuilder {
  private final Arrays arrays;
  private final Map<ArrayReference, String> names = new LinkedHashMap<>();
  private final List<Kernel.Argument> arguments = new ArrayList<>();
  private final Map<String, Integer> counters = new LinkedHashMap<>();
  private final Optional<Index> time;
  private final int mostBranches;
  private final List<Tile> tiles = new ArrayList<>();
  private boolean usesRows;
  private boolean isShared;

  /**
   * A kernel of few statements.
   *
   * @param time the index of the scan whose single step this kernel computes
   */
  KernelBuilder(Arrays arrays, Optional<Index> time) {
    this(arrays, time, LaneLoop.MOST_BRANCHES);
  }

  private KernelBuilder(Arrays arrays, Optional<Index> time, int mostBranches) {
    this.arrays = arrays;
    this.time = time;
    this.mostBranches = mostBranches;
  }

  /**
   * The kernel with as many loops for the branches of one as fit into a method.
   *
   * @param time the index of the scan whose single step this kernel computes
   */
  static KernelCall fitting(
      Arrays arrays, Optional<Index> time, Place place, Function<KernelBuilder, List<Statement>> body) {
    for (int branches = LaneLoop.MOST_BRANCHES; ; branches /= 2) {
      var builder = new KernelBuilder(arrays, time, branches);
      KernelCall call = builder.call(body.apply(builder), place);
      if (branches == 1 || CodeSize.of(call.kernel()) <= CodeSize.LARGEST) {
        return call;
      }
    }
  }

  /** More loops than this are not made of one. */
  int mostBranches() {
    return mostBranches;
  }

  Optional<Index> time() {
    return time;
  }

  /** The indices that the kernel loops over: all but the batch and the time. */
  List<Index> looped(List<Index> indices) {
    return indices.stream()
        .filter(i -> !Lanes.isBatch(i) && time.filter(i::equals).isEmpty())
        .toList();
  }

  Arrays arrays() {
    return arrays;
  }

  String array(Tensor tensor) {
    return array(arrays.of(tensor), arrays.type(tensor));
  }

  String array(ArrayReference reference, ArrayType type) {
    String known = names.get(reference);
    if (known != null) {
      return known;
    }
    String name = "a" + arguments.size();
    names.put(reference, name);
    arguments.add(new Kernel.Argument(name, type));
    return name;
  }

  String scratch(ArrayType type, int size) {
    return array(arrays.scratch(type, size), type);
  }

  String fresh(String hint) {
    return hint + counters.merge(hint, 1, Integer::sum);
  }

  /** The number of rows of the block, of all rows, or the position of the first. */
  Scalar rowArgument(String name) {
    usesRows = true;
    return Ints.local(name);
  }

  /** A tile that the kernel calls; the first is the largest. */
  void uses(Tile tile) {
    tiles.add(tile);
  }

  /** The call of a kernel of tiles. */
  KernelCall tiles(List<Statement> body, Place place, Role.Lane lanes) {
    Tile largest = tiles.getFirst();
    boolean isPacked = names.keySet().stream().anyMatch(ArrayReference.InPacked.class::isInstance);
    return call(body, place).as(largest.role(lanes, isPacked));
  }

  boolean usesRows() {
    return usesRows;
  }

  /** Lets several threads compute it: its outermost loops run over {@link #share} only. */
  void allowShares() {
    isShared = true;
  }

  /** The loop over the share of a range that a call of the kernel is for. */
  Statement share(String variable, int from, int to, int step, List<Statement> body) {
    int rounds = (to - from) / step;
    Scalar share = Ints.local(Kernel.SHARE);
    return new Statement.For(
        variable,
        first(share, from, rounds, step),
        first(Ints.plus(share, Ints.of(1)), from, rounds, step),
        step,
        body);
  }

  private static Scalar first(Scalar share, int from, int rounds, int step) {
    Scalar round =
        new Scalar.Call(
            Scalar.Function.FLOOR_DIVIDE,
            List.of(Ints.times(share, rounds), Ints.local(Kernel.SHARES)),
            ScalarType.INT);
    return Ints.plus(Ints.times(round, step), Ints.of(from));
  }

  List<Kernel.Argument> arguments() {
    return List.copyOf(arguments);
  }

  /** Where the arrays of the arguments lie. */
  List<ArrayReference> references() {
    return List.copyOf(names.keySet());
  }

  KernelCall call(List<Statement> body, Place place) {
    return new KernelCall(
        new Kernel(
            arguments,
            isShared ? List.of(Kernel.SHARE, Kernel.SHARES) : List.of(),
            usesRows,
            time.isPresent(),
            body),
        List.copyOf(names.keySet()),
        place,
        new Role.Loops());
  }
}
