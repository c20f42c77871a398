package netc.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.ir.Index;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.Statement;

/**
 * The loops around tiles: over the outputs that no tile covers, then over the rows of tiles of nearly
 * equal size, so that none is left over.
 */
final class TileLoops {
  /** An output of which several values are computed at once, at most so many. */
  record Rows(Index index, int most) {}

  /** Where the tile stands: the values of the indices of the loops around. */
  record Position(Map<Index, Scalar> at) {

    /** In a flat array: the sum of constant and strides. */
    Scalar of(Access.Strides strides) {
      Scalar sum = Ints.of(strides.constant());
      for (Map.Entry<Index, Scalar> index : at.entrySet()) {
        sum = Ints.plus(Ints.times(index.getValue(), strides.stride(index.getKey())), sum);
      }
      return sum;
    }
  }

  /** What is done for a tile of so many rows. */
  interface Leaf {
    List<Statement> tile(int leftRows, int rightRows, Position position);
  }

  private final KernelBuilder kernel;
  private final List<Index> outer;
  private final Optional<Rows> left;
  private final Optional<Rows> right;
  private final Leaf leaf;

  /** Whether the next loop is the outermost one of a kernel that several threads share. */
  private boolean isShared;

  TileLoops(
      KernelBuilder kernel,
      List<Index> outputs,
      Optional<Rows> left,
      Optional<Rows> right,
      Leaf leaf) {
    this.kernel = kernel;
    this.left = left;
    this.right = right;
    this.leaf = leaf;
    this.outer =
        outputs.stream()
            .filter(i -> left.filter(r -> r.index().equals(i)).isEmpty())
            .filter(i -> right.filter(r -> r.index().equals(i)).isEmpty())
            .toList();
  }

  /** The loops of which a call of the kernel computes a share. */
  List<Statement> shared() {
    isShared = true;
    return loops();
  }

  List<Statement> loops() {
    Map<Index, Scalar> time = new LinkedHashMap<>();
    kernel.time().ifPresent(index -> time.put(index, Ints.local(Kernel.TIME)));
    return outerLoops(0, time);
  }

  /** The loops inside of others. */
  List<Statement> loops(Position around) {
    return outerLoops(0, around.at());
  }

  /** The same with the rows of the left factor outermost, so that what a tile reads of it is read again. */
  List<Statement> loopsByLeftRows(Position around) {
    return rows(
        left,
        around.at(),
        (leftRows, inLeft) -> {
          Leaf ofRows = (_, rightRows, position) -> leaf.tile(leftRows, rightRows, position);
          return new TileLoops(kernel, outer, Optional.empty(), right, ofRows).outerLoops(0, inLeft);
        });
  }

  private List<Statement> outerLoops(int depth, Map<Index, Scalar> at) {
    if (depth == outer.size()) {
      return rows(
          left,
          at,
          (leftRows, inLeft) ->
              rows(
                  right,
                  inLeft,
                  (rightRows, inBoth) ->
                      leaf.tile(leftRows, rightRows, new Position(inBoth))));
    }
    Index index = outer.get(depth);
    if (index.extent().size() == 1) {
      return outerLoops(depth + 1, with(at, index, Ints.of(0)));
    }
    return over(0, index.extent().size(), 1, isShared, value -> outerLoops(depth + 1, with(at, index, value)));
  }

  private interface Body {
    List<Statement> at(Scalar value);
  }

  private List<Statement> over(int from, int to, int step, boolean isOutermost, Body body) {
    isShared = false;
    String variable = kernel.fresh("i");
    List<Statement> inside = body.at(Ints.local(variable));
    return List.of(
        isOutermost
            ? kernel.share(variable, from, to, step, inside)
            : new Statement.For(variable, Ints.of(from), Ints.of(to), step, inside));
  }

  private interface Inside {
    List<Statement> rows(int count, Map<Index, Scalar> at);
  }

  private List<Statement> rows(Optional<Rows> rows, Map<Index, Scalar> at, Inside inside) {
    if (rows.isEmpty()) {
      return inside.rows(1, at);
    }
    Index index = rows.get().index();
    int size = index.extent().size();
    Split split = Split.of(size, rows.get().most());
    boolean isOutermost = isShared;
    var loops = new ArrayList<Statement>();
    loops.addAll(tiles(index, 0, split.covered(), split.large(), isOutermost, at, inside));
    loops.addAll(tiles(index, split.covered(), size, split.small(), isOutermost, at, inside));
    return loops;
  }

  private List<Statement> tiles(
      Index index,
      int from,
      int to,
      int rows,
      boolean isOutermost,
      Map<Index, Scalar> at,
      Inside inside) {
    if (from == to) {
      return List.of();
    }
    if (to - from == rows && !isOutermost) {
      return inside.rows(rows, with(at, index, Ints.of(from)));
    }
    return over(from, to, rows, isOutermost, value -> inside.rows(rows, with(at, index, value)));
  }

  private static Map<Index, Scalar> with(Map<Index, Scalar> at, Index index, Scalar value) {
    var more = new LinkedHashMap<>(at);
    more.put(index, value);
    return more;
  }
}
