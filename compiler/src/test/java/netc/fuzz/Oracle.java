package netc.fuzz;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import netc.Netc;
import netc.check.CheckResult;
import netc.emit.GeneratedVersusInterpreter;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Model;
import netc.ir.Program;
import netc.ir.Tensor;
import netc.rewrite.DeadCode;
import netc.rewrite.Forms;
import netc.source.Diagnostic;
import netc.source.Renderer;
import netc.source.SourceFile;

/**
 * What must hold of a well-typed program: it is accepted, its class says what the interpreter says, and
 * its gradients are those of differences.
 */
final class Oracle {
  private static final int ROWS = 3;
  private static final double STEP = 1e-5;

  private int compared;
  private int skipped;

  /** Derivatives compared with differences. */
  int compared() {
    return compared;
  }

  /** Derivatives not compared, a kink or a jump being too near. */
  int skipped() {
    return skipped;
  }

  void check(String text) throws Failure {
    var source = new SourceFile("fuzz.net", text);
    Model model = accepted(source);
    try {
      GeneratedVersusInterpreter.of(source).onlyDoubles().allowingNaN().check();
    } catch (AssertionError e) {
      throw new Failure("disagreement", e.getMessage(), e);
    } catch (RuntimeException | LinkageError e) {
      throw new Failure("crash of " + e.getClass().getSimpleName(), String.valueOf(e.getMessage()), e);
    }
    if (!text.contains("stop(")) {
      differences(model);
    }
  }

  private static Model accepted(SourceFile source) throws Failure {
    CheckResult result;
    try {
      result = Netc.check(source, Map.of());
    } catch (RuntimeException e) {
      throw new Failure("crash of " + e.getClass().getSimpleName(), String.valueOf(e.getMessage()), e);
    }
    var errors = result.diagnostics().stream().filter(Diagnostic::isError).toList();
    if (!errors.isEmpty()) {
      String code = errors.getFirst().code();
      throw new Failure("rejected, " + code, Renderer.plain().render(errors), null);
    }
    return result.models().getFirst();
  }

  private void differences(Model model) throws Failure {
    Program train = Forms.of(model, true).get("train");
    if (train == null) {
      return; // without a loss
    }
    Map<String, Values> inputs = inputs(train);
    Map<String, Values> results = Interpreter.run(train, inputs, ROWS).results();
    var random = new Random(9);
    var losses = train.results().stream().filter(r -> r.name().startsWith("loss.")).toList();
    Program values = new DeadCode().apply(new Program("losses", train.steps(), losses));
    for (Program.Result result : train.results()) {
      if (result.name().startsWith("grad.")) {
        String name = result.name().replaceFirst("grad\\.(param|input)\\.", "");
        double[] data = inputs.get(name).data();
        double[] gradient = results.get(result.name()).data();
        for (int i = 0; i < 3; i++) {
          int at = random.nextInt(data.length);
          compare(result.name() + "[" + at + "]", gradient[at], values, inputs, data, at);
        }
      }
    }
  }

  private void compare(
      String what,
      double gradient,
      Program values,
      Map<String, Values> inputs,
      double[] data,
      int at)
      throws Failure {
    double wide = difference(values, inputs, data, at, STEP);
    double narrow = difference(values, inputs, data, at, STEP / 3);
    double tolerance = 1e-5 * Math.max(1, Math.abs(wide));
    if (!(Math.abs(wide - narrow) < tolerance)) {
      skipped++;
      return;
    }
    compared++;
    if (!(Math.abs(gradient - wide) < 3 * tolerance)) {
      throw new Failure("wrong gradient", what + " is " + gradient + ", differences say " + wide, null);
    }
  }

  private static double difference(
      Program values, Map<String, Values> inputs, double[] data, int at, double step) {
    double before = data[at];
    data[at] = before + step;
    double above = objective(values, inputs);
    data[at] = before - step;
    double below = objective(values, inputs);
    data[at] = before;
    return (above - below) / (2 * step);
  }

  private static double objective(Program values, Map<String, Values> inputs) {
    return Interpreter.run(values, inputs, ROWS).results().values().stream()
        .mapToDouble(v -> Arrays.stream(v.data()).average().orElseThrow())
        .sum();
  }

  private static Map<String, Values> inputs(Program form) {
    var random = new Random(11);
    var inputs = new LinkedHashMap<String, Values>();
    form.inputs().forEach(tensor -> inputs.put(tensor.name(), values(tensor, random)));
    double[] seeds = new double[ROWS];
    Arrays.fill(seeds, 1.0 / ROWS);
    inputs.put("seed", Values.vector(seeds));
    return inputs;
  }

  private static Values values(Tensor tensor, Random random) {
    int[] shape = tensor.shape().stream().mapToInt(e -> e.isBatch() ? ROWS : e.size()).toArray();
    double[] data = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < data.length; i++) {
      data[i] =
          switch (tensor.type()) {
            case REAL -> random.nextDouble(-1, 1);
            case INT -> {
              var range = tensor.interval().orElseThrow();
              yield random.nextLong(range.low(), range.high() + 1);
            }
            case BOOL -> random.nextInt(2);
          };
    }
    return new Values(shape, data);
  }
}
