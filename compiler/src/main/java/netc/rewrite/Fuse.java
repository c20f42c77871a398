package netc.rewrite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.FixedPosition;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Mapper;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Substitution;
import netc.ir.Tensor;
import netc.ir.Verifier;

/**
 * Inlines an elementwise equation into the one place that reads it, when that place runs over the very
 * same points, or over them at one position of its other indices only ({@code if 3 == g then …}): chains of
 * adjoints become one loop, and nothing is computed more often than before.
 */
public final class Fuse implements Pass {
  /** Beyond this a loop body no longer fits into one small method. */
  private static final int LARGEST = 120;

  @Override
  public Program apply(Program program) {
    Map<Tensor, Integer> uses = uses(program);
    var steps = new ArrayList<Step>();
    for (Step step : fused(program.steps(), uses)) {
      steps.add(
          switch (step) {
            case Step.Single single -> single;
            case Step.Scan scan -> inside(scan, uses);
          });
    }
    return new Program(program.name(), steps, program.results());
  }

  /** What is computed for all times at once stays so: nothing moves into a scan, or out of it. */
  private static Step inside(Step.Scan scan, Map<Tensor, Integer> uses) {
    List<Step.Single> body =
        fused(scan.body(), uses).stream().map(Step.Single.class::cast).toList();
    return new Step.Scan(scan.time(), scan.isReverse(), body, scan.place());
  }

  private static List<Step> fused(List<? extends Step> all, Map<Tensor, Integer> uses) {
    var candidates = new HashMap<Tensor, Step.Equation>();
    var steps = new ArrayList<Step>();
    var gone = new HashSet<Step>();
    for (Step step : all) {
      Step fused = step;
      if (step instanceof Step.Equation equation && !(equation.body() instanceof Expr.Custom)) {
        for (Expr.Read read : Reads.accesses(step)) {
          Step.Equation producer = candidates.get(read.tensor());
          Optional<Step> inlined =
              producer == null
                  ? Optional.empty()
                  : inlined(withParts((Step.Equation) fused, producer, read), producer);
          if (inlined.isPresent()) {
            fused = inlined.get();
            gone.add(producer);
          }
        }
      }
      steps.add(fused);
      if (fused instanceof Step.Equation equation
          && equation.reduction().isEmpty()
          && !(equation.body() instanceof Expr.Custom)
          && uses.getOrDefault(equation.target(), 0) == 1) {
        candidates.put(equation.target(), equation);
      }
    }
    steps.removeAll(gone);
    return steps;
  }

  /** How often each tensor is read; a result counts as read twice, so that it is kept. */
  private static Map<Tensor, Integer> uses(Program program) {
    var uses = new HashMap<Tensor, Integer>();
    for (Step step : program.steps()) {
      Reads.accesses(step).forEach(read -> uses.merge(read.tensor(), 1, Integer::sum));
    }
    program.results().forEach(result -> uses.merge(result.tensor(), 2, Integer::sum));
    return uses;
  }

  private static Optional<Step> inlined(Step.Equation consumer, Step.Equation producer) {
    boolean isTooLarge = Cost.size(consumer.body()) + Cost.size(producer.body()) > LARGEST;
    if (isTooLarge || Cost.isCostly(producer.body()) && readsWhereDataSay(consumer)) {
      return Optional.empty();
    }
    var bodies = new Bodies(consumer, producer);
    Expr body = bodies.map(consumer.body());
    Step fused =
        new Step.Equation(
            consumer.target(), consumer.outputs(), consumer.reduction(), body, consumer.place());
    return bodies.replaced && Verifier.accepts(fused) ? Optional.of(fused) : Optional.empty();
  }

  /** Puts the producer's body where the consumer reads it at the same point. */
  private static final class Bodies extends Mapper {
    private final Step.Equation consumer;
    private final Step.Equation producer;

    /** Indices that have one position only in the branch that is looked at. */
    private final Set<Index> fixed = new HashSet<>();

    private boolean replaced;

    Bodies(Step.Equation consumer, Step.Equation producer) {
      this.consumer = consumer;
      this.producer = producer;
    }

    @Override
    public Expr map(Expr expr) {
      if (expr instanceof Expr.Select(var condition, var then, var otherwise)) {
        Optional<Index> index =
            FixedPosition.of(condition)
                .map(FixedPosition::index)
                .filter(i -> consumer.outputs().contains(i) && !Cost.isCostly(producer.body()))
                .filter(fixed::add);
        Expr inside = map(then);
        index.ifPresent(fixed::remove);
        return new Expr.Select(map(condition), inside, map(otherwise));
      }
      return super.map(expr);
    }

    @Override
    protected Expr read(Expr.Read read) {
      if (!read.tensor().equals(producer.target())) {
        return read;
      }
      Optional<Expr> body = samePoints(consumer, producer, read, fixed);
      replaced |= body.isPresent();
      return body.orElse(read);
    }
  }

  /** A loop that gathers is none of vectors: functions stay outside of it. */
  private static boolean readsWhereDataSay(Step.Equation equation) {
    return Reads.accesses(equation).stream()
        .anyMatch(read -> read.at().stream().anyMatch(Subscript.Gathered.class::isInstance));
  }

  /**
   * The producer's body at the consumer's point, when both run over the same box.
   *
   * @param fixed what the consumer does not run over where it reads
   */
  static Optional<Expr> samePoints(
      Step.Equation consumer, Step.Equation producer, Expr.Read read, Set<Index> fixed) {
    if (read.outside().isPresent()) {
      return Optional.empty();
    }
    var positions = new HashMap<Index, Subscript>();
    var covered = new HashSet<Index>();
    List<List<Index>> axes = Axes.group(producer.outputs(), producer.target().shape());
    for (int axis = 0; axis < axes.size(); axis++) {
      List<Index> there = axes.get(axis);
      List<Index> here = parts(read.at().get(axis));
      boolean isSame =
          here.stream().map(Index::extent).toList().equals(there.stream().map(Index::extent).toList());
      if (!isSame || !covered.addAll(here)) {
        return Optional.empty();
      }
      for (int i = 0; i < here.size(); i++) {
        positions.put(there.get(i), Subscript.of(here.get(i)));
      }
    }
    boolean isWhole =
        covered.size() == producer.outputs().size()
            && Indices.of(consumer).stream()
                .allMatch(
                    i -> covered.contains(i) || fixed.contains(i) || i.extent().equals(Extent.of(1)));
    return isWhole
        ? Optional.of(new Substitution(positions).map(producer.body()))
        : Optional.empty();
  }

  /**
   * The consumer with an index in parts where the producer has the same axis in parts, so that both run
   * over the same box: the gradient of a pool meets that of the activation in front of it.
   */
  private static Step.Equation withParts(
      Step.Equation consumer, Step.Equation producer, Expr.Read read) {
    if (consumer.reduction().isPresent()) {
      return consumer;
    }
    var outputs = new ArrayList<>(consumer.outputs());
    var positions = new HashMap<Index, Subscript>();
    List<List<Index>> axes = Axes.group(producer.outputs(), producer.target().shape());
    for (int axis = 0; axis < axes.size(); axis++) {
      Optional<Index> whole = Subscripts.bare(read.at().get(axis)).filter(outputs::contains);
      if (axes.get(axis).size() > 1
          && whole.isPresent()
          && whole.get().extent().equals(producer.target().shape().get(axis))) {
        List<Index> parts = parts(whole.get(), axes.get(axis));
        int at = outputs.indexOf(whole.get());
        outputs.remove(at);
        outputs.addAll(at, parts);
        positions.put(whole.get(), Subscripts.fused(parts));
      }
    }
    long names = outputs.stream().map(Index::name).distinct().count();
    return positions.isEmpty() || names < outputs.size()
        ? consumer
        : new Step.Equation(
            consumer.target(),
            outputs,
            Optional.empty(),
            new Substitution(positions).map(consumer.body()),
            consumer.place());
  }

  private static List<Index> parts(Index whole, List<Index> like) {
    var parts = new ArrayList<Index>();
    for (Index part : like) {
      parts.add(new Index(whole.name() + "'" + (parts.size() + 1), part.extent()));
    }
    return parts;
  }

  /** The indices that make a position as on the left side of an equation; none for any other. */
  private static List<Index> parts(Subscript subscript) {
    if (!(subscript instanceof Subscript.Affine affine)) {
      return List.of();
    }
    List<Index> parts = affine.terms().stream().map(Subscript.Term::index).toList();
    return Subscripts.fused(parts).equals(affine) ? parts : List.of();
  }
}
