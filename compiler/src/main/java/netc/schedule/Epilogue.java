package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import netc.ir.ElementType;
import netc.ir.Index;
import netc.ir.Reads;
import netc.ir.Step;
import netc.ir.Step.Equation;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Tensor;
import netc.loop.CodeSize;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;

/**
 * Element-wise equations right behind a contraction, computed tile by tile: a bias, an activation, the
 * derivative of one, and of a block the pool behind them. Of a block the results are in registers still; of
 * one example they are in the cache, since the loop over the taps is the faster the less stands behind it.
 * Only what others read is stored.
 *
 * @param members in their order; each reads what those before it define at its own position only
 * @param stored the targets, of the contraction too, that are stored
 * @param pool what takes the maxima of the last results ({@link PooledOutputs}); those are not stored then
 */
record Epilogue(
    Equation contraction, List<Equation> members, List<Tensor> stored, Optional<Pool> pool) {
  /** A longer method would keep the JIT compiler busy longer than it saves. */
  private static final int LARGEST_TILE = 3_000;

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
    return kernel.filter(k -> CodeSize.of(k) <= LARGEST_TILE).isPresent();
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
   */
  record Stores(
      List<Kernel.Argument> arguments,
      List<ArrayReference> references,
      List<String> positions,
      List<Statement> statements) {
    public Stores {
      arguments = List.copyOf(arguments);
      references = List.copyOf(references);
      positions = List.copyOf(positions);
      statements = List.copyOf(statements);
    }
  }

  /** The tile with the epilogue in place of plain stores; empty when something cannot be a vector. */
  Optional<Tile> inTile(Tile tile, Footprint footprint, Arrays arrays) {
    return new InTile(tile, footprint, arrays).stores().map(tile::with);
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

  private static final String LANES = "lanes";

  /** The first position of the sums, and how many lanes there are. */
  static final List<String> BEHIND = List.of(Tile.FIRST_RESULT, LANES);

  /** The epilogue for the sums that tiles of one example have left; empty when something has no vectors. */
  Optional<Behind> behind(Tile tile, Footprint footprint, Arrays arrays) {
    var inTile = new InTile(tile, footprint, arrays);
    return inTile
        .rows()
        .map(
            rows ->
                new Behind(
                    new Kernel(
                        inTile.inside.arguments(),
                        Stream.concat(BEHIND.stream(), positions().stream()).toList(),
                        List.of(
                            new Statement.ForVectors(
                                lane(0), Ints.of(0), Ints.local(LANES), 1, arrays.real(), rows))),
                    inTile.inside.references()));
  }

  /** The epilogue for every result of one tile. */
  private final class InTile {
    private final Tile tile;
    private final Footprint footprint;
    private final Arrays arrays;
    private final KernelBuilder inside;
    private final List<Statement> statements = new ArrayList<>();

    InTile(Tile tile, Footprint footprint, Arrays arrays) {
      this.tile = tile;
      this.footprint = footprint;
      this.arrays = arrays;
      this.inside = new KernelBuilder(arrays, Optional.empty());
    }

    Optional<Stores> stores() {
      for (int v = 0; v < tile.width(); v++) {
        statements.add(new Statement.Let(lane(v), tile.lane(v)));
      }
      for (int f = 0; f < tile.left().rows(); f++) {
        for (int g = 0; g < tile.right().rows(); g++) {
          if (!cell(f, g)) {
            return Optional.empty();
          }
        }
      }
      return Optional.of(
          new Stores(inside.arguments(), inside.references(), positions(), statements));
    }

    private boolean cell(int f, int g) {
      var preamble = new Point.Preamble();
      var results = new ArrayList<Statement>();
      for (int v = 0; v < tile.width(); v++) {
        int vector = v;
        boolean isWhole =
            results(
                Tile.accumulator(f, g, v),
                lane(v),
                member -> inBlock(member, f, g, vector, preamble),
                (target, value) ->
                    new Statement.StoreVector(
                        inBlock(members.getLast(), f, g, vector, preamble)
                            .row(inside.array(target), arrays.real(), tile.result(f, g)),
                        Ints.local(lane(vector)),
                        value),
                results);
        if (!isWhole) {
          return false;
        }
        pool.ifPresent(p -> results.addAll(maximum(p, f, g, vector, preamble)));
      }
      statements.addAll(preamble.statements());
      statements.addAll(results);
      return true;
    }

    /** The maximum of what is there and of the last result of a tile. */
    private List<Statement> maximum(Pool pool, int f, int g, int v, Point.Preamble preamble) {
      List<Scalar> positions =
          IntStream.range(1, contraction.outputs().size())
              .mapToObj(
                  axis ->
                      Ints.plus(
                          Ints.local(position(axis)),
                          Ints.of(footprint.within(contraction.outputs().get(axis), f, g))))
              .toList();
      String row =
          inBlock(contraction, f, g, v, preamble)
              .row(inside.array(pool.equation().target()), arrays.real(), pool.position(positions));
      Scalar lane = Ints.local(lane(v));
      String last = register(members.size(), Tile.accumulator(f, g, v));
      Scalar value = new Scalar.Local(last, vectorType());
      String before = inside.fresh("z");
      Scalar there = new Scalar.Local(before, vectorType());
      return List.of(
          new Statement.Let(before, new Scalar.LoadVector(row, lane, vectorType())),
          new Statement.StoreVector(row, lane, Pool.maximum(there, value)));
    }

    /** The register of a member's value, or of the sum itself. */
    private static String register(int member, String sum) {
      return member == 0 ? sum : "r" + member + "_" + sum;
    }

    /** The rows of sums in memory, at a vector of lanes. */
    Optional<List<Statement>> rows() {
      var results = new ArrayList<Statement>();
      for (int row = 0; row < tile.left().rows() * tile.right().rows(); row++) {
        int f = row % tile.left().rows();
        int g = row / tile.left().rows();
        String sum = "s" + row;
        Scalar at = Ints.plus(tile.result(f, g), Ints.local(lane(0)));
        results.add(
            new Statement.Let(sum, new Scalar.LoadVector(inside.array(sums()), at, vectorType())));
        boolean isWhole =
            results(
                sum,
                lane(0),
                member -> inRow(member, f, g),
                (target, value) -> new Statement.StoreVector(inside.array(target), at, value),
                results);
        if (!isWhole) {
          return Optional.empty();
        }
      }
      return Optional.of(SharedLoads.of(results));
    }

    private interface Store {
      Statement of(Tensor target, Scalar value);
    }

    /** The values of all members, those that are read elsewhere stored; false when one has no vectors. */
    private boolean results(
        String sum, String lane, Function<Equation, Point> at, Store store, List<Statement> results) {
      var registers = new HashMap<Tensor, String>();
      registers.put(contraction.target(), sum);
      for (Equation member : members) {
        Scalar value =
            ExprToScalar.at(
                at.apply(member).withRegisters(registers, Ints.local(lane)),
                Guards.explicit(EquationToLoops.value(member.body())));
        Optional<Scalar> vector = VectorValues.lifted(value, lane, arrays.real(), registers.values());
        if (vector.isEmpty() || inside.usesRows()) {
          return false;
        }
        String name = register(registers.size(), sum);
        results.add(new Statement.Let(name, vector.get()));
        registers.put(member.target(), name);
      }
      for (Tensor target : stored) {
        results.add(store.of(target, new Scalar.Local(registers.get(target), vectorType())));
      }
      return true;
    }

    private ScalarType vectorType() {
      return arrays.real().counterpart();
    }

    private Point inBlock(Equation member, int f, int g, int v, Point.Preamble preamble) {
      Point point = Point.outermost(inside);
      List<Index> outputs = member.outputs();
      for (int axis = 1; axis < outputs.size(); axis++) {
        int within = footprint.within(contraction.outputs().get(axis), f, g);
        point =
            point.with(outputs.get(axis), Ints.plus(Ints.local(position(axis)), Ints.of(within)));
      }
      return point.inLanes(Ints.local(lane(v)), Optional.of(outputs.getFirst()), preamble);
    }

    private Point inRow(Equation member, int f, int g) {
      List<Index> outputs = member.outputs();
      Point point = Point.outermost(inside).with(outputs.getFirst(), Ints.of(0));
      for (int axis = 1; axis < outputs.size(); axis++) {
        Index output = contraction.outputs().get(axis);
        Scalar first = Ints.local(position(axis));
        Scalar at =
            footprint.lane().get().equals(output)
                ? Ints.plus(first, Ints.local(lane(0)))
                : footprint.isAtZero(output)
                    ? Ints.of(0)
                    : Ints.plus(first, Ints.of(footprint.within(output, f, g)));
        point = point.with(outputs.get(axis), at);
      }
      return point;
    }
  }

  private List<String> positions() {
    return IntStream.range(1, contraction.outputs().size()).mapToObj(Epilogue::position).toList();
  }

  private static String position(int axis) {
    return "o" + axis;
  }

  private static String lane(int v) {
    return "lane" + v;
  }
}
