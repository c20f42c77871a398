package netc.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.ElementType;
import netc.ir.Printer;
import netc.ir.Program;
import netc.ir.Reader;
import netc.ir.Tensor;
import netc.ir.Verifier;

/**
 * Compares the adjoint equations of a program with central differences of the interpreter: the objective
 * is Σ seed · y with random seeds, differentiated to every real input.
 */
public final class GradientCheck {
  private static final int ROWS = 3;
  private static final double STEP = 1e-5;

  private final Program program;
  private final Tensor y;
  private final Tensor seed;
  private final List<Tensor> inputs = new ArrayList<>();
  private final Map<String, Values> values = new LinkedHashMap<>();
  private final Random random = new Random(5);

  private GradientCheck(Program program, String name) {
    this.program = Verifier.verified(program, Verifier.Stage.FORM, "the test");
    this.y = program.steps().stream().flatMap(s -> s.targets().stream()).filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    this.seed = Tensor.real(unused("seed"), Tensor.Role.SEED, y.shape());
    for (Tensor input : program.inputs()) {
      values.put(input.name(), values(input));
      if (input.type() == ElementType.REAL) {
        inputs.add(input);
      }
    }
    values.put(seed.name(), values(seed));
  }

  /** Checks the gradient of {@code y} and returns the derived program for a look at its form. */
  public static Program check(String text) {
    return check(text, UnaryOperator.identity());
  }

  /** Likewise, with values of the inputs changed before. */
  public static Program check(String text, UnaryOperator<Map<String, Values>> change) {
    var check = new GradientCheck(Reader.read(text), "y");
    change.apply(check.values);
    return check.compare();
  }

  /** Differentiates, sums the gradient up with weights, and checks the gradient of that as well. */
  public static void checkTwice(String text) {
    var first = new GradientCheck(Reader.read(text), "y");
    Program derived = first.compare();
    for (var result : derived.results()) {
      new GradientCheck(derived, result.tensor().name()).compare();
    }
  }

  private String unused(String name) {
    return program.inputs().stream().anyMatch(t -> t.name().equals(name)) ? unused(name + "'") : name;
  }

  private Values values(Tensor tensor) {
    int[] shape =
        tensor.shape().stream().mapToInt(e -> e.isBatch() ? ROWS : e.size()).toArray();
    int elements = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    var data = new double[elements];
    for (int i = 0; i < elements; i++) {
      data[i] =
          switch (tensor.type()) {
            case REAL -> random.nextDouble(-2, 2);
            case INT -> {
              var range = tensor.interval().orElseThrow();
              yield random.nextLong(range.low(), range.high() + 1);
            }
            case BOOL -> random.nextInt(2);
          };
    }
    return new Values(shape, data);
  }

  private Program compare() {
    var objectives = List.of(new Gradient.Objective(y, seed));
    var derived = Gradient.of(program, objectives, inputs);
    var results = new ArrayList<Program.Result>();
    derived.gradients().forEach((tensor, gradient) -> results.add(new Program.Result(tensor.name(), gradient)));
    var wanted = new Program("derived", derived.program().steps(), results);
    Verifier.verified(wanted, Verifier.Stage.FORM, "differentiation of\n" + Printer.print(wanted));
    var run = Interpreter.run(wanted, values, ROWS);
    for (Tensor input : inputs) {
      double[] data = values.get(input.name()).data();
      for (int i = 0; i < data.length; i++) {
        double expected = difference(data, i);
        Values gradient = run.results().get(input.name());
        double actual = gradient == null ? 0 : gradient.data()[i];
        assertEquals(
            expected,
            actual,
            1e-6 * Math.max(1, Math.abs(expected)),
            "gradient of " + input.name() + " at " + i + "\n" + Printer.print(wanted));
      }
    }
    return wanted;
  }

  private double difference(double[] data, int at) {
    double before = data[at];
    data[at] = before + STEP;
    double above = objective();
    data[at] = before - STEP;
    double below = objective();
    data[at] = before;
    return (above - below) / (2 * STEP);
  }

  private double objective() {
    double[] result = Interpreter.run(program, values, ROWS).data(y.name());
    double[] seeds = values.get(seed.name()).data();
    double sum = 0;
    for (int i = 0; i < result.length; i++) {
      sum += result[i] * seeds[i];
    }
    return sum;
  }
}
