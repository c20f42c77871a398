package netc.interpret;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.ir.Axes;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Indices;
import netc.ir.Program;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Tensor;

/** Runs a program step by step, point by point, in double. It defines what a program computes. */
public final class Interpreter {
  private final int batchRows;
  private final Map<Tensor, Values> values = new LinkedHashMap<>();

  private Interpreter(int batchRows) {
    this.batchRows = batchRows;
  }

  /** What a run computed. */
  public record Run(Map<String, Values> results, Map<String, Values> tensors) {
    /** The result, or else the tensor, of a name. */
    public double[] data(String name) {
      return (results.containsKey(name) ? results : tensors).get(name).data();
    }
  }

  /**
   * Computes every step.
   *
   * @param inputs for every input of the program, by the tensor's name, its values; the batch first
   * @param batchRows the number of rows of the batch
   * @throws IllegalArgumentException when an input is missing or has another shape
   */
  public static Run run(Program program, Map<String, Values> inputs, int batchRows) {
    var interpreter = new Interpreter(batchRows);
    program.inputs().forEach(input -> interpreter.input(input, inputs.get(input.name())));
    program.steps().forEach(interpreter::step);
    var results = new LinkedHashMap<String, Values>();
    program.results().forEach(r -> results.put(r.name(), interpreter.values.get(r.tensor())));
    var tensors = new LinkedHashMap<String, Values>();
    interpreter.values.forEach((tensor, data) -> tensors.put(tensor.name(), data));
    return new Run(results, tensors);
  }

  private void input(Tensor tensor, Values given) {
    if (given == null) {
      throw new IllegalArgumentException("there is no value for `" + tensor.name() + "`");
    }
    int[] shape = shape(tensor);
    if (!Arrays.equals(shape, given.shape())) {
      throw new IllegalArgumentException(
          "`" + tensor.name() + "` has shape " + Arrays.toString(shape) + ", not "
              + Arrays.toString(given.shape()));
    }
    values.put(tensor, given);
  }

  private int size(Extent extent) {
    return extent instanceof Extent.Const(int size) ? size : batchRows;
  }

  private int[] shape(Tensor tensor) {
    return tensor.shape().stream().mapToInt(this::size).toArray();
  }

  private void step(Step step) {
    switch (step) {
      case Step.Single single -> {
        Values result = zeros(single.target());
        computation(single, result, Optional.empty()).run();
        values.put(single.target(), result);
      }
      case Step.Scan scan -> scan(scan);
    }
  }

  private Values zeros(Tensor tensor) {
    int[] shape = shape(tensor);
    return new Values(shape, new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)]);
  }

  /** Time step by time step, in it line by line. */
  private void scan(Step.Scan scan) {
    scan.targets().forEach(target -> values.put(target, zeros(target)));
    var now = new Now(scan.time());
    List<Runnable> lines =
        scan.body().stream()
            .map(step -> computation(step, values.get(step.target()), Optional.of(now)))
            .toList();
    int steps = size(scan.time().extent());
    for (int i = 0; i < steps; i++) {
      now.position = scan.isReverse() ? steps - 1 - i : i;
      lines.forEach(Runnable::run);
    }
  }

  /** The one position that an index has while a step of a scan is computed. */
  private static final class Now {
    private final Index time;
    private int position;

    Now(Index time) {
      this.time = time;
    }
  }

  private Runnable computation(Step.Single step, Values result, Optional<Now> now) {
    var scope = new Formula.Scope(Indices.of(step), tensor -> value(tensor, step), batchRows);
    return switch (step) {
      case Step.Equation equation -> equation(equation, scope, result, now);
      case Step.Scatter scatter -> scatter(scatter, scope, result, now);
    };
  }

  private Values value(Tensor tensor, Step.Single step) {
    Values found = values.get(tensor);
    if (found == null) {
      throw new IllegalStateException(
          "`" + tensor.name() + "` has no value yet in the definition of `" + step.target().name() + "`");
    }
    return found;
  }

  private Runnable equation(
      Step.Equation equation, Formula.Scope scope, Values result, Optional<Now> now) {
    List<Index> reduced = equation.reduction().map(Reduction::indices).orElse(List.of());
    Formula body = scope.formula(equation.body());
    Optional<Formula> filter = equation.reduction().flatMap(Reduction::filter).map(scope::formula);
    var place = new Formula.Place(scope, Axes.own(equation), result.shape());
    int[] point = new int[scope.indices().size()];
    return () -> each(equation.outputs(), 0, point, now, () -> {
      Fold fold = new Fold(equation.reduction().map(Reduction::operator).orElse(Reduction.Operator.SUM));
      var position = new long[1];
      each(reduced, equation.outputs().size(), point, now, () -> {
        if (filter.isEmpty() || filter.get().at(point) != 0) {
          fold.take(body.at(point), position[0]);
        }
        position[0]++;
      });
      result.data()[place.of(point)] =
          equation.reduction().isPresent() ? fold.result() : body.at(point);
    });
  }

  private Runnable scatter(
      Step.Scatter scatter, Formula.Scope scope, Values result, Optional<Now> now) {
    Formula body = scope.formula(scatter.body());
    Optional<Formula> filter = scatter.filter().map(scope::formula);
    var place = new Formula.Place(scope, scatter.at(), result.shape());
    int[] point = new int[scope.indices().size()];
    return () -> each(scatter.domain(), 0, point, now, () -> {
      if (filter.isEmpty() || filter.get().at(point) != 0) {
        int at = place.of(point);
        if (at >= 0) {
          result.data()[at] += body.at(point);
        }
      }
    });
  }

  /** Runs {@code action} at every point of a box, row-major; the box's positions start at {@code first}. */
  private void each(
      List<Index> box, int first, int[] point, Optional<Now> now, Runnable action) {
    if (box.isEmpty()) {
      action.run();
      return;
    }
    List<Index> rest = box.subList(1, box.size());
    Index index = box.getFirst();
    Optional<Now> fixed = now.filter(n -> n.time.equals(index));
    int from = fixed.map(n -> n.position).orElse(0);
    int to = fixed.map(n -> n.position + 1).orElse(size(index.extent()));
    for (int i = from; i < to; i++) {
      point[first] = i;
      each(rest, first + 1, point, now, action);
    }
  }
}
