package netc.rewrite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.ir.Axes;
import netc.ir.Expr;
import netc.ir.Extent;
import netc.ir.Guards;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Mapper;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Scans;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Subscripts;
import netc.ir.Tensor;

/**
 * From a program over all times of a scan to one over a single time: the time axis is gone, what was read
 * of earlier times is an input, and the results say what later times will read.
 *
 * <p>Inputs: {@code at:0:x}, an input at this time, which was its axis 0; {@code before:k:h}, h of k steps
 * ago; {@code time:}, the number of the step; {@code step:}, the same where it must be one of the scan's.
 * Results: the output, and {@code next:k:h}, which the next step finds as {@code before:k:h}.
 */
final class StepForm {
  private final Program program;
  private final Map<Tensor, Integer> axes;
  private final Map<String, Tensor> inputs = new LinkedHashMap<>();
  private final Map<Tensor, Integer> delays = new LinkedHashMap<>();

  /** How many the output has; other tensors may have more. */
  private final int steps;

  private StepForm(Streaming.Found found) {
    program = found.program();
    steps = program.results().getFirst().tensor().shape().get(1).size();
    axes = found.axes();
  }

  static Program of(Streaming.Found found) {
    return new StepForm(found).program();
  }

  private Program program() {
    var steps = new ArrayList<Step>();
    for (Step step : program.steps()) {
      switch (step) {
        case Step.Single single -> steps.add(isTimed(single) ? atOneTime(single) : single);
        case Step.Scan scan -> steps.addAll(dissolved(scan));
      }
    }
    var results = new ArrayList<Program.Result>();
    program.results().forEach(r -> results.add(new Program.Result(r.name(), now(r.tensor()))));
    delays.forEach((tensor, most) -> left(tensor, most, results));
    return new Program(program.name() + ".step", steps, results);
  }

  /** What is read k steps later is what was read k - 1 steps later in this step; the oldest first. */
  private void left(Tensor tensor, int most, List<Program.Result> results) {
    for (int delay = most; delay > 0; delay--) {
      Tensor source = delay == 1 ? now(tensor) : earlier(delay - 1, tensor);
      results.add(new Program.Result("next:" + delay + ":" + tensor.name(), source));
    }
  }

  private boolean isTimed(Step.Single step) {
    return axes.containsKey(step.target());
  }

  /** The lines over the time of the stream are steps like others; the rest of the scan stays one. */
  private List<Step> dissolved(Step.Scan scan) {
    var inside = new ArrayList<Step.Single>();
    var alone = new ArrayList<Step>();
    for (Step.Single line : scan.body()) {
      if (!isTimed(line)) {
        inside.add(line);
      } else if (time(line).equals(scan.time())) {
        alone.add(atOneTime(line));
      } else {
        inside.add(atOneTime(line)); // a scan over another axis, at each time
      }
    }
    var steps = new ArrayList<Step>();
    if (!inside.isEmpty()) {
      steps.add(new Step.Scan(scan.time(), scan.isReverse(), inside, scan.place()));
    }
    steps.addAll(alone);
    return steps;
  }

  private Index time(Step.Single step) {
    var equation = (Step.Equation) step;
    int axis = axes.get(step.target());
    return Axes.group(equation.outputs(), equation.target().shape()).get(axis).getFirst();
  }

  private Step.Single atOneTime(Step.Single step) {
    var equation = (Step.Equation) step;
    Index time = time(step);
    var mapper = new AtOneTime(time);
    return new Step.Equation(
        now(equation.target()),
        equation.outputs().stream().filter(output -> !output.equals(time)).toList(),
        equation.reduction().map(mapper::map),
        mapper.map(equation.body()),
        equation.place());
  }

  // ---------- tensors ----------

  /** A tensor that has a value for each time, as it is at one. */
  private Tensor now(Tensor tensor) {
    if (tensor.role() == Tensor.Role.VALUE) {
      return of(tensor.name(), Tensor.Role.VALUE, tensor, without(tensor.shape(), axes.get(tensor)));
    }
    return input("at:" + (axes.get(tensor) - 1) + ":" + tensor.name(), tensor);
  }

  private Tensor before(int delay, Tensor tensor) {
    delays.merge(tensor, delay, Math::max);
    return earlier(delay, tensor);
  }

  private Tensor earlier(int delay, Tensor tensor) {
    return input("before:" + delay + ":" + tensor.name(), tensor);
  }

  private Tensor input(String name, Tensor like) {
    return inputs.computeIfAbsent(
        name, _ -> of(name, Tensor.Role.STREAM, like, without(like.shape(), axes.get(like))));
  }

  private static Tensor of(String name, Tensor.Role role, Tensor like, List<Extent> shape) {
    return new Tensor(name, role, like.type(), shape, like.interval());
  }

  private static <T> List<T> without(List<T> all, int position) {
    var rest = new ArrayList<>(all);
    rest.remove(position);
    return rest;
  }

  // ---------- expressions ----------

  private final class AtOneTime extends Mapper {
    private final Index time;

    AtOneTime(Index time) {
      this.time = time;
    }

    @Override
    protected Expr position(Expr.Position position) {
      return position.index().equals(time) ? number() : position;
    }

    @Override
    protected Expr read(Expr.Read read) {
      Integer axis = axes.get(read.tensor());
      if (axis == null) {
        return new Expr.Read(
            read.tensor(), read.at().stream().map(this::numbered).toList(), read.outside());
      }
      int delay = Scans.delay(read.at().get(axis), time, false).orElseThrow();
      List<Subscript> rest = without(read.at(), axis);
      if (delay == 0) {
        return new Expr.Read(now(read.tensor()), rest, read.outside());
      }
      var earlier = new Expr.Read(before(delay, read.tensor()), rest, read.outside());
      if (read.outside().isEmpty()) {
        return earlier;
      }
      boolean isInside = Guards.isAlwaysInside(earlier);
      return new Expr.Select(
          Expr.apply(Primitive.AT_LEAST, count(), new Expr.Int(delay)),
          isInside ? Expr.read(earlier.tensor(), rest) : earlier,
          read.outside().get());
    }

    /** The weights of a time are found by its number. */
    private Subscript numbered(Subscript position) {
      return Subscripts.bare(position).filter(time::equals).isPresent()
          ? new Subscript.Gathered(number())
          : position;
    }

    /** The time as one of the scan's. */
    private Expr number() {
      return scalar("step:", new Interval(0, steps - 1));
    }

    /** The time, however long the stream is. */
    private Expr count() {
      return scalar("time:", new Interval(0, Integer.MAX_VALUE));
    }

    private Expr scalar(String name, Interval values) {
      Tensor tensor =
          inputs.computeIfAbsent(
              name, _ -> Tensor.integer(name, Tensor.Role.STREAM, List.of(), values));
      return Expr.read(tensor, List.of());
    }
  }
}
