package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import netc.ir.Index;
import netc.ir.Step.Equation;
import netc.ir.Tensor;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.schedule.Epilogue.Behind;
import netc.schedule.Epilogue.Stores;

/** The statements of an epilogue for every result of one tile. */
final class EpilogueInTile {
  private final Epilogue epilogue;
  private final Equation contraction;
  private final Tile tile;
  private final Footprint footprint;
  private final Arrays arrays;
  private final KernelBuilder inside;
  private final List<Statement> statements = new ArrayList<>();

  /** The vectors that all rows share. */
  private int shared;

  EpilogueInTile(Epilogue epilogue, Tile tile, Footprint footprint, Arrays arrays) {
    this.epilogue = epilogue;
    this.contraction = epilogue.contraction();
    this.tile = tile;
    this.footprint = footprint;
    this.arrays = arrays;
    this.inside = new KernelBuilder(arrays, Optional.empty());
  }

  /** What the tile does with its results; empty when something cannot be a vector. */
  Optional<Stores> stores() {
    for (int v = 0; v < tile.width(); v++) {
      statements.add(new Statement.Let(Epilogue.lane(v), tile.lane(v)));
    }
    boolean areWhole = footprint.lane().isPresent() ? results() : cells();
    return Optional.of(
            new Stores(
                inside.arguments(), inside.references(), epilogue.positions(), shared, statements))
        .filter(_ -> areWhole);
  }

  /** A kernel that finishes the sums which tiles have left in memory; empty when something cannot be a vector. */
  Optional<Behind> behind() {
    return rows()
        .map(
            rows ->
                new Behind(
                    new Kernel(
                        inside.arguments(),
                        Stream.concat(Epilogue.BEHIND.stream(), epilogue.positions().stream()).toList(),
                        List.of(
                            new Statement.ForVectors(
                                Epilogue.lane(0),
                                Ints.of(0),
                                Ints.local(Epilogue.LANES),
                                1,
                                arrays.real(),
                                rows))),
                    inside.references()));
  }

  // ---------- of a block ----------

  private boolean cells() {
    for (int f = 0; f < tile.left().rows(); f++) {
      for (int g = 0; g < tile.right().rows(); g++) {
        if (!cell(f, g)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean cell(int f, int g) {
    var preamble = new Point.Preamble();
    var results = new ArrayList<Statement>();
    for (int v = 0; v < tile.width(); v++) {
      int vector = v;
      boolean isWhole =
          results(
              Tile.accumulator(f, g, v),
              Epilogue.lane(v),
              member -> inBlock(member, f, g, vector, preamble),
              (target, value) ->
                  new Statement.StoreVector(
                      inBlock(epilogue.members().getLast(), f, g, vector, preamble)
                          .row(inside.array(target), arrays.real(), tile.result(f, g)),
                      Ints.local(Epilogue.lane(vector)),
                      value),
              results);
      if (!isWhole) {
        return false;
      }
      epilogue.pool().ifPresent(p -> results.addAll(maximum(p, f, g, vector, preamble)));
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
                        Ints.local(Epilogue.position(axis)),
                        Ints.of(footprint.within(contraction.outputs().get(axis), f, g))))
            .toList();
    String row =
        inBlock(contraction, f, g, v, preamble)
            .row(inside.array(pool.equation().target()), arrays.real(), pool.position(positions));
    Scalar lane = Ints.local(Epilogue.lane(v));
    String last = register(epilogue.members().size(), Tile.accumulator(f, g, v));
    Scalar value = new Scalar.Local(last, vectorType());
    String before = inside.fresh("z");
    Scalar there = new Scalar.Local(before, vectorType());
    return List.of(
        new Statement.Let(before, new Scalar.LoadVector(row, lane, vectorType())),
        new Statement.StoreVector(row, lane, Pool.maximum(there, value)));
  }

  private Point inBlock(Equation member, int f, int g, int v, Point.Preamble preamble) {
    Point point = Point.outermost(inside);
    List<Index> outputs = member.outputs();
    for (int axis = 1; axis < outputs.size(); axis++) {
      int within = footprint.within(contraction.outputs().get(axis), f, g);
      point =
          point.with(outputs.get(axis), Ints.plus(Ints.local(Epilogue.position(axis)), Ints.of(within)));
    }
    return point.inLanes(Ints.local(Epilogue.lane(v)), Optional.of(outputs.getFirst()), preamble);
  }

  // ---------- of one example ----------

  /** Row by row, as they lie in memory. */
  private boolean results() {
    var results = new ArrayList<Statement>();
    for (int f = 0; f < tile.left().rows(); f++) {
      for (int g = 0; g < tile.right().rows(); g++) {
        for (int v = 0; v < tile.width(); v++) {
          if (!atRow(f, g, v, Tile.accumulator(f, g, v), results)) {
            return false;
          }
        }
      }
    }
    List<Statement> all = SharedLoads.of(results);
    shared = all.size() - results.size();
    statements.addAll(all);
    return true;
  }

  /** The rows of sums in memory, at a vector of lanes. */
  private Optional<List<Statement>> rows() {
    var results = new ArrayList<Statement>();
    for (int row = 0; row < tile.left().rows() * tile.right().rows(); row++) {
      int f = row % tile.left().rows();
      int g = row / tile.left().rows();
      String sum = "s" + row;
      String sums = inside.array(epilogue.sums());
      results.add(new Statement.Let(sum, new Scalar.LoadVector(sums, inRow(f, g, 0), vectorType())));
      if (!atRow(f, g, 0, sum, results)) {
        return Optional.empty();
      }
    }
    return Optional.of(SharedLoads.of(results));
  }

  private boolean atRow(int f, int g, int v, String sum, List<Statement> results) {
    return results(
        sum,
        Epilogue.lane(v),
        member -> inRow(member, f, g, v),
        (target, value) -> new Statement.StoreVector(inside.array(target), inRow(f, g, v), value),
        results);
  }

  /** Where results lie, in an array of an example. */
  private Scalar inRow(int f, int g, int v) {
    return Ints.plus(tile.result(f, g), Ints.local(Epilogue.lane(v)));
  }

  private Point inRow(Equation member, int f, int g, int v) {
    List<Index> outputs = member.outputs();
    Point point = Point.outermost(inside).with(outputs.getFirst(), Ints.of(0));
    for (int axis = 1; axis < outputs.size(); axis++) {
      Index output = contraction.outputs().get(axis);
      Scalar first = Ints.local(Epilogue.position(axis));
      Scalar at =
          footprint.lane().get().equals(output)
              ? Ints.plus(first, Ints.local(Epilogue.lane(v)))
              : footprint.isAtZero(output)
                  ? Ints.of(0)
                  : Ints.plus(first, Ints.of(footprint.within(output, f, g)));
      point = point.with(outputs.get(axis), at);
    }
    return point;
  }

  // ---------- of both ----------

  private interface Store {
    Statement of(Tensor target, Scalar value);
  }

  /** The values of all members, those that are read elsewhere stored; false when one has no vectors. */
  private boolean results(
      String sum, String lane, Function<Equation, Point> at, Store store, List<Statement> results) {
    var registers = new HashMap<Tensor, String>();
    registers.put(contraction.target(), sum);
    for (Equation member : epilogue.members()) {
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
    for (Tensor target : epilogue.stored()) {
      results.add(store.of(target, new Scalar.Local(registers.get(target), vectorType())));
    }
    return true;
  }

  private ScalarType vectorType() {
    return arrays.real().counterpart();
  }

  /** The register of a member's value, or of the sum itself. */
  private static String register(int member, String sum) {
    return member == 0 ? sum : "r" + member + "_" + sum;
  }
}
