package netc.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import netc.ir.ElementType;
import netc.ir.Index;
import netc.ir.Reads;
import netc.ir.Step;
import netc.ir.Step.Equation;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Tensor;
import netc.loop.CodeSize;
import netc.loop.Kernel;
import netc.loop.Statement;

/**
 * Element-wise equations right behind a contraction, computed tile by tile: a bias, an activation, the
 * derivative of one, and of a block the pool behind them. The results are in registers still, where there are
 * enough of these for what all of a tile's results share; else in the cache, behind the tile. Only what others
 * read is stored.
 *
 * @param members in their order; each reads what those before it define at its own position only
 * @param stored the targets, of the contraction too, that are stored
 * @param pool what takes the maxima of the last results ({@link PooledOutputs}); those are not stored then
 */
record Epilogue(
    Equation contraction, List<Equation> members, List<Tensor> stored, Optional<Pool> pool) {
  /** A longer method would keep the JIT compiler busy longer than it saves. */
  private static final int LARGEST_TILE = 3_000;

  /** The registers that the JIT compiler takes for the factors of a tile: with fewer, sums go through memory. */
  private static final int OPERANDS = 4;

  /** The longest run of the following steps, if any, that suits tiles up to this one. */
  static Optional<Epilogue> of(
      Equation contraction,
      List<? extends Step> following,
      Readers readers,
      Arrays arrays,
      Footprint footprint,
      Tile largest) {
    var group = new ArrayList<Equation>(List.of(contraction));
    for (Step step : following) {
      if (!(step instanceof Equation equation)
          || !suits(equation, group)
          || !footprint.suits(equation, contraction)) {
        break;
      }
      group.add(equation);
    }
    Optional<Epilogue> pooled =
        pool(group, following, readers, footprint).filter(e -> e.fits(largest, footprint, arrays));
    if (pooled.isPresent()) {
      return pooled;
    }
    for (int size = group.size(); size > 1; size--) {
      Epilogue epilogue = of(List.copyOf(group.subList(0, size)), readers);
      if (epilogue.fits(largest, footprint, arrays)) {
        return Optional.of(epilogue);
      }
    }
    return Optional.empty();
  }

  private static Epilogue of(List<Equation> group, Readers readers) {
    return new Epilogue(
        group.getFirst(),
        group.subList(1, group.size()),
        group.stream()
            .map(Equation::target)
            .filter(
                t ->
                    readers.isReadOutside(t, group)
                        || isReadBefore(t, group)
                        || t.equals(group.getLast().target()))
            .toList(),
        Optional.empty());
  }

  /** With the pool of what the group makes, which nobody else reads, right behind it. */
  private static Optional<Epilogue> pool(
      List<Equation> group, List<? extends Step> following, Readers readers, Footprint footprint) {
    int members = group.size() - 1;
    if (footprint.lane().isPresent() || members == 0 || following.size() == members) {
      return Optional.empty();
    }
    var all = new ArrayList<Step>(group);
    all.add(following.get(members));
    var before = new ArrayList<>(group.subList(1, group.size()));
    return Pool.of(before.removeLast(), following.get(members))
        .filter(_ -> group.stream().noneMatch(e -> readers.isReadOutside(e.target(), all)))
        .map(
            pool -> {
              before.add(pool.rectified());
              return new Epilogue(group.getFirst(), List.copyOf(before), List.of(), Optional.of(pool));
            });
  }

  /** How many steps behind the contraction its tiles compute, too. */
  int steps() {
    return members.size() + (pool.isPresent() ? 1 : 0);
  }

  /** Whether what defines the tensor, or a step in front of that, reads what it was at another time. */
  private static boolean isReadBefore(Tensor tensor, List<Equation> group) {
    for (Equation member : group) {
      if (Reads.of(member).contains(tensor)) {
        return true;
      }
      if (member.target().equals(tensor)) {
        return false;
      }
    }
    return false;
  }

  private static boolean suits(Equation equation, List<Equation> group) {
    List<Index> outputs = equation.outputs();
    List<Index> first = group.getFirst().outputs();
    boolean alike =
        equation.reduction().isEmpty()
            && equation.target().type() == ElementType.REAL
            && equation.target().isPerExample()
            && outputs.stream().map(Index::extent).toList().equals(first.stream().map(Index::extent).toList());
    if (!alike) {
      return false;
    }
    var defined = new HashSet<Tensor>();
    group.forEach(member -> defined.add(member.target()));
    return readsAtOwnPosition(equation, defined);
  }

  /** Whether it reads of these tensors, at its own position alone. */
  static boolean readsAtOwnPosition(Equation equation, Set<Tensor> defined) {
    boolean[] reads = {false, true};
    Reads.each(
        equation.body(),
        read -> {
          if (defined.contains(read.tensor())) {
            reads[0] = true;
            reads[1] &= read.outside().isEmpty() && isOwnPosition(read.at(), equation.outputs());
          }
        });
    return reads[0] && reads[1];
  }

  private static boolean isOwnPosition(List<Subscript> at, List<Index> outputs) {
    if (at.size() != outputs.size()) {
      return false;
    }
    for (int axis = 0; axis < outputs.size(); axis++) {
      if (Subscripts.bare(at.get(axis)).filter(outputs.get(axis)::equals).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(Tile tile, Footprint footprint, Arrays arrays) {
    Optional<Kernel> kernel =
        footprint.lane().isPresent()
            ? behind(tile, footprint, arrays).map(Behind::kernel)
            : inTile(tile, footprint, arrays).map(Tile::kernel);
    return kernel.filter(Epilogue::isShort).isPresent();
  }

  private static boolean isShort(Kernel kernel) {
    return CodeSize.of(kernel) <= LARGEST_TILE;
  }

  /** Whether so many vector registers are enough to finish a tile of one example while its sums are in them. */
  boolean fitsIn(int registers, Tile tile, Footprint footprint, Arrays arrays) {
    return inTile(tile, footprint, arrays)
        .filter(t -> t.accumulators() + t.epilogue().orElseThrow().shared() + OPERANDS <= registers)
        .map(Tile::kernel)
        .filter(Epilogue::isShort)
        .isPresent();
  }

  /** Where a tile of one example leaves its sums: each is overwritten by the last result made of it. */
  Tensor sums() {
    return stored.getLast();
  }

  /**
   * What a tile does with its results.
   *
   * @param arguments the arrays that it needs for it
   * @param references where those lie
   * @param positions the names of the int arguments for the outputs
   * @param shared the vectors that are loaded once for all results
   */
  record Stores(
      List<Kernel.Argument> arguments,
      List<ArrayReference> references,
      List<String> positions,
      int shared,
      List<Statement> statements) {
    public Stores {
      arguments = List.copyOf(arguments);
      references = List.copyOf(references);
      positions = List.copyOf(positions);
      statements = List.copyOf(statements);
    }

    /** The same where arrays lie elsewhere. */
    Stores at(UnaryOperator<ArrayReference> place) {
      return new Stores(
          arguments, references.stream().map(place).toList(), positions, shared, statements);
    }
  }

  /** The tile with the epilogue in place of plain stores; empty when something cannot be a vector. */
  Optional<Tile> inTile(Tile tile, Footprint footprint, Arrays arrays) {
    return new EpilogueInTile(this, tile, footprint, arrays).stores().map(tile::with);
  }

  /**
   * A kernel called behind tiles of one example: for the rows of one of them, and so many lanes.
   *
   * @param kernel its ints are {@link #BEHIND}, then a position for each output
   * @param references where its arrays lie
   */
  record Behind(Kernel kernel, List<ArrayReference> references) {
    Behind {
      references = List.copyOf(references);
    }
  }

  static final String LANES = "lanes";

  /** The first position of the sums, and how many lanes there are. */
  static final List<String> BEHIND = List.of(Tile.FIRST_RESULT, LANES);

  /** The epilogue for the sums that tiles of one example have left; empty when something has no vectors. */
  Optional<Behind> behind(Tile tile, Footprint footprint, Arrays arrays) {
    return new EpilogueInTile(this, tile, footprint, arrays).behind();
  }

  List<String> positions() {
    return IntStream.range(1, contraction.outputs().size()).mapToObj(Epilogue::position).toList();
  }

  static String position(int axis) {
    return "o" + axis;
  }

  static String lane(int v) {
    return "lane" + v;
  }
}
