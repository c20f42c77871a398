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
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;
import netc.source.Place;

/** Reverse-mode differentiation of a program: one adjoint a tensor, from the objectives backwards. */
public final class Gradient {
  private List<Step> steps;
  private final Set<Tensor> wanted = new LinkedHashSet<>();
  private final Set<String> names = new HashSet<>();
  private final SequencedMap<Tensor, List<Tensor>> parts = new LinkedHashMap<>();
  private final Map<Tensor, Place> places = new LinkedHashMap<>();

  private Gradient(Program program, Collection<Tensor> to) {
    steps = new ArrayList<>(program.steps());
    program.inputs().forEach(input -> names.add(input.name()));
    wanted.addAll(to);
    for (Step step : program.steps()) {
      for (Tensor target : step.targets()) {
        names.add(target.name());
        places.put(target, step.place());
      }
      while (reach(step)) {
        // in a scan, what reads an earlier line's past is reached in another round
      }
    }
  }

  /** Adds to {@code wanted} what reads a wanted tensor; whether there was such a one. */
  private boolean reach(Step step) {
    boolean more = false;
    for (Step.Single single : Scans.flat(List.of(step))) {
      boolean isReached =
          single.target().type() == ElementType.REAL
              && Reads.of(single).stream().anyMatch(wanted::contains);
      more |= isReached && wanted.add(single.target());
    }
    return more;
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
      switch (step) {
        case Step.Single single -> {
          if (gradient.wanted.contains(single.target())) {
            gradient
                .adjoint(single.target())
                .ifPresent(adjoint -> gradient.differentiate(single, adjoint, Optional.empty()));
          }
        }
        case Step.Scan scan -> gradient.differentiate(scan);
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
    Place place = places.getOrDefault(tensor, steps.getLast().place());
    sum(tensor, sum, indices(tensor.shape()), place);
    return Optional.of(sum);
  }

  /** Defines {@code sum} as all contributions to {@code tensor} so far. */
  private void sum(Tensor tensor, Tensor sum, List<Index> outputs, Place place) {
    List<Subscript> at = outputs.stream().map(Subscript::of).toList();
    Expr body =
        parts.getOrDefault(tensor, List.of()).stream()
            .map(part -> (Expr) Expr.read(part, at))
            .reduce(Algebra::add)
            .orElse(Algebra.ZERO);
    steps.add(new Step.Equation(sum, outputs, Optional.empty(), body, place));
    parts.put(tensor, new ArrayList<>(List.of(sum)));
  }

  private static Index primed(Index index) {
    return new Index(index.name() + "'", index.extent());
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

  /**
   * The adjoints of a scan's tensors read each other at later times: a scan the other way round. What
   * they give to weights and inputs is no part of it, but summed over all times at once.
   */
  private void differentiate(Step.Scan scan) {
    Set<Tensor> receiving =
        TimeAlignment.receiving(scan, wanted::contains, parts::containsKey);
    Map<Tensor, Integer> axes = Scans.axes(scan);
    var adjoints = new LinkedHashMap<Tensor, Tensor>();
    for (Step.Single step : scan.body().reversed()) {
      if (receiving.contains(step.target())) {
        Tensor target = step.target();
        adjoints.put(target, fresh("grad." + target.name(), target.shape()));
      }
    }
    List<Step> before = steps;
    steps = new ArrayList<>();
    for (Step.Single step : scan.body().reversed()) {
      if (receiving.contains(step.target())) {
        differentiate(step, adjoints.get(step.target()), Optional.of(scan));
      }
    }
    adjoints.forEach(
        (tensor, adjoint) -> {
          List<Index> outputs = new ArrayList<>(indices(tensor.shape()));
          outputs.replaceAll(i -> i.name().equals(scan.time().name()) ? primed(i) : i);
          outputs.set(axes.get(tensor), scan.time());
          sum(tensor, adjoint, outputs, places.get(tensor));
        });
    before.addAll(
        Scans.arranged(scan.time(), !scan.isReverse(), Scans.flat(steps), scan.place()));
    steps = before;
  }

  private void differentiate(Step.Single step, Tensor adjoint, Optional<Step.Scan> scan) {
    switch (step) {
      case Step.Equation equation -> differentiate(equation, adjoint, scan);
      case Step.Scatter scatter -> differentiate(scatter, adjoint, scan);
    }
  }

  private void differentiate(
      Step.Equation equation, Tensor adjoint, Optional<Step.Scan> scan) {
    Expr g = Expr.read(adjoint, Axes.own(equation));
    Expr body = equation.body();
    if (equation.reduction().isEmpty()) {
      Expr value = Expr.read(equation.target(), Axes.own(equation));
      distribute(equation, Map.of(adjoint, Algebra.ZERO), chain(body, value, g, List.of()), scan);
      return;
    }
    Reduction reduction = equation.reduction().get();
    List<Expr> when = reduction.filter().stream().toList();
    switch (reduction.operator()) {
      case SUM ->
          distribute(equation, Map.of(adjoint, Algebra.ZERO), chain(body, body, g, when), scan);
      case PROD -> {
        Expr others = Reductions.othersOf(equation, this::fresh, steps::add);
        distribute(
            equation,
            Map.of(adjoint, Algebra.ZERO),
            chain(body, body, Algebra.multiply(g, others), when),
            scan);
      }
      case MAX, MIN -> {
        Tensor first = Reductions.firstOf(equation, unused(equation.target().name() + "'at"));
        steps.add(Reductions.definitionOfFirst(equation, first));
        var conditions = new ArrayList<>(when);
        conditions.add(Reductions.isFirst(equation, first));
        distribute(
            equation,
            Map.of(adjoint, Algebra.ZERO, first, new Expr.Int(-1)),
            chain(body, body, g, conditions),
            scan);
      }
      case ARGMAX, ARGMIN, ANY, ALL -> {}
    }
  }

  /** {@code target[at] += body}: each point receives what stands at its place, or nothing outside. */
  private void differentiate(
      Step.Scatter scatter, Tensor adjoint, Optional<Step.Scan> scan) {
    Expr g = new Expr.Read(adjoint, scatter.at(), Optional.of(Algebra.ZERO));
    List<Expr> when = scatter.filter().stream().toList();
    distribute(scatter, Map.of(), chain(scatter.body(), scatter.body(), g, when), scan);
  }

  private List<Contribution> chain(Expr body, Expr value, Expr g, List<Expr> when) {
    return Chain.of(body, value, g, when, wanted::contains);
  }

  /** One adjoint step for each access that receives something. */
  private void distribute(
      Step.Single step,
      Map<Tensor, Expr> saved,
      List<Contribution> contributions,
      Optional<Step.Scan> scan) {
    var adjoints = new Adjoints(Indices.of(step), saved, step.place());
    var left = new ArrayList<>(contributions);
    while (!left.isEmpty()) {
      Contribution first = left.getFirst();
      List<Contribution> same = left.stream().filter(first::isSameAccess).toList();
      left.removeAll(same);
      Tensor to = first.access().tensor();
      Step.Single definition = aligned(adjoints.step(fresh("grad." + to.name(), to.shape()), same), to, scan);
      Optional<Tensor> copied = copied(definition);
      if (copied.isEmpty()) {
        steps.add(definition);
      } else {
        names.remove(definition.target().name());
      }
      add(to, copied.orElse(definition.target()));
    }
  }

  private static Step.Single aligned(Step.Single step, Tensor to, Optional<Step.Scan> scan) {
    Optional<Integer> axis = scan.map(s -> Scans.axes(s).get(to));
    return axis.isPresent()
        ? TimeAlignment.aligned(step, axis.get(), scan.get().time())
        : step;
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
