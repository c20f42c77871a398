package netc.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.FixedPosition;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;

/**
 * A tensor that has another one's numbers at one position and zeros at all others, such as one gate's
 * part of the adjoint of all gates, is not made: formulas at the same points read the other one there.
 */
public final class InlinePlacements implements Pass {
  @Override
  public Program apply(Program program) {
    var placements = new HashMap<Tensor, Step.Equation>();
    var steps = new ArrayList<Step>();
    for (Step step : program.steps()) {
      steps.add(
          switch (step) {
            case Step.Single single -> inlined(single, placements);
            case Step.Scan(var time, var isReverse, var body, var place) -> {
              var inside = new HashMap<Tensor, Step.Equation>();
              List<Step.Single> mapped = body.stream().map(each -> inlined(each, inside)).toList();
              placements.putAll(inside);
              yield new Step.Scan(time, isReverse, mapped, place);
            }
          });
    }
    return new Program(program.name(), steps, program.results());
  }

  /** The step without placements that are known; it is one itself from here on, if it is of that form. */
  private static Step.Single inlined(Step.Single step, Map<Tensor, Step.Equation> placements) {
    if (!(step instanceof Step.Equation equation)
        || equation.reduction().isPresent()
        || equation.body() instanceof Expr.Custom) {
      return step;
    }
    var mapper =
        new Mapper() {
          @Override
          protected Expr read(Expr.Read read) {
            Step.Equation placement = placements.get(read.tensor());
            return placement == null
                ? read
                : Fuse.samePoints(equation, placement, read, Set.of()).orElse(read);
          }
        };
    Step.Single mapped = mapper.map(step);
    if (mapped instanceof Step.Equation now && isPlacement(now.body())) {
      placements.put(now.target(), now);
    }
    return mapped;
  }

  private static boolean isPlacement(Expr body) {
    return body instanceof Expr.Select(var condition, var then, Expr.Real _)
        && FixedPosition.of(condition).isPresent()
        && then instanceof Expr.Read read
        && read.outside().isEmpty()
        && read.at().stream().allMatch(Subscript.Affine.class::isInstance);
  }
}
