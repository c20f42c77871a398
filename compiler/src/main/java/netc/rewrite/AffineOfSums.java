package netc.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import netc.ir.Algebra;
import netc.ir.Expr;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Tensor;

/**
 * A formula of three operations or more that is affine in a sum of products, with parameters and states
 * beside it, becomes a product and an addition: {@code w (s - m) / r + b = (w / r) s + (b - m w / r)}, a batch
 * norm behind a convolution. The two coefficients get names, as they are the same at every position. Of
 * anything else it stays as written: there {@code s - m} may be exact, while a sum of products is rounded as
 * much as {@code m w / r}.
 */
public final class AffineOfSums implements Pass {
  private static final int FEWEST_OPERATIONS = 3;

  @Override
  public Program apply(Program program) {
    Set<String> names = Steps.names(program);
    var sums = new HashSet<Tensor>();
    for (Step step : program.steps()) {
      if (step instanceof Step.Equation equation && isSumOfProducts(equation)) {
        sums.add(equation.target());
      }
    }
    return Steps.expanded(program, step -> folded(step, sums, names));
  }

  private static boolean isSumOfProducts(Step.Equation equation) {
    return equation.reduction().filter(r -> r.operator() == Reduction.Operator.SUM).isPresent()
        && Factors.of(equation.body()).above().size() > 1;
  }

  private static List<Step.Single> folded(Step.Single step, Set<Tensor> sums, Set<String> names) {
    if (!(step instanceof Step.Equation equation) || equation.reduction().isPresent()) {
      return List.of(step);
    }
    var folding = new Folding(equation, sums, names);
    Expr body = folding.map(equation.body());
    var steps = new ArrayList<>(folding.naming.defined());
    steps.add(
        new Step.Equation(
            equation.target(), equation.outputs(), equation.reduction(), body, equation.place()));
    return steps;
  }

  /**
   * {@code factor * sum + rest}.
   *
   * @param operations of the formula as it was written
   */
  private record Affine(Expr.Read sum, Expr factor, Optional<Expr> rest, int operations) {
    Affine plus(Expr term) {
      Expr all = rest.map(r -> Algebra.add(r, term)).orElse(term);
      return new Affine(sum, factor, Optional.of(all), operations + 1);
    }

    Affine scaled(UnaryOperator<Expr> scale) {
      return new Affine(sum, scale.apply(factor), rest.map(scale), operations + 1);
    }

    Affine negated() {
      return new Affine(sum, Algebra.negate(factor), rest.map(Algebra::negate), operations);
    }
  }

  /** Rewrites the largest such formulas; branches of choices stay as they are. */
  private static final class Folding extends Mapper {
    private final Set<Tensor> sums;
    private final Naming naming;
    private final long points;

    Folding(Step.Equation equation, Set<Tensor> sums, Set<String> names) {
      this.sums = sums;
      naming = new Naming(equation, names);
      points = Cost.points(Indices.of(equation));
    }

    @Override
    public Expr map(Expr expr) {
      if (expr instanceof Expr.Select || expr instanceof Expr.Read || expr instanceof Expr.Custom) {
        return expr;
      }
      return affine(expr)
          .filter(a -> a.operations() >= FEWEST_OPERATIONS && a.rest().isPresent())
          .filter(a -> isSmall(a.factor()) && isSmall(a.rest().get()))
          .map(
              a ->
                  Algebra.add(
                      Algebra.multiply(coefficient(a.factor()), a.sum()),
                      coefficient(a.rest().get())))
          .orElseGet(() -> super.map(expr));
    }

    private Expr coefficient(Expr expr) {
      return expr instanceof Expr.Apply && !naming.used(expr).isEmpty() ? naming.named(expr) : expr;
    }

    /** Whether it has at most half as many values as the equation has points. */
    private boolean isSmall(Expr expr) {
      return 2 * Cost.points(naming.used(expr)) <= points;
    }

    private Optional<Affine> affine(Expr expr) {
      if (expr instanceof Expr.Read read) {
        return sums.contains(read.tensor()) && read.outside().isEmpty()
            ? Optional.of(new Affine(read, Algebra.ONE, Optional.empty(), 0))
            : Optional.empty();
      }
      if (!(expr instanceof Expr.Apply(var primitive, var arguments))) {
        return Optional.empty();
      }
      Expr first = arguments.getFirst();
      Expr last = arguments.getLast();
      return switch (primitive) {
        case NEGATE -> affine(first).map(Affine::negated);
        case ADD -> with(first, last, Affine::plus).or(() -> with(last, first, Affine::plus));
        case SUBTRACT ->
            with(first, last, (a, term) -> a.plus(Algebra.negate(term)))
                .or(() -> with(last, first, (a, term) -> a.negated().plus(term)));
        case MULTIPLY -> with(first, last, TIMES).or(() -> with(last, first, TIMES));
        case DIVIDE -> with(first, last, (a, by) -> a.scaled(number -> Algebra.divide(number, by)));
        default -> Optional.empty();
      };
    }

    private interface Operation {
      Affine of(Affine affine, Expr coefficient);
    }

    private static final Operation TIMES =
        (affine, by) -> affine.scaled(number -> Algebra.multiply(number, by));

    private Optional<Affine> with(Expr affine, Expr coefficient, Operation operation) {
      return isCoefficient(coefficient)
          ? affine(affine).map(a -> operation.of(a, coefficient))
          : Optional.empty();
    }
  }

  /** Whether it is arithmetic on numbers, parameters and states. */
  private static boolean isCoefficient(Expr expr) {
    return switch (expr) {
      case Expr.Real _ -> true;
      case Expr.Read read -> read.outside().isEmpty() && isVariable(read);
      case Expr.Apply(var primitive, var arguments) ->
          primitive != Primitive.TO_REAL && arguments.stream().allMatch(AffineOfSums::isCoefficient);
      case Expr.Int _, Expr.Bool _, Expr.Position _, Expr.BatchSize _, Expr.Training _, Expr.Select _,
          Expr.Custom _ ->
          false;
    };
  }

  /** No gathers: what stands in the subscripts belongs to the position. */
  private static boolean isVariable(Expr.Read read) {
    boolean[] areVariables = {true};
    Reads.each(
        read,
        each ->
            areVariables[0] &=
                each.tensor().role() == Tensor.Role.PARAMETER || each.tensor().role() == Tensor.Role.STATE);
    return areVariables[0];
  }
}
