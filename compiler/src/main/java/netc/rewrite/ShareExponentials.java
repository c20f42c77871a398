package netc.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.Algebra;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Step.Equation;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Substitution;
import netc.ir.Tensor;

/**
 * {@code e^(u_k − log Σ_j e^(u_j)) = e^(u_k) · (1 / Σ_j e^(u_j))}: the exponentials of a softmax are
 * computed once and kept, for their sum and for what they are of it.
 */
public final class ShareExponentials implements Pass {
  @Override
  public Program apply(Program program) {
    return new Sharing(program).shared();
  }

  /** A sum of exponentials: its exponents, and where those are kept, if something reads them. */
  private static final class Sum {
    private final Equation sum;
    private final Expr exponent;
    private Optional<Tensor> exponentials;
    private Optional<Tensor> inverse = Optional.empty();

    Sum(Equation sum, Expr exponent, Optional<Tensor> exponentials) {
      this.sum = sum;
      this.exponent = exponent;
      this.exponentials = exponentials;
    }

    private List<Index> points() {
      var points = new ArrayList<>(sum.outputs());
      points.addAll(sum.reduction().orElseThrow().indices());
      return points;
    }
  }

  private static final class Sharing extends Mapper {
    private final Program program;
    private final Set<String> names;
    private final Map<Tensor, Equation> definitions = new HashMap<>();
    private final Map<Tensor, Sum> sums = new LinkedHashMap<>();

    Sharing(Program program) {
      this.program = program;
      this.names = Steps.names(program);
    }

    Program shared() {
      var steps = new ArrayList<Step>();
      for (Step step : program.steps()) {
        if (!(step instanceof Equation equation)) {
          steps.add(step);
          continue;
        }
        Equation mapped = equation.reduction().isEmpty() ? (Equation) map(equation) : equation;
        definitions.put(mapped.target(), mapped);
        sum(mapped).ifPresent(sum -> sums.put(mapped.target(), sum));
        steps.add(mapped);
      }
      return new Program(
          program.name(), steps.stream().flatMap(s -> withKept(s).stream()).toList(), program.results());
    }

    private Optional<Sum> sum(Equation equation) {
      Optional<Reduction> reduction = equation.reduction();
      boolean isPlainSum =
          reduction
                  .filter(r -> r.operator() == Reduction.Operator.SUM && r.filter().isEmpty())
                  .filter(r -> r.indices().stream().allMatch(i -> i.extent() instanceof Extent.Const))
                  .isPresent()
              && equation.outputs().size() == equation.target().rank();
      if (!isPlainSum) {
        return Optional.empty();
      }
      if (exponent(equation.body()).isPresent()) {
        return Optional.of(new Sum(equation, exponent(equation.body()).get(), Optional.empty()));
      }
      return atPoints(equation.body())
          .flatMap(
              body ->
                  exponent(body).map(e -> new Sum(equation, e, Optional.empty())))
          .map(sum -> keptAlready(sum, (Expr.Read) equation.body()));
    }

    /** The tensor that is summed is the one to read, if its axes are the points of the sum in order. */
    private static Sum keptAlready(Sum sum, Expr.Read read) {
      List<Subscript> own = sum.points().stream().map(i -> (Subscript) Subscript.of(i)).toList();
      sum.exponentials = read.at().equals(own) ? Optional.of(read.tensor()) : Optional.empty();
      return sum;
    }

    private static Optional<Expr> exponent(Expr expr) {
      return expr instanceof Expr.Apply(var primitive, var arguments) && primitive == Primitive.EXP
          ? Optional.of(arguments.getFirst())
          : Optional.empty();
    }

    /** What is read, as it is computed. */
    private Optional<Expr> atPoints(Expr expr) {
      if (!(expr instanceof Expr.Read read) || read.outside().isPresent()) {
        return Optional.empty();
      }
      Equation definition = definitions.get(read.tensor());
      if (definition == null
          || definition.reduction().isPresent()
          || definition.outputs().size() != read.at().size()) {
        return Optional.empty();
      }
      return Optional.of(new Substitution(positions(definition.outputs(), read.at())).map(definition.body()));
    }

    private static Map<Index, Subscript> positions(List<Index> indices, List<Subscript> at) {
      var positions = new HashMap<Index, Subscript>();
      for (int axis = 0; axis < indices.size(); axis++) {
        positions.put(indices.get(axis), at.get(axis));
      }
      return positions;
    }

    @Override
    protected Expr rebuilt(Expr expr) {
      return exponent(expr)
          .filter(e -> e instanceof Expr.Apply(var primitive, _) && primitive == Primitive.SUBTRACT)
          .map(e -> ((Expr.Apply) e).arguments())
          .flatMap(sides -> share(sides.get(0), sides.get(1)))
          .orElse(expr);
    }

    /** The exponential of what is left when the logarithm of a sum is taken from the exponent. */
    private Optional<Expr> share(Expr exponent, Expr logarithm) {
      Optional<Expr.Read> ofSum =
          atPoints(logarithm)
              .filter(l -> l instanceof Expr.Apply(var primitive, _) && primitive == Primitive.LOG)
              .map(l -> ((Expr.Apply) l).arguments().getFirst())
              .filter(s -> s instanceof Expr.Read read && sums.containsKey(read.tensor()))
              .map(s -> (Expr.Read) s);
      return ofSum.flatMap(read -> share(exponent, sums.get(read.tensor()), read.at()));
    }

    private Optional<Expr> share(Expr exponent, Sum sum, List<Subscript> at) {
      List<Index> reduced = sum.sum.reduction().orElseThrow().indices();
      var indices = new LinkedHashSet<>(Indices.in(exponent));
      at.forEach(subscript -> Subscripts.bare(subscript).ifPresent(indices::remove));
      if (reduced.size() != 1) {
        return Optional.empty();
      }
      for (Index index : indices) {
        var whole = new ArrayList<>(at);
        whole.add(Subscript.of(index));
        Expr there = new Substitution(positions(sum.points(), whole)).map(sum.exponent);
        if (index.extent().equals(reduced.getFirst().extent()) && there.equals(exponent)) {
          return Optional.of(
              Expr.apply(
                  Primitive.MULTIPLY,
                  Expr.read(exponentials(sum), whole),
                  Expr.read(inverse(sum), at)));
        }
      }
      return Optional.empty();
    }

    private Tensor exponentials(Sum sum) {
      if (sum.exponentials.isEmpty()) {
        sum.exponentials = Optional.of(tensor(sum, sum.points()));
      }
      return sum.exponentials.get();
    }

    private Tensor inverse(Sum sum) {
      if (sum.inverse.isEmpty()) {
        sum.inverse = Optional.of(tensor(sum, sum.sum.outputs()));
      }
      return sum.inverse.get();
    }

    private Tensor tensor(Sum sum, List<Index> indices) {
      return Tensor.real(
          Steps.unused(sum.sum.target().name(), names),
          Tensor.Role.VALUE,
          indices.stream().map(Index::extent).toList());
    }

    /** A sum with the exponentials that it reads in front of it, and its inverse behind. */
    private List<Step> withKept(Step step) {
      if (!(step instanceof Equation equation)
          || !sums.containsKey(equation.target())
          || sums.get(equation.target()).inverse.isEmpty()) {
        return List.of(step);
      }
      Sum sum = sums.get(equation.target());
      var steps = new ArrayList<Step>();
      Tensor kept = sum.exponentials.orElseThrow();
      Equation reading = equation;
      if (!definitions.containsKey(kept)) {
        Expr exponential = Expr.apply(Primitive.EXP, sum.exponent);
        steps.add(elementwise(kept, sum.points(), exponential, equation));
        List<Subscript> own = sum.points().stream().map(i -> (Subscript) Subscript.of(i)).toList();
        reading =
            new Equation(
                equation.target(),
                equation.outputs(),
                equation.reduction(),
                Expr.read(kept, own),
                equation.place());
      }
      steps.add(reading);
      Expr inverse =
          Expr.apply(
              Primitive.DIVIDE, Algebra.ONE, Expr.read(equation.target(), Axes.own(equation)));
      steps.add(elementwise(sum.inverse.orElseThrow(), equation.outputs(), inverse, equation));
      return steps;
    }

    private static Equation elementwise(Tensor target, List<Index> outputs, Expr body, Equation at) {
      return new Equation(target, outputs, Optional.empty(), body, at.place());
    }
  }
}
