package netc.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import netc.ir.Expr;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Step;

/**
 * Takes formulas apart that would not fit into one small method, which is all that the JIT compiler
 * optimises: parts of them get equations of their own. Second derivatives grow like that.
 */
public final class SplitLarge implements Pass {
  /** The most bytes of bytecode that a formula may need; branches may be written twice. */
  private static final int LARGEST = 3000;

  /** From so many bytes on a part is worth an array. */
  private static final int PART = 700;

  /** The most numbers of an example that a part may need where its formula needs fewer. */
  private static final long MOST_POINTS = 1 << 16;

  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    return Steps.expanded(program, step -> split(step, names));
  }

  private static List<Step.Single> split(Step.Single step, Set<String> names) {
    if (!(step instanceof Step.Equation equation) || bytes(equation.body()) <= LARGEST) {
      return List.of(step);
    }
    var naming = new Naming(equation, names);
    long most = Math.max(MOST_POINTS, Cost.points(equation.outputs()));
    var mapper =
        new Mapper() {
          @Override
          protected Expr rebuilt(Expr expr) {
            boolean isPart =
                bytes(expr) >= PART && Cost.points(naming.used(expr)) <= most;
            return isPart ? naming.named(expr) : expr;
          }
        };
    Expr body = mapper.map(equation.body());
    var steps = new ArrayList<>(naming.defined());
    steps.add(
        new Step.Equation(
            equation.target(), equation.outputs(), equation.reduction(), body, equation.place()));
    return steps;
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
