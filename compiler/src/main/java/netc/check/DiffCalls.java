package netc.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import netc.check.Operators.Operand;
import netc.check.errors.DerivativeErrors;
import netc.check.errors.ScanErrors;
import netc.check.errors.Warnings;
import netc.grad.Gradient;
import netc.ir.Algebra;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Indices;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.source.Place;
import netc.source.Span;

/**
 * {@code diff(u, x)}: the adjoint equations of u, from the equations so far, become equations of the net,
 * to be differentiated again like any other.
 */
final class DiffCalls {
  private final Elaborator elaborator;

  DiffCalls(Elaborator elaborator) {
    this.elaborator = elaborator;
  }

  Value call(List<Operand> operands, Span call, Context context) {
    if (context.out() instanceof ScanEquations) {
      throw new CheckFailure(
          ScanErrors.cannotStandInside(call, "`diff`", "write it behind the scan"));
    }
    Operand by = operands.get(1);
    Term name = Operators.term(by);
    if (!(name.body() instanceof Expr.Read(Tensor x, var at, var outside))
        || outside.isPresent()
        || !name.type().isReal()) {
      throw new CheckFailure(DerivativeErrors.byNoName(by.span()));
    }
    if (x.role() == Tensor.Role.PARAMETER || x.role() == Tensor.Role.STATE) {
      throw new CheckFailure(DerivativeErrors.byShared(by.span(), x.name()));
    }
    if (!x.isPerExample()) {
      throw new CheckFailure(DerivativeErrors.byShared(by.span(), by.span().text()));
    }
    Tensor u = scalar(operands.getFirst(), context);
    return derivative(u, x, call, operands)
        .map(adjoint -> (Value) new Term(name.axes(), Expr.read(adjoint, at), Type.REAL))
        .orElseGet(() -> zeros(name));
  }

  private static Value zeros(Term like) {
    return new Term(like.axes(), Algebra.ZERO, Type.REAL);
  }

  /** What is differentiated, as a tensor: one number an example. */
  private Tensor scalar(Operand operand, Context context) {
    Term term = Operators.real(Operators.term(operand), operand.span(), context);
    if (!term.isScalar()) {
      throw new CheckFailure(DerivativeErrors.ofTensor(operand.span(), term.shape()));
    }
    Set<netc.ir.Index> free = FreeIndices.of(term.body());
    free.remove(FreshIndices.BATCH);
    if (!free.isEmpty()) {
      String index = FreshIndices.plainName(free.iterator().next());
      throw new CheckFailure(DerivativeErrors.underIndex(operand.span(), index));
    }
    if (term.body() instanceof Expr.Read read
        && read.tensor().rank() == 1
        && read.tensor().isPerExample()) {
      return read.tensor();
    }
    Term own = elaborator.accesses.tensor(term, operand.span(), context);
    return ((Expr.Read) own.body()).tensor();
  }

  private Optional<Tensor> derivative(Tensor u, Tensor x, Span call, List<Operand> operands) {
    Equations equations = elaborator.build.equations();
    List<Step> path = path(equations.steps(), x, u);
    if (u.equals(x)) {
      return Optional.of(ones(call.place()));
    }
    if (path.isEmpty() || !u.isPerExample()) {
      elaborator.build.report(
          Warnings.noPath(call, operands.get(0).span().text(), operands.get(1).span().text()), null);
      return Optional.empty();
    }
    path.forEach(step -> checkPath(step, call));
    Tensor one = ones(call.place());
    int before = equations.steps().size();
    var program = new Program("diff", List.copyOf(equations.steps()), List.of());
    var derived = Gradient.of(program, List.of(new Gradient.Objective(u, one)), List.of(x));
    for (Step step : derived.program().steps().subList(before, derived.program().steps().size())) {
      step.targets().forEach(target -> equations.names().unique(target.name()));
      equations.add(step, false);
    }
    return Optional.ofNullable(derived.gradients().get(x));
  }

  private static void checkPath(Step step, Span call) {
    switch (step) {
      case Step.Single single -> {
        if (Indices.isOverBatch(single)) {
          throw new CheckFailure(DerivativeErrors.through(call, "a reduction over the batch", step.place().line()));
        }
      }
      case Step.Scan scan ->
          throw new CheckFailure(DerivativeErrors.through(call, "a `scan`", scan.place().line()));
    }
  }

  /** {@code du/du}: 1 for each example. */
  private Tensor ones(Place place) {
    Equations equations = elaborator.build.equations();
    Tensor one =
        Tensor.real(equations.names().part("diff"), Tensor.Role.VALUE, List.of(Extent.BATCH));
    equations.add(
        new Step.Equation(
            one, List.of(FreshIndices.BATCH), Optional.empty(), Algebra.ONE, place),
        false);
    return one;
  }

  /** The steps through which {@code to} depends on {@code from}. */
  private static List<Step> path(List<? extends Step> steps, Tensor from, Tensor to) {
    var reached = new HashSet<Tensor>(Set.of(from));
    var forward = new ArrayList<Step>();
    for (Step step : steps) {
      if (Reads.of(step).stream().anyMatch(reached::contains)) {
        reached.addAll(step.targets());
        forward.add(step);
      }
    }
    var needed = new HashSet<Tensor>(Set.of(to));
    var path = new ArrayList<Step>();
    for (Step step : forward.reversed()) {
      if (step.targets().stream().anyMatch(needed::contains)) {
        needed.addAll(Reads.of(step));
        path.add(step);
      }
    }
    return path.reversed();
  }

  /** Whether a body differentiates by one of its own names: such an argument has to be a tensor. */
  static boolean isBy(List<netc.syntax.Statement> statements, String name) {
    boolean[] found = {false};
    netc.syntax.TreeWalk.each(
        statements,
        expression -> {
          if (expression instanceof netc.syntax.Expression.Call call
              && call.callee() instanceof netc.syntax.Expression.Reference callee
              && callee.name().text().equals("diff")
              && call.arguments().size() == 2
              && call.arguments().get(1).value().first()
                  instanceof netc.syntax.Expression.Reference by
              && by.name().text().equals(name)) {
            found[0] = true;
          }
        });
    return found[0];
  }

  /** Gives data arguments by which the body differentiates, and which are computed, tensors. */
  void prepare(List<netc.syntax.Statement> statements, Context callee, Context caller) {
    for (String name : callee.scope().localNames()) {
      if (callee.scope().local(name).orElseThrow()
              instanceof Entity.Bound(Value value, Span span, var labels)
          && value instanceof Term term
          && term.type().isReal()
          && !(term.body() instanceof Expr.Read)
          && isBy(statements, name)) {
        Term own = elaborator.accesses.tensor(term, span, caller);
        callee.scope().put(name, new Entity.Bound(own, span, labels));
      }
    }
  }
}
