package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.Netc;
import netc.data.Dataset;
import netc.grad.FiniteDifferences;
import netc.interpret.Values;
import netc.ir.Model;
import netc.ir.Program;
import netc.rewrite.Forms;
import netc.runtime.Network;
import netc.runtime.Tensor;
import netc.source.Renderer;
import netc.source.SourceFile;
import netc.train.TrainSettings;
import netc.train.Trainer;
import netc.train.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code batch_stack} and {@code batch_index}: what a row does with all rows of its batch. */
class BatchRowsTest {
  private static final String TOWERS =
      """
      net Towers {
        input a[5]
        input b[4]
        q = a |> dense(3, tanh) |> dense(8)
        k = b |> dense(3, tanh) |> dense(8)
        keys = batch_stack(k)
        s[n] = (sum[d] q[d] * keys[n,d]) / 0.5
        output q
        output k
        loss nce = -log_softmax(s)[batch_index()]
        metric top1 = argmax(s) == batch_index()
        train { batch_size = 65 }
      }
      """;

  /** Of nets in {@code x[3]}, {@code c : index(4)}, {@code f : bool} and a weight, by what they show. */
  private static final List<String> BODIES =
      List.of(
          "loss l = sum[n, i] (h[i] - batch_stack(h)[n,i])^2 * 0.1",
          // supervised contrast: labels and truth are stacked too
          """
          hs = batch_stack(h)
          cs = batch_stack(c)
          fs = batch_stack(f)
          s[n] = sum[i] h[i] * hs[n,i]
          loss l = sum[n if n != batch_index() and cs[n] == c and fs[n]] exp(tanh(s[n]))
          """,
          // a label of another row gathers
          """
          cs = batch_stack(c)
          e[k] = tanh(h[0] * E[k])
          loss l = mean[n] e[cs[n]] * real(cs[n] + 1)
          """,
          // extrema over rows: nearest other row, hardest negative
          """
          hs = batch_stack(h)
          d[n] = sum[i] (h[i] - hs[n,i])^2
          near = min[n] (if n == batch_index() then inf else d[n])
          far = argmax(d)
          loss l = (if near < inf then near else 0) + sum[i] tanh(hs[far, i]) * h[i]
          """,
          // extrema over rows and more, in both orders, and of a matrix of rows
          """
          hs = batch_stack(h)
          loss l = max[i, n] tanh(hs[n,i] * h[i]) + min[n, i] hs[n,i] * x[i]
          loss m = max(hs) + 0.1 * max[batch, n, i] (h[i] * hs[n,i])
          """,
          // means, counts and products know the number of rows
          """
          hs = batch_stack(h)
          loss l = mean[n, i] hs[n,i]^2 + count[n] (hs[n,0] > 0) + mean(hs)
          loss p = prod[n] (1 + 0.01 * hs[n,0] * h[1])
          """,
          // rows of rows: a stack of what has an axis over the rows
          """
          hs = batch_stack(h)
          s[n] = sum[i] h[i] * hs[n,i]
          g = batch_stack(s)
          loss l = sum[n, m] (g[n,m] - g[m,n] + s[n] * s[m])^2 * 0.01
          """,
          // the shared matrix of all pairs, and functions of it
          """
          hs = batch_stack(h)
          g[m, n] = sum[i] hs[m,i] * hs[n,i]
          p[m] = softmax(g[m])
          loss l = p[batch_index(), batch_index()] + sum[m] log_softmax(g[m])[m]
          """,
          // own, shifted and first rows, with what lies outside
          """
          hs = batch_stack(h)
          u[n] = hs[n - 1, 0 else 0] * hs[n + 1, 1 else 0.5] + hs[0, 2] * hs[n, 2]
          loss l = sum[n] (u[n] * h[0] + tanh(hs[batch_index() + 2, 1 else 0.25]))
          loss m = hs[batch_index(), 1] * real(batch_index())
          """,
          // an axis in front, and one more behind
          """
          v[t, n, i] = batch_stack(h[t] * x)[n, i]
          loss l = sum[t, n, i] v[t,n,i]^2 * x[t]
          """,
          // a function of the rows uses their number
          """
          loss l = spread(batch_stack(h)) + centred(batch_stack(h[0]))[batch_index()]^2
          """,
          // batch norm by hand, with reductions over the batch beside
          """
          hs = batch_stack(h)
          mu[i] = mean[n] hs[n,i]
          nu[i] = mean[batch] h[i]
          loss l = sum[i] ((h[i] - mu[i])^2 + (h[i] - nu[i])^4)
          """,
          // a shared loss
          """
          hs = batch_stack(h)
          g[m, n] = sum[i] hs[m,i] * hs[n,i]
          loss l = (sum[m, n if m != n] g[m,n]^2) / (1 + count[batch] true)
          """,
          // rows in a scan, and functions with a derivative of their own
          """
          hs = batch_stack(h)
          scan t in 3 {
            g[t, n] = tanh(hs[n, t] * x[t] + 0.5 * g[t-1, n else 0]) + 0.1 * g[t-1, n - 1 else hs[n, 0]]
          }
          loss l = sum[n] sigmoid(g[2, n]) * silu(hs[n, 0]) + g[2, batch_index()]
          """,
          // a state keeps what all rows have
          """
          state seen[3] ~ zeros
          hs = batch_stack(h)
          update seen[i] = 0.9 * seen[i] + 0.1 * (max[n] hs[n,i])
          loss l = sum[n] tanh(hs[n,0] * h[1]) * (1 + seen[0])
          """,
          // the position alone, without a stack; evaluated by minibatches
          """
          loss l = h[0] / (1 + real(batch_index()))
          metric m = real(batch_index()) * h[1]
          train { batch_size = 5 }
          """,
          // joined and branched
          """
          hs = batch_stack(h)
          both = [hs, 2 * hs]
          s[n] = if n < 2 or f then both[1,n,0] * h[0] else both[0,n,1]
          loss l = sum[n] s[n]
          """);

  static Stream<String> nets() {
    return BODIES.stream()
        .map(
            body ->
                """
                fn spread(v[N, D]) -> r {
                  m[d] = mean[n] v[n,d]
                  r = (sum[n, d] (v[n,d] - m[d])^2) / N
                }
                fn centred(z[K]) -> y[K] {
                  y[k in K] = z[k] - mean(z) + 1 / K
                }
                net N {
                  input x[3]
                  input c : index(4)
                  input f : bool
                  param w[3, 3] ~ normal(0, 1)
                  param E[4] ~ normal(0, 1)
                  h[i] = tanh(sum[j] w[i,j] * x[j])
                  output h
                """
                    + body.indent(2)
                    + "}\n");
  }

  @Test
  void towersAgreeWithTheInterpreter() {
    GeneratedVersusInterpreter.of(TOWERS).withBatches(1, 7, 64, 65).withGradientsThatCancel().check();
  }

  @ParameterizedTest
  @MethodSource("nets")
  void generatedCodeAgreesWithTheInterpreter(String text) {
    GeneratedVersusInterpreter.of(text).withBatches(1, 7, 33).check();
  }

  static Stream<String> all() {
    return Stream.concat(Stream.of(TOWERS), nets());
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreThoseOfDifferences(String text) {
    Model model = model(text);
    Program train = Forms.of(model, true).get("train");
    int rows = 4;
    var random = new Random(8);
    var inputs = new LinkedHashMap<String, Values>();
    train.inputs().forEach(tensor -> inputs.put(tensor.name(), values(tensor, rows, random)));
    inputs.computeIfPresent("seed", (_, _) -> Values.vector(new double[] {0.25, 0.25, 0.25, 0.25}));
    var losses =
        train.results().stream().map(Program.Result::name).filter(n -> n.startsWith("loss.")).toList();
    FiniteDifferences.check(train, losses, inputs, rows);
  }

  private static Model model(String text) {
    var checked = Netc.check(new SourceFile("rows.net", text), Map.of());
    assertEquals(
        "", Renderer.plain().render(checked.diagnostics().stream().filter(d -> d.isError()).toList()));
    return checked.models().getFirst();
  }

  private static Values values(netc.ir.Tensor tensor, int rows, Random random) {
    int[] shape = tensor.shape().stream().mapToInt(e -> e.isBatch() ? rows : e.size()).toArray();
    double[] data = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < data.length; i++) {
      data[i] =
          switch (tensor.type()) {
            case REAL -> random.nextDouble(-1, 1);
            case INT -> random.nextInt((int) tensor.interval().orElseThrow().high() + 1);
            case BOOL -> random.nextInt(2);
          };
    }
    return new Values(shape, data);
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    CompiledNet net =
        Netc.compile(new SourceFile("towers.net", TOWERS), CompileOptions.DEFAULT).nets().getFirst();
    var random = new Random(4);
    Dataset data =
        Dataset.of(Map.of("a", reals(random, 200, 5), "b", reals(random, 200, 4)));
    Network[] trained = new Network[2];
    for (int i = 0; i < 2; i++) {
      var settings = TrainSettings.defaults().batchSize(70).epochs(2).threads(1 + 2 * i);
      var trainer = new Trainer<>(net.load().init(3), settings);
      trainer.fit(data);
      trained[i] = trainer.network();
    }
    assertEquals(trained[0].parameters(), trained[1].parameters());
  }

  /** Of 131,072 rows all see each other: the scores alone are more than any heap of a test. */
  @Test
  void aBatchThatCannotFitIsRefusedAtOnce() {
    Network network =
        Netc.compile(new SourceFile("towers.net", TOWERS), CompileOptions.DEFAULT)
            .nets()
            .getFirst()
            .load()
            .init(3);
    var backward = new netc.runtime.Backward(network, 8);
    assertTrue(backward.bytes(2048, 1) > 3 * backward.bytes(1024, 1));
    assertTrue(backward.bytes(1 << 30, 1) > 1L << 50);
    int rows = 1 << 17;
    var random = new Random(4);
    var data = Dataset.of(Map.of("a", reals(random, rows, 5), "b", reals(random, rows, 4)));
    var trainer = new Trainer<>(network, TrainSettings.defaults().batchSize(rows).epochs(1));
    var refused = assertThrows(TrainingException.class, () -> trainer.fit(data));
    assertTrue(refused.getMessage().contains("batch_size = "), refused.getMessage());
  }

  private static Tensor reals(Random random, int... shape) {
    double[] data = new double[shape[0] * shape[1]];
    Arrays.setAll(data, _ -> random.nextDouble(-1, 1));
    return Tensor.of(data, shape);
  }

  /** Arrays grow with the largest batch so far, and smaller batches use a part of them. */
  @Test
  void batchesOfAllSizesOneAfterTheOther() {
    Network network =
        Netc.compile(
                new SourceFile("towers.net", TOWERS),
                CompileOptions.DEFAULT.withPrecision(netc.runtime.Precision.F64))
            .nets()
            .getFirst()
            .load()
            .init(3);
    var random = new Random(6);
    var data = Dataset.of(Map.of("a", reals(random, 70, 5), "b", reals(random, 70, 4)));
    var backward = new netc.runtime.Backward(network, 8);
    var expected = new LinkedHashMap<Integer, double[]>();
    for (int rows : new int[] {40, 3, 70, 33, 40}) {
      double[] fresh = gradient(new netc.runtime.Backward(network, 8), network, data, rows);
      assertArrayEquals(fresh, gradient(backward, network, data, rows), 0.0, rows + " rows");
      expected.put(rows, fresh);
    }
    assertEquals(4, expected.size());
  }

  private static double[] gradient(
      netc.runtime.Backward backward, Network network, Dataset data, int rows) {
    var checked = netc.runtime.Rows.check(network.metadata(), data.tensors(), 70);
    backward.run(
        network.copyOfWeights(),
        checked.sources(backward.inputNames()),
        null,
        0,
        rows,
        netc.runtime.Tasks.SEQUENTIAL);
    return ((double[]) backward.gradient(0)).clone();
  }
}
