package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.Netc;
import netc.data.Dataset;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.ElementType;
import netc.ir.Model;
import netc.ir.Program;
import netc.rewrite.Forms;
import netc.runtime.Draws;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.source.SourceFile;
import netc.train.TrainSettings;
import netc.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nets whose rows see each other when training, or that draw: blocks together are the batch. */
class BatchFormsTest {
  private static CompiledNet compile(String name) throws IOException {
    try (var in = BatchFormsTest.class.getResourceAsStream("/netc/rewrite/" + name + ".net")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var options = CompileOptions.DEFAULT.withPrecision(Precision.F64).inspecting();
      var result = Netc.compile(new SourceFile(name + ".net", text), options);
      assertEquals(1, result.nets().size(), () -> result.diagnostics().toString());
      return result.nets().getFirst();
    }
  }

  private static Map<String, Tensor> data(Model model, int rows) {
    var random = new Random(5);
    var data = new LinkedHashMap<String, Tensor>();
    var all = new java.util.ArrayList<>(model.inputs());
    all.addAll(model.targets());
    for (Model.Data port : all) {
      int[] shape =
          port.tensor().shape().stream().mapToInt(e -> e.isBatch() ? rows : e.size()).toArray();
      double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            port.tensor().type() == ElementType.REAL
                ? random.nextDouble(-1, 1)
                : random.nextInt((int) port.tensor().interval().orElseThrow().high() + 1);
      }
      Tensor tensor = Tensor.of(values, shape);
      boolean isReal = port.tensor().type() == ElementType.REAL;
      data.put(port.name(), isReal ? tensor : Tensor.of(tensor.ints(), shape));
    }
    return data;
  }

  private static Map<String, Values> inputs(
      Program form, CompiledNet net, Network network, Map<String, Tensor> data, int rows) {
    var inputs = new LinkedHashMap<String, Values>();
    data.forEach((name, tensor) -> inputs.put(name, new Values(tensor.shape(), tensor.doubles())));
    network.parameters().forEach((n, t) -> inputs.put(n, new Values(t.shape(), t.doubles())));
    network.states().forEach((n, t) -> inputs.put(n, new Values(t.shape(), t.doubles())));
    for (var sample : net.metadata().samples()) {
      Tensor drawn = Draws.tensor(sample, 0, 0, rows);
      inputs.put(sample.path(), new Values(drawn.shape(), drawn.doubles()));
    }
    double[] seeds = new double[rows];
    Arrays.fill(seeds, 1.0 / rows);
    inputs.put("seed", Values.vector(seeds));
    inputs.keySet().retainAll(form.inputs().stream().map(netc.ir.Tensor::name).toList());
    return inputs;
  }

  @ParameterizedTest
  @CsvSource({"batch_norm, 1", "batch_norm, 7", "batch_norm, 70", "samples, 1", "samples, 70"})
  void aStepIsThatOfTheInterpreter(String name, int rows) throws IOException {
    CompiledNet net = compile(name);
    Network network = net.load().init(3);
    var data = data(net.model(), rows);
    Program train = Forms.of(net.model(), true).get("train");
    var run = Interpreter.run(train, inputs(train, net, network, data, rows), rows);
    var found = network.gradients(data, rows);
    found.losses()
        .forEach(
            (loss, mean) ->
                assertEquals(
                    Arrays.stream(run.data("loss." + loss)).average().orElseThrow(), mean, 1e-12));
    var results = new LinkedHashMap<String, Tensor>();
    found.parameters().forEach((n, t) -> results.put("grad.param." + n, t));
    found.inputs().forEach((n, t) -> results.put("grad.input." + n, t));
    found.states().forEach((n, t) -> results.put("state." + n, t));
    found.outputs().forEach((n, t) -> results.put("out." + n, t));
    assertTrue(results.size() > 2);
    results.forEach(
        (n, t) -> assertArrayEquals(run.data(n), t.doubles(), 1e-10, n + " of " + rows));
  }

  @Test
  void statesChangeAfterEachStepAndThreadsDoNotMatter() throws IOException {
    CompiledNet net = compile("batch_norm");
    Dataset data = Dataset.of(data(net.model(), 150));
    Network[] trained = new Network[2];
    for (int threads = 1; threads <= 2; threads++) {
      var settings = TrainSettings.defaults().batchSize(70).epochs(2).threads(threads);
      var trainer = new Trainer<>(net.load().init(3), settings);
      trainer.fit(data);
      trained[threads - 1] = trainer.network();
    }
    assertEquals(6, trained[0].state("seen").get(0)); // 3 steps an epoch
    assertEquals(trained[0].parameters(), trained[1].parameters());
    assertEquals(trained[0].states(), trained[1].states());
  }

  @Test
  void everyStepDrawsAnew() throws IOException {
    CompiledNet net = compile("samples");
    var sample = net.metadata().samples().getFirst();
    assertNotEquals(Draws.tensor(sample, 0, 0, 3), Draws.tensor(sample, 0, 1, 3));
    assertNotEquals(Draws.tensor(sample, 0, 0, 3), Draws.tensor(sample, 1, 0, 3));
  }

  @Test
  void evaluationRunsByMinibatches() throws IOException {
    CompiledNet net = compile("batch_norm");
    Network network = net.load().init(3);
    var data = data(net.model(), 40);
    var all = network.evaluate(data, 40); // minibatches of 32 rows
    var parts = new double[2];
    for (int part = 0; part < 2; part++) {
      int from = part * 32;
      int count = part == 0 ? 32 : 8;
      var some = Dataset.of(data).select(java.util.stream.IntStream.range(from, from + count).toArray());
      parts[part] = network.evaluate(some.tensors(), count).losses().get("centre") * count;
    }
    assertEquals((parts[0] + parts[1]) / 40, all.losses().get("centre"), 1e-12);
  }
}
