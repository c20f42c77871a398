package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.Netc;
import netc.data.Dataset;
import netc.runtime.Network;
import netc.runtime.Tensor;
import netc.syntax.Texts;
import netc.train.Adam;
import netc.train.Trainer;
import org.junit.jupiter.api.Test;

/** The example of the language page learns to write: it does better than counting characters. */
class CharLstmTest {
  private static final int STEPS = 16;
  private static final String TEXT =
      """
      Each name is defined once, and what a formula reads is defined before it. An index is a new name,
      it runs over the axis on which it stands alone, and it is seen inside its sum and nowhere else.
      What stands on the left has a shape, what stands on the right has a value, and both are checked
      before a number is computed. A layer is a page of formulas with a name, and a net is a page of
      layers with a loss. The batch is implied, since a formula speaks of one example. A sum reaches as
      far as it does on paper. The state of a scan is what one step leaves to the next one, and the step
      before the first one has left what the writer says it has.
      """;

  private static CompiledNet compile() {
    var options =
        CompileOptions.DEFAULT.withSizes(
            Map.of("T", (double) STEPS, "V", 65.0, "D", 16.0, "H", 48.0));
    var result = Netc.compile(Texts.resource("examples/char_lstm.net"), options);
    assertEquals(1, result.nets().size(), () -> result.diagnostics().toString());
    return result.nets().getFirst();
  }

  /** Each character's number in order of first use, in windows of so many steps. */
  private static int[] numbers() {
    var known = new HashMap<Integer, Integer>();
    return TEXT.chars().map(c -> known.computeIfAbsent(c, _ -> known.size())).toArray();
  }

  private static Map<String, Tensor> windows(int[] text) {
    int rows = text.length - STEPS;
    int[] now = new int[rows * STEPS];
    int[] next = new int[rows * STEPS];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(text, row, now, row * STEPS, STEPS);
      System.arraycopy(text, row + 1, next, row * STEPS, STEPS);
    }
    return Map.of(
        "tok", Tensor.of(now, rows, STEPS), "next", Tensor.of(next, rows, STEPS));
  }

  /** In nats: what the best guess from the frequencies alone is worth. */
  private static double entropy(int[] text) {
    var counts = new HashMap<Integer, Integer>();
    for (int c : text) {
      counts.merge(c, 1, Integer::sum);
    }
    return counts.values().stream()
        .mapToDouble(n -> (double) n / text.length)
        .map(p -> -p * Math.log(p))
        .sum();
  }

  private static double loss(Network network, Map<String, Tensor> data) {
    int rows = data.get("tok").size(0);
    return network.evaluate(data, rows).losses().get("nll");
  }

  @Test
  void learnsMoreThanFrequencies() {
    int[] text = numbers();
    Map<String, Tensor> data = windows(text);
    Network start = compile().load().init(1);
    assertEquals(Math.log(65), loss(start, data), 0.3);
    var settings = Adam.rate(1e-2).steps(120).seed(1);
    var trainer = new Trainer<>(start, settings);
    trainer.fit(Dataset.of(data));
    double learnt = loss(trainer.network(), data);
    assertTrue(learnt < 0.75 * entropy(text), learnt + " of " + entropy(text));
  }
}
