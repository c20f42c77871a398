package netc.rewrite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import netc.check.Checker;
import netc.check.Options;
import netc.check.Prelude;
import netc.grad.FiniteDifferences;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Model;
import netc.ir.Program;
import netc.ir.Tensor;
import netc.source.SourceFile;
import netc.syntax.Parser;
import netc.syntax.Unit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From text to gradients: every form of some nets keeps its meaning through the pipeline, and the
 * gradients of the train form are those of differences of its losses.
 */
class RoadTest {
  private static final int ROWS = 3;

  private static Unit parse(String name, String text) {
    var parsed = Parser.parse(new SourceFile(name, text));
    return parsed.unit().orElseThrow(() -> new AssertionError(parsed.diagnostics().toString()));
  }

  private static String resource(String name) {
    try (InputStream in = RoadTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Model model(String text) {
    var result = Checker.check(parse("test.net", text), Prelude.unit(), Options.NONE);
    assertEquals(1, result.models().size(), () -> result.diagnostics().toString());
    return result.models().getFirst();
  }

  private static Map<String, Values> inputs(Program form) {
    var random = new Random(11);
    var inputs = new LinkedHashMap<String, Values>();
    form.inputs().forEach(tensor -> inputs.put(tensor.name(), values(tensor, random)));
    double[] seeds = new double[ROWS];
    java.util.Arrays.fill(seeds, 1.0 / ROWS);
    inputs.put("seed", Values.vector(seeds));
    return inputs;
  }

  private static Values values(Tensor tensor, Random random) {
    int[] shape = tensor.shape().stream().mapToInt(e -> e.isBatch() ? ROWS : e.size()).toArray();
    double[] data = new double[java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    boolean isState = tensor.role() == Tensor.Role.STATE;
    for (int i = 0; i < data.length; i++) {
      data[i] =
          switch (tensor.type()) {
            case REAL -> isState ? random.nextDouble(0.5, 2) : random.nextDouble(-1, 1);
            case INT -> {
              var range = tensor.interval().orElseThrow();
              yield random.nextLong(range.low(), range.high() + 1);
            }
            case BOOL -> random.nextInt(2);
          };
    }
    return new Values(shape, data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lesson", "xor", "iris", "logistic", "house", "image", "recommender", "attention", "scalars",
        "batch_norm", "samples", "burgers", "derivatives", "rnn", "lstm", "gru", "both_directions",
        "coupled", "feedback", "windows"
      })
  void gradientsAreRightAndMeaningStays(String name) {
    Model model = model(resource("/netc/rewrite/" + name + ".net"));
    Map<String, Program> forms = Forms.of(model, true);
    forms.forEach((form, program) -> meaningStays(form, program, inputs(program)));
    Program train = forms.get("train");
    FiniteDifferences.check(
        train, model.losses().stream().map(l -> "loss." + l.name()).toList(), inputs(train), ROWS);
    if (forms.containsKey("penalty")) {
      Program penalty = forms.get("penalty");
      FiniteDifferences.check(
          penalty,
          model.penalties().stream().map(l -> "penalty." + l.name()).toList(),
          inputs(penalty),
          ROWS);
    }
  }

  private static void meaningStays(String form, Program program, Map<String, Values> inputs) {
    var before = Interpreter.run(program, inputs, ROWS);
    Pipeline.dump(program)
        .forEach(
            (stage, optimised) -> {
              var after = Interpreter.run(optimised, inputs, ROWS);
              before.results()
                  .forEach(
                      (name, values) ->
                          assertArrayEquals(
                              values.data(),
                              after.results().get(name).data(),
                              1e-11,
                              () -> form + ": " + name + " after " + stage));
            });
  }
}
