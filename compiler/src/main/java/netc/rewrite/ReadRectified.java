package netc.rewrite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Step;
import netc.ir.Tensor;

/**
 * Where {@code y = max(z, 0)} and nothing else of {@code z} matters later but {@code z > 0}, that is
 * {@code y > 0}: the gradient of a rectifier reads what is kept anyway, and its argument need not be.
 */
public final class ReadRectified implements Pass {
  @Override
  public Program apply(Program program) {
    var rectified = new HashMap<Tensor, Tensor>();
    for (Step step : program.steps()) {
      if (step instanceof Step.Equation equation) {
        Optional<Tensor> argument = argument(equation);
        if (argument.filter(z -> onlyItsSignIsRead(program, z, equation)).isPresent()) {
          rectified.put(argument.get(), equation.target());
        }
      }
    }
    var mapper = new Signs(rectified);
    return new Program(
        program.name(), program.steps().stream().map(mapper::map).toList(), program.results());
  }

  /** The tensor whose positive part an equation is, element by element. */
  private static Optional<Tensor> argument(Step.Equation equation) {
    if (equation.reduction().isEmpty()
        && equation.body() instanceof Expr.Apply(var primitive, var sides)
        && primitive == Primitive.MAX
        && sides.get(0) instanceof Expr.Read read
        && isZero(sides.get(1))
        && read.outside().isEmpty()
        && read.at().equals(Axes.own(equation))
        && read.tensor().shape().equals(equation.target().shape())) {
      return Optional.of(read.tensor());
    }
    return Optional.empty();
  }

  private static boolean onlyItsSignIsRead(Program program, Tensor z, Step.Equation rectifier) {
    boolean isComputed = false;
    boolean isBehind = false;
    for (Step step : program.steps()) {
      isComputed |= step.targets().contains(z);
      if (step.equals(rectifier)) {
        isBehind = true;
        continue;
      }
      long reads = Reads.accesses(step).stream().filter(read -> read.tensor().equals(z)).count();
      if (reads > 0 && (!isBehind || reads != signs(step, z, rectifier.target()))) {
        return false;
      }
    }
    return isComputed && program.results().stream().noneMatch(result -> result.tensor().equals(z));
  }

  /** How often a step reads of z only whether it is positive. */
  private static int signs(Step step, Tensor z, Tensor y) {
    var signs = new Signs(Map.of(z, y));
    signs.map(step);
    return signs.found;
  }

  private static boolean isZero(Expr expr) {
    return expr instanceof Expr.Real(double value) && value == 0;
  }

  /** Reads y instead of z in {@code z > 0}. */
  private static final class Signs extends Mapper {
    private final Map<Tensor, Tensor> rectified;
    private int found;

    Signs(Map<Tensor, Tensor> rectified) {
      this.rectified = rectified;
    }

    @Override
    protected Expr rebuilt(Expr expr) {
      if (expr instanceof Expr.Apply(var primitive, var sides)
          && primitive == Primitive.GREATER
          && sides.get(0) instanceof Expr.Read read
          && isZero(sides.get(1))
          && read.outside().isEmpty()
          && rectified.containsKey(read.tensor())) {
        found++;
        return new Expr.Apply(
            Primitive.GREATER,
            List.of(Expr.read(rectified.get(read.tensor()), read.at()), sides.get(1)));
      }
      return expr;
    }
  }
}
