package netc.interpret;

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
    if (!java.util.Arrays.equals(shape, given.shape())) {
      throw new IllegalArgumentException(
          "`" + tensor.name() + "` has shape " + java.util.Arrays.toString(shape) + ", not "
              + java.util.Arrays.toString(given.shape()));
    }
    values.put(tensor, given);
  }

  private int size(Extent extent) {
    return extent.isBatch() ? batchRows : extent.size();
  }

  private int[] shape(Tensor tensor) {
    return tensor.shape().stream().mapToInt(this::size).toArray();
  }

  private void step(Step step) {
    int[] shape = shape(step.target());
    var result = new Values(shape, new double[java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact)]);
    var scope = new Formula.Scope(Indices.of(step), tensor -> value(tensor, step), batchRows);
    switch (step) {
      case Step.Equation equation -> equation(equation, scope, result);
      case Step.Scatter scatter -> scatter(scatter, scope, result);
    }
    values.put(step.target(), result);
  }

  /** The own target of a function with a derivative is never read for its value. */
  private Values value(Tensor tensor, Step step) {
    Values found = values.get(tensor);
    if (found == null) {
      throw new IllegalStateException(
          "`" + tensor.name() + "` has no value yet in the definition of `" + step.target().name() + "`");
    }
    return found;
  }

  private void equation(Step.Equation equation, Formula.Scope scope, Values result) {
    List<Index> reduced = equation.reduction().map(Reduction::indices).orElse(List.of());
    Formula body = scope.formula(equation.body());
    Optional<Formula> filter = equation.reduction().flatMap(Reduction::filter).map(scope::formula);
    var place = new Formula.Place(scope, Axes.own(equation), result.shape());
    int[] point = new int[scope.indices().size()];
    each(equation.outputs(), 0, point, () -> {
      Fold fold = new Fold(equation.reduction().map(Reduction::operator).orElse(Reduction.Operator.SUM));
      var position = new long[1];
      each(reduced, equation.outputs().size(), point, () -> {
        if (filter.isEmpty() || filter.get().at(point) != 0) {
          fold.take(body.at(point), position[0]);
        }
        position[0]++;
      });
      result.data()[place.of(point)] =
          equation.reduction().isPresent() ? fold.result() : body.at(point);
    });
  }

  private void scatter(Step.Scatter scatter, Formula.Scope scope, Values result) {
    Formula body = scope.formula(scatter.body());
    Optional<Formula> filter = scatter.filter().map(scope::formula);
    var place = new Formula.Place(scope, scatter.at(), result.shape());
    int[] point = new int[scope.indices().size()];
    each(scatter.domain(), 0, point, () -> {
      if (filter.isEmpty() || filter.get().at(point) != 0) {
        int at = place.of(point);
        if (at >= 0) {
          result.data()[at] += body.at(point);
        }
      }
    });
  }

  /** Runs {@code action} at every point of a box, row-major; the box's positions start at {@code first}. */
  private void each(List<Index> box, int first, int[] point, Runnable action) {
    if (box.isEmpty()) {
      action.run();
      return;
    }
    List<Index> rest = box.subList(1, box.size());
    int size = size(box.getFirst().extent());
    for (int i = 0; i < size; i++) {
      point[first] = i;
      each(rest, first + 1, point, action);
    }
  }
}
