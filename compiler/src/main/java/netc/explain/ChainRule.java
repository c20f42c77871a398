package netc.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import netc.ir.Algebra;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Substitution;
import netc.ir.Tensor;

/**
 * The train form read as mathematics of one example: the factor of the loss in the objective is 1, and
 * what the gradient of a parameter sums over the batch is one term. Where rows see each other, what they
 * all give to one of them, or to what they share, stays a sum over the batch.
 *
 * @param network what is computed forwards
 * @param adjoints the chain rule, an equation a step
 * @param closed the same with every step put into its readers that is no sum
 * @param differentiated the tensors of {@code adjoints}
 */
record ChainRule(
    List<Step.Single> network,
    List<Step.Single> adjoints,
    List<Step.Single> closed,
    Set<Tensor> differentiated) {

  /** A formula that has grown longer is no longer easier to read than its parts. */
  private static final int LONGEST = 40;

  static ChainRule of(Program train) {
    List<Step.Single> all = Scans.flat(train.steps());
    Set<Tensor> ones = ones(train, all);
    Set<Tensor> backwards = backwards(all, ones);
    Set<Tensor> results =
        train.results().stream().map(Program.Result::tensor).collect(Collectors.toSet());
    boolean areApart =
        all.stream()
            .noneMatch(
                s ->
                    Indices.isOverBatch(s)
                        && !backwards.contains(s.target())
                        && !ones.contains(s.target()));
    var network = new ArrayList<Step.Single>();
    var adjoints = new ArrayList<Step.Single>();
    for (Step.Single step : all) {
      if (backwards.contains(step.target())) {
        boolean isTerm = areApart || results.contains(step.target());
        adjoints.add(ofOneExample(step, ones, isTerm));
      } else if (!ones.contains(step.target())) {
        network.add(step);
      }
    }
    return new ChainRule(network, adjoints, closed(adjoints, results), backwards);
  }

  /** The factor of the loss, and its sum over the batch. */
  private static Set<Tensor> ones(Program train, List<Step.Single> all) {
    var ones = new HashSet<Tensor>();
    train.inputs().stream().filter(t -> t.role() == Tensor.Role.SEED).forEach(ones::add);
    for (Step.Single step : all) {
      if (step instanceof Step.Equation equation
          && equation.body() instanceof Expr.Read read
          && read.tensor().role() == Tensor.Role.SEED) {
        ones.add(step.target());
      }
    }
    return ones;
  }

  /** Everything that the factor of the loss reaches; in a scan also what stands before it. */
  private static Set<Tensor> backwards(List<Step.Single> all, Set<Tensor> ones) {
    var reached = new HashSet<Tensor>();
    boolean more = true;
    while (more) {
      more = false;
      for (Step.Single step : all) {
        boolean reads = Reads.of(step).stream().anyMatch(t -> ones.contains(t) || reached.contains(t));
        more |= reads && !ones.contains(step.target()) && reached.add(step.target());
      }
    }
    return reached;
  }

  /** @param isTerm whether of a sum over the batch only its term is shown */
  private static Step.Single ofOneExample(Step.Single step, Set<Tensor> ones, boolean isTerm) {
    var withoutFactor =
        new Mapper() {
          @Override
          protected Expr read(Expr.Read read) {
            return ones.contains(read.tensor()) ? Algebra.ONE : read;
          }

          @Override
          protected Expr rebuilt(Expr expr) {
            return expr instanceof Expr.Apply(var primitive, var arguments)
                ? Algebra.apply(primitive, arguments)
                : expr;
          }
        };
    return switch (withoutFactor.map(step)) {
      case Step.Equation(var target, var outputs, var reduction, var body, var place) ->
          new Step.Equation(
              target,
              outputs,
              isTerm ? reduction.flatMap(ChainRule::withoutBatch) : reduction,
              body,
              place);
      case Step.Scatter scatter -> scatter;
    };
  }

  private static Optional<Reduction> withoutBatch(Reduction reduction) {
    List<Index> left = reduction.indices().stream().filter(i -> !i.extent().isBatch()).toList();
    return left.isEmpty() && reduction.filter().isEmpty()
        ? Optional.empty()
        : Optional.of(new Reduction(reduction.operator(), left, reduction.filter()));
  }

  // ---------- closed forms ----------

  private static List<Step.Single> closed(List<Step.Single> adjoints, Set<Tensor> results) {
    Map<Tensor, Step.Equation> inlined = new LinkedHashMap<>();
    var closed = new ArrayList<Step.Single>();
    for (Step.Single step : adjoints) {
      Step.Single whole = with(step, inlined);
      if (whole instanceof Step.Equation equation
          && equation.reduction().isEmpty()
          && !results.contains(step.target())
          && size(equation.body()) <= LONGEST) {
        inlined.put(step.target(), equation);
      } else {
        closed.add(whole);
      }
    }
    return List.copyOf(closed);
  }

  private static Step.Single with(Step.Single step, Map<Tensor, Step.Equation> inlined) {
    return new Mapper() {
      @Override
      protected Expr read(Expr.Read read) {
        Step.Equation producer = inlined.get(read.tensor());
        return producer == null || read.outside().isPresent() ? read : at(producer, read);
      }
    }.map(step);
  }

  /** The body of an equation at the place where it is read; the read itself where that is fused. */
  private static Expr at(Step.Equation producer, Expr.Read read) {
    var positions = new HashMap<Index, Subscript>();
    List<List<Index>> axes = Axes.group(producer.outputs(), producer.target().shape());
    for (int axis = 0; axis < axes.size(); axis++) {
      if (axes.get(axis).size() != 1) {
        return read;
      }
      positions.put(axes.get(axis).getFirst(), read.at().get(axis));
    }
    return new Substitution(positions).map(producer.body());
  }

  private static int size(Expr expr) {
    int[] size = new int[1];
    new Mapper() {
      @Override
      public Expr map(Expr part) {
        size[0]++;
        return super.map(part);
      }
    }.map(expr);
    return size[0];
  }
}
