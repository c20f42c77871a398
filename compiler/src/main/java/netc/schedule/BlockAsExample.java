package netc.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;

/**
 * A block of examples as the one example of another program, whose tensors have the rows of the block as
 * an axis in front of their own: what is computed is the same, and every layer {@code y[j] = sum[k]
 * w[j,k] x[k]} is a matrix product {@code y[n,j] = sum[k] w[j,k] x[n,k]}.
 */
final class BlockAsExample extends Mapper {
  private final int rows;

  /** The row in the step that is being mapped. */
  private Index row;

  private BlockAsExample(int rows) {
    this.rows = rows;
  }

  /**
   * The other program; empty where examples look at each other or steps are of a kind that has no such
   * block.
   *
   * @param rows of a block
   */
  static Optional<Program> of(Program program, int rows) {
    boolean isApart =
        program.steps().stream().allMatch(BlockAsExample::isOfOneExample)
            && program.inputs().stream().noneMatch(t -> t.role() == Tensor.Role.SAMPLE || t.rowAxes() > 0)
            && !Phases.areTogether(program);
    var block = new BlockAsExample(rows);
    return isApart
        ? Optional.of(
            new Program(
                program.name(),
                program.steps().stream().map(block::map).toList(),
                program.results().stream()
                    .map(r -> new Program.Result(r.name(), block.tensor(r.tensor())))
                    .toList()))
        : Optional.empty();
  }

  /** What becomes of an input or result. */
  static Tensor tensor(Tensor tensor, int rows) {
    return new BlockAsExample(rows).tensor(tensor);
  }

  /** The equation of all rows of a block; it must be of one example. */
  static Step.Equation of(Step.Equation equation, int rows) {
    return (Step.Equation) new BlockAsExample(rows).map(equation);
  }

  /** Whether it reads and makes what one example has, or nothing of any example. */
  static boolean isOfOneExample(Step step) {
    if (!(step instanceof Step.Equation equation)) {
      return false;
    }
    Set<Index> examples = new HashSet<>();
    boolean hasRows = false;
    for (Index index : Indices.of(equation)) {
      hasRows |= index.extent().isRows();
      if (index.extent().isBatch()) {
        examples.add(index);
      }
    }
    boolean isPerExample = equation.target().isPerExample();
    return !hasRows
        && examples.size() == (isPerExample ? 1 : 0)
        && (!isPerExample || equation.outputs().getFirst().extent().isBatch());
  }

  @Override
  public Step.Single map(Step.Single step) {
    var equation = (Step.Equation) step;
    if (!equation.target().isPerExample()) {
      return equation;
    }
    row = new Index(freshName(equation), Extent.of(rows));
    var mapped = (Step.Equation) super.map(step);
    var outputs = new ArrayList<>(mapped.outputs());
    outputs.add(1, row);
    return new Step.Equation(
        tensor(mapped.target()), outputs, mapped.reduction(), mapped.body(), mapped.place());
  }

  private static String freshName(Step.Equation equation) {
    List<String> taken = Indices.of(equation).stream().map(Index::name).toList();
    String name = "row";
    while (taken.contains(name)) {
      name += "'";
    }
    return name;
  }

  @Override
  protected Expr read(Expr.Read read) {
    if (!read.tensor().isPerExample()) {
      return read;
    }
    var at = new ArrayList<>(read.at());
    at.add(1, Subscript.of(row));
    return new Expr.Read(tensor(read.tensor()), at, read.outside());
  }

  private Tensor tensor(Tensor tensor) {
    if (!tensor.isPerExample()) {
      return tensor;
    }
    var shape = new ArrayList<>(tensor.shape());
    shape.add(1, Extent.of(rows));
    return new Tensor(tensor.name(), tensor.role(), tensor.type(), shape, tensor.interval());
  }
}
