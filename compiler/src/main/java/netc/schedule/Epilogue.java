package netc.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.Statement;

/**
 * Element-wise equations right behind a contraction of a block, computed while its results are in
 * registers: a bias, an activation, the derivative of one. Only what others read is stored.
 *
 * @param members in their order; each reads what those before it define at its own position only
 * @param stored the targets, of the contraction too, that are stored
 */
record Epilogue(Equation contraction, List<Equation> members, List<Tensor> stored) {
  /** A longer method would keep the JIT compiler busy longer than it saves. */
  private static final int LARGEST_TILE = 3_000;

  /** The longest run of the following steps, if any, that suits tiles up to this one. */
  static Optional<Epilogue> of(
      Equation contraction, List<Step> following, Readers readers, Arrays arrays, Rows rows, Tile largest) {
    var group = new ArrayList<Equation>(List.of(contraction));
    for (Step step : following) {
      if (!(step instanceof Equation equation) || !suits(equation, group, arrays)) {
        break;
      }
      group.add(equation);
    }
    for (int size = group.size(); size > 1; size--) {
      Epilogue epilogue = of(List.copyOf(group.subList(0, size)), readers);
      if (epilogue.fits(largest, rows, arrays)) {
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
            .filter(t -> readers.isReadOutside(t, group) || t.equals(group.getLast().target()))
            .toList());
  }

  private static boolean suits(Equation equation, List<Equation> group, Arrays arrays) {
    List<Index> outputs = equation.outputs();
    List<Index> first = group.getFirst().outputs();
    boolean alike =
        equation.reduction().isEmpty()
            && equation.target().type() == ElementType.REAL
            && arrays.isLanes(equation.target())
            && outputs.stream().map(Index::extent).toList().equals(first.stream().map(Index::extent).toList());
    if (!alike) {
      return false;
    }
    var defined = new HashSet<Tensor>();
    group.forEach(member -> defined.add(member.target()));
    boolean[] reads = {false, true};
    Reads.each(
        equation.body(),
        read -> {
          if (defined.contains(read.tensor())) {
            reads[0] = true;
            reads[1] &= read.outside().isEmpty() && isOwnPosition(read.at(), outputs);
          }
        });
    return reads[0] && reads[1];
  }

  private static boolean isOwnPosition(List<Subscript> at, List<Index> outputs) {
    for (int axis = 0; axis < outputs.size(); axis++) {
      if (Subscripts.bare(at.get(axis)).filter(outputs.get(axis)::equals).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(Tile tile, Rows rows, Arrays arrays) {
    return inTile(tile, rows, arrays)
        .filter(t -> CodeSize.of(t.kernel()) <= LARGEST_TILE)
        .isPresent();
  }

  /** The outputs along which a tile has several results. */
  record Rows(Optional<Index> left, Optional<Index> right) {
    private int within(Index index, int ofLeft, int ofRight) {
      return left.filter(index::equals).isPresent()
          ? ofLeft
          : right.filter(index::equals).isPresent() ? ofRight : 0;
    }
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
  Optional<Tile> inTile(Tile tile, Rows rows, Arrays arrays) {
    return new InTile(tile, rows, arrays).tile();
  }

  /** The epilogue for every result of one tile. */
  private final class InTile {
    private final Tile tile;
    private final Rows rows;
    private final Arrays arrays;
    private final KernelBuilder inside;
    private final List<Statement> statements = new ArrayList<>();

    InTile(Tile tile, Rows rows, Arrays arrays) {
      this.tile = tile;
      this.rows = rows;
      this.arrays = arrays;
      this.inside = new KernelBuilder(arrays, Optional.empty());
    }

    Optional<Tile> tile() {
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
      List<String> positions =
          IntStream.range(1, contraction.outputs().size()).mapToObj(Epilogue::position).toList();
      return Optional.of(
          tile.with(new Stores(inside.arguments(), inside.references(), positions, statements)));
    }

    private boolean cell(int f, int g) {
      var preamble = new Point.Preamble();
      var results = new ArrayList<Statement>();
      for (int v = 0; v < tile.width(); v++) {
        var registers = new HashMap<Tensor, String>();
        registers.put(contraction.target(), Tile.accumulator(f, g, v));
        for (Equation member : members) {
          Scalar value =
              ExprToScalar.at(
                  point(member, f, g, v, preamble).withRegisters(registers),
                  Guards.explicit(EquationToLoops.value(member.body())));
          Optional<Scalar> vector = VectorValues.lifted(value, lane(v), arrays.real(), registers.values());
          if (vector.isEmpty() || inside.usesRows()) {
            return false;
          }
          String name = "r" + registers.size() + "_" + f + "_" + g + "_" + v;
          results.add(new Statement.Let(name, vector.get()));
          registers.put(member.target(), name);
        }
        for (Tensor target : stored) {
          String row =
              point(members.getLast(), f, g, v, preamble)
                  .row(inside.array(target), arrays.real(), tile.result(f, g));
          results.add(
              new Statement.StoreVector(
                  row,
                  Ints.local(lane(v)),
                  new Scalar.Local(registers.get(target), arrays.real().counterpart())));
        }
      }
      statements.addAll(preamble.statements());
      statements.addAll(results);
      return true;
    }

    private Point point(Equation member, int f, int g, int v, Point.Preamble preamble) {
      Point point = Point.outermost(inside);
      List<Index> outputs = member.outputs();
      for (int axis = 1; axis < outputs.size(); axis++) {
        int within = rows.within(contraction.outputs().get(axis), f, g);
        point =
            point.with(outputs.get(axis), Ints.plus(Ints.local(position(axis)), Ints.of(within)));
      }
      return point.inLanes(Ints.local(lane(v)), Optional.of(outputs.getFirst()), preamble);
    }
  }

  private static String position(int axis) {
    return "o" + axis;
  }

  private static String lane(int v) {
    return "lane" + v;
  }
}
