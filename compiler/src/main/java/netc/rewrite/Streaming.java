package netc.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Index;
import netc.ir.Model;
import netc.ir.Program;
import netc.ir.Reads;
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Tensor;
import netc.ir.Tensor.Role;

/**
 * Whether an output whose first axis is the time of a scan can be computed one time after the other: every
 * equation between it and the inputs uses that axis as the bare time only, or reads what a forward scan
 * carries.
 */
public final class Streaming {

  /**
   * What prevents it: an equation, and what it does.
   *
   * @param deed with {@code %s} for the name of the tensor, if there is one
   */
  public record Obstacle(Step.Single step, String deed, Optional<Tensor> tensor) {}

  /**
   * What was found out.
   *
   * @param obstacle empty when the output can be streamed
   * @param program all that the output needs when predicting, scans as they were written
   * @param axes the tensors that have a value for each time, and on which axis
   */
  record Found(Optional<Obstacle> obstacle, Program program, Map<Tensor, Integer> axes) {}

  private final Program program;
  private final Map<Tensor, Step.Single> definitions = new HashMap<>();
  private final Map<Tensor, Step.Scan> scans = new HashMap<>();
  private final Map<Tensor, Integer> axes = new LinkedHashMap<>();
  private final Deque<Tensor> open = new ArrayDeque<>();
  private final List<StaticRead> staticReads = new ArrayList<>();
  private boolean isScanned;

  /** A tensor read as a whole, or at a place that is no time. */
  private record StaticRead(Step.Single by, Tensor tensor) {}

  private static final class Prevented extends RuntimeException {
    private final transient Obstacle obstacle;

    Prevented(Step.Single step, String deed) {
      this(new Obstacle(step, deed, Optional.empty()));
    }

    Prevented(Step.Single step, String deed, Tensor tensor) {
      this(new Obstacle(step, deed, Optional.of(tensor)));
    }

    private Prevented(Obstacle obstacle) {
      super(obstacle.deed(), null, false, false);
      this.obstacle = obstacle;
    }
  }

  private Streaming(Program program) {
    this.program = program;
    for (Step step : program.steps()) {
      step.targets().forEach(target -> note(step, target));
    }
    Scans.flat(program.steps()).forEach(step -> definitions.put(step.target(), step));
  }

  private void note(Step step, Tensor target) {
    if (step instanceof Step.Scan scan) {
      scans.put(target, scan);
    }
  }

  /** What prevents each output that has the time of a scan first from being streamed, if anything does. */
  public static Map<String, Optional<Obstacle>> of(Model model) {
    var all = new LinkedHashMap<String, Optional<Obstacle>>();
    for (Model.Output output : model.outputs()) {
      find(model, output).ifPresent(found -> all.put(output.name(), found.obstacle()));
    }
    return Collections.unmodifiableMap(all);
  }

  /** Nothing when the first axis of the output is the time of no scan that it needs. */
  static Optional<Found> find(Model model, Model.Output output) {
    Tensor tensor = output.tensor();
    if (!tensor.isPerExample() || tensor.rank() < 2) {
      return Optional.empty();
    }
    var result = new Program.Result("out." + output.name(), tensor);
    Program program =
        Pipeline.predicting(new Program(model.name(), model.steps(), List.of(result)));
    boolean hasScan =
        program.steps().stream()
            .anyMatch(
                s -> s instanceof Step.Scan scan && scan.time().extent().equals(tensor.shape().get(1)));
    if (!hasScan) {
      return Optional.empty();
    }
    var streaming = new Streaming(program);
    try {
      streaming.check(tensor);
    } catch (Prevented prevented) {
      return Optional.of(
          new Found(Optional.of(prevented.obstacle), program, streaming.axes));
    }
    return streaming.isScanned
        ? Optional.of(new Found(Optional.empty(), program, streaming.axes))
        : Optional.empty();
  }

  private void check(Tensor output) {
    axes.put(output, 1);
    open.add(output);
    while (!open.isEmpty()) {
      Tensor tensor = open.poll();
      if (definitions.containsKey(tensor)) {
        timed(definitions.get(tensor), axes.get(tensor));
      }
    }
    untimed();
  }

  // ---------- what has a value for each time ----------

  private void timed(Step.Single step, int axis) {
    Index time = time(step, axis);
    Optional<Step.Scan> scan =
        Optional.ofNullable(scans.get(step.target())).filter(s -> s.time().equals(time));
    isScanned |= scan.filter(s -> !s.isReverse()).isPresent();
    for (Expr.Read read : Reads.accesses(step)) {
      boolean isTimed = false;
      for (int position = 0; position < read.at().size(); position++) {
        if (mentions(read.at().get(position), time)) {
          timed(step, read, position, time, scan);
          isTimed = true;
        }
      }
      if (!isTimed) {
        staticReads.add(new StaticRead(step, read.tensor()));
      }
    }
  }

  private static Index time(Step.Single step, int axis) {
    if (step instanceof Step.Equation equation) {
      List<Index> group = Axes.group(equation.outputs(), equation.target().shape()).get(axis);
      if (group.size() == 1) {
        return group.getFirst();
      }
    }
    throw new Prevented(step, "joins the time with another index");
  }

  private void timed(
      Step.Single step, Expr.Read read, int axis, Index time, Optional<Step.Scan> scan) {
    Subscript position = read.at().get(axis);
    Tensor tensor = read.tensor();
    boolean isBare = Subscripts.bare(position).filter(time::equals).isPresent();
    if (!isBare && !isCarried(read, axis, time, scan)) {
      boolean isBackwards = scan.filter(Step.Scan::isReverse).isPresent() && scans.get(tensor) == scan.get();
      throw new Prevented(
          step,
          isBackwards
              ? "carries `%s` backwards in time"
              : "reads `%s` at other times",
          tensor);
    }
    if (isBare && tensor.shape().get(axis).size() < time.extent().size()) {
      throw new Prevented(step, "reads `%s` where it has ended", tensor);
    }
    switch (tensor.role()) {
      case PARAMETER, STATE -> {} // read at the number of the time
      case SAMPLE ->
          throw new Prevented(step, "draws `%s` for all times at once", tensor);
      case INPUT, TARGET, SEED, ACCUMULATED, STREAM, VALUE -> {
        Integer before = axes.putIfAbsent(tensor, axis);
        if (before == null) {
          open.add(tensor);
        } else if (before != axis) {
          throw new Prevented(step, "reads `%s` with the time on two axes", tensor);
        }
      }
    }
  }

  /** Whether it reads what a forward scan has computed some steps before, or in this one. */
  private boolean isCarried(Expr.Read read, int axis, Index time, Optional<Step.Scan> scan) {
    return scan.filter(s -> !s.isReverse() && scans.get(read.tensor()) == s).isPresent()
        && Scans.axis(definitions.get(read.tensor()), time).equals(OptionalInt.of(axis))
        && Scans.delay(read.at().get(axis), time, false).orElse(-1) >= 0;
  }

  /** Whether the position depends on the index otherwise than through data. */
  private static boolean mentions(Subscript position, Index index) {
    return switch (position) {
      case Subscript.Affine(_, var terms) -> terms.stream().anyMatch(t -> t.index().equals(index));
      case Subscript.Quotient(var of, _) -> mentions(of, index);
      case Subscript.Remainder(var of, _) -> mentions(of, index);
      case Subscript.Exact(var of, _) -> mentions(of, index);
      case Subscript.Clamp(var of, _) -> mentions(of, index);
      case Subscript.Wrap(var of, _) -> mentions(of, index);
      case Subscript.Gathered _ -> false;
      case Subscript.Plus(var left, var right) -> mentions(left, index) || mentions(right, index);
    };
  }

  // ---------- what is the same at all times ----------

  private void untimed() {
    Set<Tensor> done = new HashSet<>();
    var todo = new ArrayDeque<>(staticReads);
    while (!todo.isEmpty()) {
      StaticRead read = todo.poll();
      Tensor tensor = read.tensor;
      if (axes.containsKey(tensor)) {
        throw new Prevented(read.by, "reads `%s` at other times", tensor);
      }
      if (tensor.role() == Role.SAMPLE) {
        throw new Prevented(read.by, "draws `%s` once for all times", tensor);
      }
      if (definitions.containsKey(tensor) && done.add(tensor)) {
        Step.Single step = definitions.get(tensor);
        Reads.of(step).forEach(other -> todo.add(new StaticRead(step, other)));
      }
    }
  }
}
