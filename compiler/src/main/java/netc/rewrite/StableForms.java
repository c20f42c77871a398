package netc.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.Algebra;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Substitution;
import netc.ir.Tensor;
import netc.ir.Verifier;

/**
 * Textbook formulas in forms that neither overflow nor lose digits: {@code log(exp(e)) = e}, so log of
 * a softmax; {@code log(sigmoid(z)) = -softplus(-z)} and {@code log(1 - sigmoid(z)) = -softplus(z)}.
 */
public final class StableForms implements Pass {
  @Override
  public Program apply(Program program) {
    var rewriter = new Rewriter(Steps.names(program));
    return Steps.expanded(program, rewriter::rewritten);
  }

  private static final class Rewriter extends Mapper {
    private final Set<String> names;
    private final List<Step.Single> defined = new ArrayList<>();
    private final Map<Tensor, Step.Equation> definitions = new HashMap<>();
    private final Map<Tensor, Tensor> softplus = new HashMap<>();
    private final Map<Tensor, Tensor> softplusOfMinus = new HashMap<>();

    Rewriter(Set<String> names) {
      this.names = names;
    }

    List<Step.Single> rewritten(Step.Single step) {
      defined.clear();
      Step.Single mapped = map(step);
      var steps = new ArrayList<>(defined);
      steps.add(Verifier.accepts(mapped) ? mapped : step);
      if (step instanceof Step.Equation equation && equation.reduction().isEmpty()) {
        definitions.put(equation.target(), equation);
      }
      return steps;
    }

    @Override
    protected Expr rebuilt(Expr expr) {
      return expr instanceof Expr.Apply(var primitive, var arguments) && primitive == Primitive.LOG
          ? logarithm(arguments.getFirst()).orElse(expr)
          : expr;
    }

    private Optional<Expr> logarithm(Expr of) {
      if (of instanceof Expr.Read read && definitions.containsKey(read.tensor())) {
        Step.Equation definition = definitions.get(read.tensor());
        return isSigmoid(definition.body())
            ? Optional.of(minusSoftplus(definition, read, true))
            : exponent(definition, read);
      }
      if (of instanceof Expr.Apply(var primitive, var arguments)
          && primitive == Primitive.SUBTRACT
          && Algebra.isNumber(arguments.get(0), 1)
          && arguments.get(1) instanceof Expr.Read read
          && definitions.containsKey(read.tensor())
          && isSigmoid(definitions.get(read.tensor()).body())) {
        return Optional.of(minusSoftplus(definitions.get(read.tensor()), read, false));
      }
      return Optional.empty();
    }

    /** The e of a tensor defined as {@code exp(e)}, at the point where it is read. */
    private static Optional<Expr> exponent(Step.Equation definition, Expr.Read read) {
      if (read.outside().isPresent()
          || definition.outputs().size() != read.at().size()
          || !(definition.body() instanceof Expr.Apply(var primitive, var arguments))
          || primitive != Primitive.EXP) {
        return Optional.empty();
      }
      var positions = new HashMap<Index, Subscript>();
      for (int axis = 0; axis < read.at().size(); axis++) {
        positions.put(definition.outputs().get(axis), read.at().get(axis));
      }
      return Optional.of(new Substitution(positions).map(arguments.getFirst()));
    }

    /** {@code 1 / (1 + exp(-z))} with its own derivative. */
    private static boolean isSigmoid(Expr body) {
      if (!(body instanceof Expr.Custom(var value, var argument, _))) {
        return false;
      }
      Expr power = Expr.apply(Primitive.EXP, Expr.apply(Primitive.NEGATE, argument));
      Expr sum = Expr.apply(Primitive.ADD, Algebra.ONE, power);
      return value.equals(Expr.apply(Primitive.DIVIDE, Algebra.ONE, sum));
    }

    private Expr minusSoftplus(Step.Equation sigmoid, Expr.Read read, boolean ofMinus) {
      Map<Tensor, Tensor> known = ofMinus ? softplusOfMinus : softplus;
      Tensor tensor = known.computeIfAbsent(sigmoid.target(), _ -> define(sigmoid, ofMinus));
      return Algebra.negate(new Expr.Read(tensor, read.at(), outside(read, ofMinus)));
    }

    private static Expr own(Step.Equation equation) {
      return Expr.read(equation.target(), Axes.own(equation));
    }

    /** Where p lay outside, -log of what stood there. */
    private static Optional<Expr> outside(Expr.Read read, boolean ofMinus) {
      return read.outside()
          .map(p -> ofMinus ? p : Algebra.subtract(Algebra.ONE, p))
          .map(p -> Algebra.negate(Expr.apply(Primitive.LOG, p)));
    }

    /** softplus(±z) = max(±z, 0) + log1p(exp(-|z|)), with the derivative p of z, or p - 1. */
    private Tensor define(Step.Equation sigmoid, boolean ofMinus) {
      Expr.Read z = ((Expr.Custom) sigmoid.body()).argument();
      Expr p = own(sigmoid);
      Expr size = Expr.apply(Primitive.ABS, z);
      Expr tail =
          Expr.apply(Primitive.LOG1P, Expr.apply(Primitive.EXP, Expr.apply(Primitive.NEGATE, size)));
      Expr ramp =
          Expr.apply(
              Primitive.MAX, ofMinus ? Expr.apply(Primitive.NEGATE, z) : z, Algebra.ZERO);
      Tensor target = sigmoid.target();
      String name = Steps.unused(target.name(), names);
      Tensor tensor = Tensor.real(name, Tensor.Role.VALUE, target.shape());
      Expr value = Expr.apply(Primitive.ADD, ramp, tail);
      Expr derivative = ofMinus ? Algebra.subtract(p, Algebra.ONE) : p;
      defined.add(
          new Step.Equation(
              tensor,
              sigmoid.outputs(),
              Optional.empty(),
              new Expr.Custom(value, z, derivative),
              sigmoid.place()));
      return tensor;
    }
  }
}
