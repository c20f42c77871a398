package netc.grad;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Program;
import netc.ir.Reader;
import netc.ir.Tensor;

/** Gradients at points where a difference would say nothing: kinks and ties. */
final class GradientCheckAtTie {
  private GradientCheckAtTie() {}

  /** d y / d a at the given a, for a program with the input {@code a} and the scalar {@code y}. */
  static List<Double> gradient(String text, double... a) {
    Program program = Reader.read(text);
    Tensor input = program.inputs().getFirst();
    Tensor y = program.steps().getLast().targets().getLast();
    Tensor seed = Tensor.real("seed", Tensor.Role.SEED, List.of());
    var objectives = List.of(new Gradient.Objective(y, seed));
    var derived = Gradient.of(program, objectives, List.of(input));
    Tensor gradient = derived.gradients().get(input);
    if (gradient == null) {
      return Arrays.stream(a).mapToObj(_ -> 0.0).toList();
    }
    Map<String, Values> values = Map.of("a", Values.vector(a), "seed", Values.scalar(1));
    double[] data = Interpreter.run(derived.program(), values, 1).data(gradient.name());
    return Arrays.stream(data).boxed().toList();
  }
}
