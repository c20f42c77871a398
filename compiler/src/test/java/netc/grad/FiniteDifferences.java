package netc.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Printer;
import netc.ir.Program;
import netc.rewrite.DeadCode;

/**
 * The gradients of a form ({@code grad.param.…}, {@code grad.input.…}) are those of differences of its
 * losses: the objective is the mean over the rows of each loss per example, plus the shared ones.
 */
public final class FiniteDifferences {
  private static final double STEP = 1e-5;
  private static final int SAMPLES = 6;

  private final Program form;
  private final Program values;
  private final List<String> losses;
  private final Map<String, Values> inputs;
  private final int rows;

  private FiniteDifferences(
      Program form, List<String> losses, Map<String, Values> inputs, int rows) {
    this.form = form;
    this.losses = losses;
    this.inputs = inputs;
    this.rows = rows;
    var wanted = form.results().stream().filter(r -> losses.contains(r.name())).toList();
    values = new DeadCode().apply(new Program("losses", form.steps(), wanted));
  }

  /**
   * Compares some elements of every gradient. Where the difference to the left is not that to the right
   * there is a kink, and another element is taken.
   *
   * @param losses names of results of the form
   * @param inputs values of all its inputs, by name
   */
  public static void check(
      Program form, List<String> losses, Map<String, Values> inputs, int rows) {
    var differences = new FiniteDifferences(form, losses, inputs, rows);
    var run = Interpreter.run(form, inputs, rows);
    var random = new Random(3);
    int checked = 0;
    for (Program.Result result : form.results()) {
      if (result.name().startsWith("grad.")) {
        checked += differences.compare(result.name(), run.data(result.name()), random);
      }
    }
    assertTrue(checked > 0, "no gradient was compared");
  }

  private int compare(String name, double[] gradient, Random random) {
    double[] data = inputs.get(name.replaceFirst("grad\\.(param|input)\\.", "")).data();
    int checked = 0;
    for (int attempt = 0; checked < SAMPLES && attempt < 4 * SAMPLES; attempt++) {
      int at = random.nextInt(data.length);
      double left = (objective() - objective(data, at, -STEP)) / STEP;
      double right = (objective(data, at, STEP) - objective()) / STEP;
      double expected = (left + right) / 2;
      double size = Math.max(1, Math.abs(expected));
      if (Math.abs(left - right) < 1e-3 * size) {
        assertEquals(
            expected,
            gradient[at],
            1e-6 * size,
            () -> name + "[" + at + "]\n" + Printer.print(form));
        checked++;
      }
    }
    assertTrue(checked > 0, () -> name + ": a kink everywhere");
    return checked;
  }

  private double objective(double[] data, int at, double step) {
    double before = data[at];
    data[at] = before + step;
    double value = objective();
    data[at] = before;
    return value;
  }

  private double objective() {
    var run = Interpreter.run(values, inputs, rows);
    return losses.stream()
        .mapToDouble(loss -> Arrays.stream(run.data(loss)).average().orElseThrow())
        .sum();
  }
}
