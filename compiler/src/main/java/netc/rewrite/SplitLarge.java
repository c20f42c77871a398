package netc.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;

/**
 * Takes formulas apart that would not fit into one small method, which is all that the JIT compiler
 * optimises: parts of them get equations of their own. Second derivatives grow like that. The length is
 * an estimate; where a method came out too long, {@link Forms#split} comes back with a smaller one.
 */
public final class SplitLarge implements Pass {
  /** The most bytes of bytecode that a formula may need, as estimated; branches may be written twice. */
  static final int LARGEST = 3000;

  /** Smaller formulas than this are left alone. */
  static final int SMALLEST = 100;

  /** The most numbers of an example that a part may need where its formula needs fewer. */
  private static final long MOST_POINTS = 1 << 16;

  private final int largest;

  /** From so many bytes on a part is worth an array. */
  private final int part;

  SplitLarge(int largest) {
    this.largest = largest;
    this.part = largest / 4;
  }

  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    return Steps.expanded(program, step -> split(step, names));
  }

  private List<Step.Single> split(Step.Single step, Set<String> names) {
    if (bytes(step) <= largest) {
      return List.of(step);
    }
    var naming = new Naming(step, names);
    long most = Math.max(MOST_POINTS, Cost.points(outputs(step)));
    var parts =
        new Mapper() {
          @Override
          protected Expr rebuilt(Expr expr) {
            boolean isPart = bytes(expr) >= part && Cost.points(naming.used(expr)) <= most;
            return isPart ? naming.named(expr) : expr;
          }
        };
    Step.Single smaller =
        switch (step) {
          case Step.Equation(var target, var outputs, var reduction, var body, var place) ->
              new Step.Equation(
                  target, outputs, reduction.map(r -> filtered(r, parts)), parts.map(body), place);
          case Step.Scatter(var target, var at, var domain, var filter, var body, var place) ->
              new Step.Scatter(target, at, domain, filter.map(parts::map), parts.map(body), place);
        };
    var steps = new ArrayList<>(naming.defined());
    steps.add(smaller);
    return steps;
  }

  private static Reduction filtered(Reduction reduction, Mapper parts) {
    return new Reduction(
        reduction.operator(), reduction.indices(), reduction.filter().map(parts::map));
  }

  private static List<Index> outputs(Step.Single step) {
    return switch (step) {
      case Step.Equation equation -> equation.outputs();
      case Step.Scatter scatter -> scatter.domain();
    };
  }

  private static int bytes(Step.Single step) {
    return switch (step) {
      case Step.Equation equation ->
          bytes(equation.body())
              + equation.reduction().flatMap(Reduction::filter).map(SplitLarge::bytes).orElse(0);
      case Step.Scatter scatter ->
          bytes(scatter.body()) + scatter.filter().map(SplitLarge::bytes).orElse(0);
    };
  }

  /** About how long the bytecode of an expression is. */
  private static int bytes(Expr expr) {
    return switch (expr) {
      case Expr.Apply(_, var arguments) -> 6 + arguments.stream().mapToInt(SplitLarge::bytes).sum();
      case Expr.Select(var condition, var then, var otherwise) ->
          10 + bytes(condition) + bytes(then) + bytes(otherwise);
      case Expr.Custom(var value, _, _) -> bytes(value);
      case Expr.Read(_, var at, var outside) ->
          8 + at.size() * 8 + outside.map(o -> at.size() * 24 + bytes(o)).orElse(0);
      case Expr.Real _, Expr.Int _, Expr.Bool _, Expr.Position _ -> 4;
      case Expr.BatchSize _, Expr.Training _ -> 4;
    };
  }
}
