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
  /** The most nodes of a formula that stays whole: some 5,000 bytes of a kernel. */
  private static final int LARGEST = 160;

  /** From so many nodes on a part is worth an array. */
  private static final int PART = 40;

  /** The most numbers of an example that a part may need where its formula needs fewer. */
  private static final long MOST_POINTS = 1 << 16;

  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    return Steps.expanded(program, step -> split(step, names));
  }

  private static List<Step.Single> split(Step.Single step, Set<String> names) {
    if (!(step instanceof Step.Equation equation) || Cost.size(equation.body()) <= LARGEST) {
      return List.of(step);
    }
    var naming = new Naming(equation, names);
    long most = Math.max(MOST_POINTS, Cost.points(equation.outputs()));
    var mapper =
        new Mapper() {
          @Override
          protected Expr rebuilt(Expr expr) {
            boolean isPart =
                Cost.size(expr) >= PART && Cost.points(naming.used(expr)) <= most;
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
}
