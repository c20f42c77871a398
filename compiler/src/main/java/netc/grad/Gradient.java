package netc.grad;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import netc.ir.Algebra;
import netc.ir.Axes;
import netc.ir.ElementType;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;
import netc.source.Place;

/** Reverse-mode differentiation of a program: one adjoint a tensor, from the objectives backwards. */
public final class Gradient {
  private final List<Step> steps;
  private final Set<Tensor> wanted = new LinkedHashSet<>();
  private final Set<String> names = new HashSet<>();
  private final SequencedMap<Tensor, List<Tensor>> parts = new LinkedHashMap<>();
  private final Map<Tensor, Place> places = new LinkedHashMap<>();

  private Gradient(Program program, Collection<Tensor> to) {
    steps = new ArrayList<>(program.steps());
    program.inputs().forEach(input -> names.add(input.name()));
    wanted.addAll(to);
    for (Step step : program.steps()) {
      names.add(step.target().name());
      places.put(step.target(), step.place());
      boolean isReached = Reads.of(step).stream().anyMatch(wanted::contains);
      if (isReached && step.target().type() == ElementType.REAL) {
        wanted.add(step.target());
      }
    }
  }

  /**
   * The program with its adjoint equations behind it.
   *
   * @param gradients what each of the tensors asked for receives; absent where no path leads to it
   */
  public record Derived(Program program, SequencedMap<Tensor, Tensor> gradients) {}

  /** A tensor to be differentiated, and the tensor of its shape that its adjoint starts from. */
  public record Objective(Tensor tensor, Tensor start) {}

  /**
   * The gradient of {@code Σ objective · start} over all objectives.
   *
   * @param objectives one tensor may stand there several times
   * @param to real tensors of the program, its inputs among them
   */
  public static Derived of(
      Program program, List<Objective> objectives, Collection<Tensor> to) {
    var gradient = new Gradient(program, to);
    objectives.forEach(objective -> gradient.add(objective.tensor(), objective.start()));
    for (Step step : program.steps().reversed()) {
      if (gradient.wanted.contains(step.target())) {
        gradient.adjoint(step.target()).ifPresent(adjoint -> gradient.differentiate(step, adjoint));
      }
    }
    var gradients = new LinkedHashMap<Tensor, Tensor>();
    for (Tensor tensor : to) {
      gradient.adjoint(tensor).ifPresent(adjoint -> gradients.put(tensor, adjoint));
    }
    var derived = new Program(program.name(), gradient.steps, program.results());
    return new Derived(derived, gradients);
  }

  private void add(Tensor tensor, Tensor part) {
    parts.computeIfAbsent(tensor, _ -> new ArrayList<>()).add(part);
  }

  /** The one tensor that all contributions to a tensor add up to. */
  private Optional<Tensor> adjoint(Tensor tensor) {
    List<Tensor> all = parts.getOrDefault(tensor, List.of());
    if (all.size() < 2) {
      return all.stream().findFirst();
    }
    Tensor sum = fresh("grad." + tensor.name(), tensor.shape());
    List<Index> outputs = indices(tensor.shape());
    List<Subscript> at = outputs.stream().map(Subscript::of).toList();
    Expr body = all.stream().map(part -> (Expr) Expr.read(part, at)).reduce(Algebra::add).orElseThrow();
    Place place = places.getOrDefault(tensor, steps.getLast().place());
    steps.add(new Step.Equation(sum, outputs, Optional.empty(), body, place));
    parts.put(tensor, new ArrayList<>(List.of(sum)));
    return Optional.of(sum);
  }

  private static List<Index> indices(List<Extent> shape) {
    var indices = new ArrayList<Index>();
    for (Extent extent : shape) {
      indices.add(new Index(extent.isBatch() ? "batch" : "i" + indices.size(), extent));
    }
    return indices;
  }

  private Tensor fresh(String name, List<Extent> shape) {
    return Tensor.real(unused(name), Tensor.Role.VALUE, shape);
  }

  private String unused(String name) {
    String unused = name;
    for (int n = 1; !names.add(unused); n++) {
      unused = name + "'" + n;
    }
    return unused;
  }

  private void differentiate(Step step, Tensor adjoint) {
    switch (step) {
      case Step.Equation equation -> differentiate(equation, adjoint);
      case Step.Scatter scatter -> differentiate(scatter, adjoint);
    }
  }

  private void differentiate(Step.Equation equation, Tensor adjoint) {
    Expr g = Expr.read(adjoint, Axes.own(equation));
    Expr body = equation.body();
    if (equation.reduction().isEmpty()) {
      Expr value = Expr.read(equation.target(), Axes.own(equation));
      distribute(equation, Map.of(adjoint, Algebra.ZERO), chain(body, value, g, List.of()));
      return;
    }
    Reduction reduction = equation.reduction().get();
    List<Expr> when = reduction.filter().stream().toList();
    switch (reduction.operator()) {
      case SUM ->
          distribute(equation, Map.of(adjoint, Algebra.ZERO), chain(body, body, g, when));
      case PROD -> {
        Expr others = Reductions.othersOf(equation, this::fresh, steps::add);
        distribute(
            equation,
            Map.of(adjoint, Algebra.ZERO),
            chain(body, body, Algebra.multiply(g, others), when));
      }
      case MAX, MIN -> {
        Tensor first = Reductions.firstOf(equation, unused(equation.target().name() + "'at"));
        steps.add(Reductions.definitionOfFirst(equation, first));
        var conditions = new ArrayList<>(when);
        conditions.add(Reductions.isFirst(equation, first));
        distribute(
            equation,
            Map.of(adjoint, Algebra.ZERO, first, new Expr.Int(-1)),
            chain(body, body, g, conditions));
      }
      case ARGMAX, ARGMIN, ANY, ALL -> {}
    }
  }

  /** {@code target[at] += body}: each point receives what stands at its place, or nothing outside. */
  private void differentiate(Step.Scatter scatter, Tensor adjoint) {
    Expr g = new Expr.Read(adjoint, scatter.at(), Optional.of(Algebra.ZERO));
    List<Expr> when = scatter.filter().stream().toList();
    distribute(scatter, Map.of(), chain(scatter.body(), scatter.body(), g, when));
  }

  private List<Contribution> chain(Expr body, Expr value, Expr g, List<Expr> when) {
    return Chain.of(body, value, g, when, wanted::contains);
  }

  /** One adjoint step for each access that receives something. */
  private void distribute(Step step, Map<Tensor, Expr> saved, List<Contribution> contributions) {
    var adjoints = new Adjoints(Indices.of(step), saved, step.place());
    var left = new ArrayList<>(contributions);
    while (!left.isEmpty()) {
      Contribution first = left.getFirst();
      List<Contribution> same = left.stream().filter(first::isSameAccess).toList();
      left.removeAll(same);
      Tensor to = first.access().tensor();
      Step definition = adjoints.step(fresh("grad." + to.name(), to.shape()), same);
      Optional<Tensor> copied = copied(definition);
      if (copied.isEmpty()) {
        steps.add(definition);
      } else {
        names.remove(definition.target().name());
      }
      add(to, copied.orElse(definition.target()));
    }
  }

  /** The tensor that a step only copies, element by element. */
  private static Optional<Tensor> copied(Step step) {
    return step instanceof Step.Equation equation
            && equation.reduction().isEmpty()
            && equation.body() instanceof Expr.Read read
            && read.tensor().shape().equals(equation.target().shape())
            && read.at().equals(Axes.own(equation))
        ? Optional.of(read.tensor())
        : Optional.empty();
  }
}
