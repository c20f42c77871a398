package netc.rewrite;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import netc.ir.Constants;
import netc.ir.Expr;
import netc.ir.Guards;
import netc.ir.Index;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Substitution;
import netc.ir.Tensor;

/**
 * Reads the original instead of a copy: of transposed, sliced and reshaped tensors wherever the position
 * stays affine, and of tensors that hold one number.
 */
public final class InlineCopies implements Pass {
  @Override
  public Program apply(Program program) {
    var copies = new HashMap<Tensor, Step.Equation>();
    var mapper = new Originals(copies);
    for (Step step : program.steps()) {
      if (step instanceof Step.Scan scan) {
        scan.body().stream()
            .filter(each -> !isCustom(each))
            .map(mapper::map)
            .forEach(each -> ofTheSameTime(each, scan.time(), copies));
      }
    }
    return Steps.mapped(
        program,
        step -> {
          Step.Single mapped = isCustom(step) ? step : mapper.map(step);
          if (mapped instanceof Step.Equation equation && isCopy(equation)) {
            copies.put(equation.target(), equation);
          }
          return mapped;
        });
  }

  /**
   * A scan reads at other times what it copies further down: the original is there whenever the copy is,
   * if that is the whole of it and of the same time.
   */
  private static void ofTheSameTime(
      Step.Single step, Index time, Map<Tensor, Step.Equation> copies) {
    if (step instanceof Step.Equation equation
        && isCopy(equation)
        && equation.body() instanceof Expr.Read original
        && isBijection(equation)
        && original.at().indexOf(Subscript.of(time)) == equation.outputs().indexOf(time)) {
      copies.put(equation.target(), equation);
    }
  }

  /** The argument of a function with its own derivative has to stay what it is. */
  private static boolean isCustom(Step.Single step) {
    return step instanceof Step.Equation equation && equation.body() instanceof Expr.Custom;
  }

  private static boolean isCopy(Step.Equation equation) {
    if (equation.reduction().isPresent()
        || equation.outputs().size() != equation.target().rank()) {
      return false;
    }
    return switch (equation.body()) {
      case Expr.Read read ->
          read.outside().isEmpty() && read.at().stream().allMatch(Subscript.Affine.class::isInstance);
      case Expr.Real _, Expr.Int _, Expr.Bool _ -> true;
      default -> false;
    };
  }

  private static final class Originals extends Mapper {
    private final Map<Tensor, Step.Equation> copies;

    Originals(Map<Tensor, Step.Equation> copies) {
      this.copies = copies;
    }

    /** A whole number as a real: it is inlined, too, as a weight of ones is. */
    @Override
    protected Expr rebuilt(Expr expr) {
      return expr instanceof Expr.Apply apply && apply.primitive() == Primitive.TO_REAL
          ? Constants.fold(apply)
          : expr;
    }

    @Override
    protected Expr read(Expr.Read read) {
      Step.Equation copy = copies.get(read.tensor());
      if (copy == null) {
        return read;
      }
      var positions = new HashMap<Index, Subscript>();
      for (int axis = 0; axis < read.at().size(); axis++) {
        positions.put(copy.outputs().get(axis), read.at().get(axis));
      }
      Expr original = new Substitution(positions).map(copy.body());
      if (!(original instanceof Expr.Read found)) {
        return read.outside().isEmpty() || Guards.isAlwaysInside(read)
            ? original
            : read;
      }
      if (read.outside().isEmpty()) {
        return isPlain(read, found) ? found : read;
      }
      return isBijection(copy) ? new Expr.Read(found.tensor(), found.at(), read.outside()) : read;
    }

    /** Whether no position becomes harder than it was. */
    private static boolean isPlain(Expr.Read before, Expr.Read after) {
      boolean wasAffine = before.at().stream().allMatch(Subscript.Affine.class::isInstance);
      boolean isAffine = after.at().stream().allMatch(Subscript.Affine.class::isInstance);
      return isAffine || !wasAffine && after.at().stream().noneMatch(s -> s instanceof Subscript.Plus);
    }
  }

  /** Whether the copy has the same axes as the original, in some order: then inside is inside. */
  private static boolean isBijection(Step.Equation copy) {
    Expr.Read body = (Expr.Read) copy.body();
    var seen = new HashSet<Index>();
    for (int axis = 0; axis < body.at().size(); axis++) {
      Index index = Subscripts.bare(body.at().get(axis)).orElse(null);
      if (index == null
          || !index.extent().equals(body.tensor().shape().get(axis))
          || !seen.add(index)) {
        return false;
      }
    }
    return seen.containsAll(List.copyOf(copy.outputs()));
  }
}
