package netc.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Substitution;

/**
 * Splits an index i of which {@code div(i, d)} or {@code mod(i, d)} is read, where d divides its range,
 * into two: positions become affine, which is faster to walk and has an inverse for the adjoint.
 */
public final class SplitIndices implements Pass {
  @Override
  public Program apply(Program program) {
    var steps = new ArrayList<Step>();
    for (Step step : program.steps()) {
      steps.add(
          switch (step) {
            case Step.Single single -> split(single, Optional.empty());
            case Step.Scan(var time, var isReverse, var body, var place) -> {
              var inside = body.stream().map(s -> split(s, Optional.of(time))).toList();
              yield new Step.Scan(time, isReverse, inside, place);
            }
          });
    }
    return new Program(program.name(), steps, program.results());
  }

  /** In conditions the same divisions become the same parts, or they would prove nothing any more. */
  private static final Mapper DIVISIONS =
      new Mapper() {
        @Override
        protected Expr rebuilt(Expr expr) {
          if (expr instanceof Expr.Apply(var primitive, var arguments)
              && (primitive == Primitive.FLOOR_DIVIDE || primitive == Primitive.REMAINDER)
              && arguments.get(1) instanceof Expr.Int(long by)) {
            return Subscripts.affine(arguments.get(0))
                .map(
                    of ->
                        primitive == Primitive.FLOOR_DIVIDE
                            ? Subscripts.quotient(of, (int) by)
                            : Subscripts.remainder(of, (int) by))
                .map(Subscripts::toExpr)
                .orElse(expr);
          }
          return expr;
        }
      };

  private record Split(Index index, int divisor) {}

  /** The time of a scan stays whole. */
  private static Step.Single split(Step.Single step, Optional<Index> time) {
    Step.Single result = step;
    for (Optional<Split> next = find(result, time);
        next.isPresent();
        next = find(result, time)) {
      result = split(result, next.get());
    }
    return result;
  }

  /** The first division of a bare index by a divisor of its range. */
  private static Optional<Split> find(Step.Single step, Optional<Index> time) {
    Stream<Subscript> targets =
        step instanceof Step.Scatter scatter ? scatter.at().stream() : Stream.empty();
    return Stream.concat(
            Reads.accesses(step).stream().flatMap(read -> read.at().stream()), targets)
        .flatMap(SplitIndices::divisions)
        .filter(split -> time.filter(split.index()::equals).isEmpty())
        .findFirst();
  }

  private static Stream<Split> divisions(Subscript subscript) {
    return switch (subscript) {
      case Subscript.Affine _, Subscript.Gathered _ -> Stream.empty();
      case Subscript.Quotient(var of, int by) -> Stream.concat(division(of, by), divisions(of));
      case Subscript.Remainder(var of, int by) -> Stream.concat(division(of, by), divisions(of));
      case Subscript.Exact(var of, _) -> divisions(of);
      case Subscript.Clamp(var of, _) -> divisions(of);
      case Subscript.Wrap(var of, _) -> divisions(of);
      case Subscript.Plus(var left, var right) ->
          Stream.concat(divisions(left), divisions(right));
    };
  }

  private static Stream<Split> division(Subscript of, int by) {
    return Subscripts.bare(of)
        .filter(i -> i.extent() instanceof Extent.Const(int size) && size % by == 0)
        .map(i -> new Split(i, by))
        .stream();
  }

  private static Step.Single split(Step.Single step, Split split) {
    Set<String> names = new HashSet<>();
    Indices.of(step).forEach(index -> names.add(index.name()));
    int size = split.index().extent().size();
    var coarse = new Index(Steps.unused(split.index().name(), names), Extent.of(size / split.divisor()));
    var fine = new Index(Steps.unused(split.index().name(), names), Extent.of(split.divisor()));
    List<Index> parts = List.of(coarse, fine);
    var substitution = new Substitution(Map.of(split.index(), Subscripts.fused(parts)));
    return switch (DIVISIONS.map(substitution.map(step))) {
      case Step.Equation(var target, var outputs, var reduction, var body, var place) ->
          new Step.Equation(
              target,
              replaced(outputs, split.index(), parts),
              reduction.map(
                  r ->
                      new Reduction(
                          r.operator(), replaced(r.indices(), split.index(), parts), r.filter())),
              body,
              place);
      case Step.Scatter(var target, var at, var domain, var filter, var body, var place) ->
          new Step.Scatter(
              target, at, replaced(domain, split.index(), parts), filter, body, place);
    };
  }

  private static List<Index> replaced(List<Index> indices, Index index, List<Index> parts) {
    var replaced = new ArrayList<Index>();
    for (Index each : indices) {
      if (each.equals(index)) {
        replaced.addAll(parts);
      } else {
        replaced.add(each);
      }
    }
    return replaced;
  }
}
