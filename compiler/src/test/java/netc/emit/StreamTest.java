package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.CompileOptions;
import netc.CompiledNet;
import netc.Netc;
import netc.explain.Explanation;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Model;
import netc.ir.Program;
import netc.loop.ScalarType;
import netc.rewrite.Forms;
import netc.runtime.Flavour;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Stream;
import netc.runtime.Tensor;
import netc.source.SourceFile;
import netc.syntax.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs step by step: the numbers of the whole sequence, without allocating, and why not where not. */
class StreamTest {
  private static final String LAYERS =
      """
      package test
      net Layers {
        dim T = 12, D = 5, H = 7
        input x[T, D]
        h = x |> LAYER
        y[t] = h[t] |> dense(3)
        output p[t, k] = softmax[k](y[t, k])
      }
      """;

  private static CompiledNet compile(String text, Precision precision) {
    var source = new SourceFile("stream.net", text);
    var result = Netc.compile(source, CompileOptions.DEFAULT.withPrecision(precision));
    assertEquals(1, result.nets().size(), () -> result.diagnostics().toString());
    return result.nets().getFirst();
  }

  private static CompiledNet streams(Precision precision) {
    return compile(Texts.resource("scans/streams.net").text(), precision);
  }

  private static ScalarType real(Precision precision) {
    return precision == Precision.F32 ? ScalarType.FLOAT : ScalarType.DOUBLE;
  }

  private static List<StepMethods> methods(Network network) {
    return StepMethods.of(network.metadata(), real(network.precision()));
  }

  private record Bench(Network network, TypedNet typed, NetData data) {
    static Bench of(CompiledNet net) {
      Network start = net.load().init(1);
      NetData data = NetData.random(net.model(), start, 1, -1, 1);
      Network network = start.withParameters(data.weights());
      return new Bench(network, new TypedNet(network), data);
    }

    StepMethods methods(String step) {
      return StreamTest.methods(network).stream()
          .filter(m -> m.step().equals(step))
          .findFirst()
          .orElseThrow();
    }
  }

  // ---------- the same numbers ----------

  /**
   * The class says step by step what it says of the whole: with plain loops to the last bit; with vectors
   * the tiles of the two add in different orders.
   */
  @ParameterizedTest
  @CsvSource({
    "rnn(H), F32", "rnn(H), F64", "lstm(H), F32", "lstm(H), F64", "gru(H), F32", "gru(H), F64",
    "lstm(H) |> lstm(H), F32", "gru(H) |> lstm(H) |> rnn(H), F64"
  })
  void layersStepByStepAreTheWholeSequence(String layer, Precision precision) {
    Flavours.in(Flavour.PORTABLE, () -> stepsAreTheWhole(layer, precision, 0));
    double rounding = precision == Precision.F32 ? 1e-5 : 1e-13;
    Flavours.in(Flavour.VECTOR, () -> stepsAreTheWhole(layer, precision, rounding));
  }

  private static void stepsAreTheWhole(String layer, Precision precision, double tolerance) {
    Bench bench = Bench.of(compile(LAYERS.replace("LAYER", layer), precision));
    StepMethods methods = bench.methods("stepP");
    Metadata.Port output = bench.network.metadata().outputs().getFirst();
    double[] whole = bench.typed.one(output, bench.data);
    double[] steps =
        bench.typed.steps(methods, bench.typed.stream(methods), bench.data);
    assertArrayEquals(whole, steps, tolerance, layer);
  }

  /** The form of a step means, in the interpreter, what the whole means. */
  @Test
  void theFormOfAStepMeansWhatTheWholeMeans() {
    Model model = streams(Precision.F64).model();
    Network network = streams(Precision.F64).load().init(1);
    NetData data = NetData.random(model, network, 1, -1, 1);
    Map<String, Program> forms = Forms.of(model, false);
    Map<String, Values> whole = new Reference(model, data).predict();
    long streamed = forms.keySet().stream().filter(name -> name.startsWith("step:")).count();
    assertEquals(9, streamed);
    for (Model.Output output : model.outputs()) {
      Program form = forms.get("step:" + output.name());
      if (form != null) {
        double[] found = interpreted(form, data, output);
        assertArrayEquals(whole.get(output.name()).data(), found, 1e-14, output.name());
      }
    }
  }

  private static double[] interpreted(Program form, NetData data, Model.Output output) {
    Map<String, Values> left = new LinkedHashMap<>();
    int steps = output.tensor().shape().get(1).size();
    double[] all = new double[output.tensor().elements()];
    for (int time = 0; time < steps; time++) {
      var inputs = new LinkedHashMap<>(data.values());
      for (netc.ir.Tensor input : form.inputs()) {
        if (input.role() == netc.ir.Tensor.Role.STREAM) {
          inputs.put(input.name(), streamed(input, time, steps, data, left));
        }
      }
      Map<String, Values> results = Interpreter.run(form, inputs, 1).results();
      double[] one = results.get("out." + output.name()).data();
      System.arraycopy(one, 0, all, time * one.length, one.length);
      left.putAll(results);
    }
    return all;
  }

  private static Values streamed(
      netc.ir.Tensor input, int time, int steps, NetData data, Map<String, Values> left) {
    int[] shape = input.shape().stream().mapToInt(e -> e.isBatch() ? 1 : e.size()).toArray();
    if (input.name().startsWith("at:")) {
      Tensor all = data.columns().get(input.name().substring(5));
      boolean isSecond = input.name().startsWith("at:1:"); // columns[D, T]
      double[] now = new double[input.elements()];
      Arrays.setAll(
          now, i -> all.get(isSecond ? i * steps + time : time * input.elements() + i));
      return new Values(shape, now);
    }
    if (input.name().startsWith("before:")) {
      Values before = left.get(input.name().replace("before:", "next:"));
      double[] nothing = new double[input.elements()];
      Arrays.fill(nothing, input.type() == netc.ir.ElementType.REAL ? Double.NaN : 0);
      return before == null ? new Values(shape, nothing) : before;
    }
    return new Values(shape, new double[] {time});
  }

  // ---------- what a caller may rely on ----------

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aStepAllocatesNothing(Precision precision) throws Throwable {
    Flavours.in(Flavour.PORTABLE, () -> stepsAllocateNothing(precision));
  }

  private static void stepsAllocateNothing(Precision precision) throws Throwable {
    Bench bench = Bench.of(streams(precision));
    for (StepMethods methods : methods(bench.network)) {
      var stream = (Stream) bench.typed.stream(methods);
      MethodHandle step = bench.typed.stepCall(methods, stream, bench.data);
      MethodHandle again =
          java.lang.invoke.MethodHandles.foldArguments(
              step,
              java.lang.invoke.MethodHandles.publicLookup()
                  .findVirtual(
                      Stream.class, "reset", java.lang.invoke.MethodType.methodType(void.class))
                  .bindTo(stream));
      assertEquals(0, CallsTest.allocatedBy(again), methods.step());
    }
  }

  /** Streams share a network and nothing else; one that is reset begins anew. */
  @Test
  void streamsDoNotMeet() {
    Bench bench = Bench.of(streams(Precision.F64));
    StepMethods methods = bench.methods("stepH");
    Object first = bench.typed.stream(methods);
    double[] alone = bench.typed.steps(methods, first, bench.data);
    ((Stream) first).reset();
    Object second = bench.typed.stream(methods);
    bench.typed.step(methods, second, bench.data, 3);
    double[] mixed = new double[alone.length];
    for (int time = 0; time < 6; time++) {
      double[] one = bench.typed.step(methods, first, bench.data, time);
      System.arraycopy(one, 0, mixed, time * one.length, one.length);
      bench.typed.step(methods, second, bench.data, 5 - time);
    }
    assertArrayEquals(alone, mixed);
    assertEquals(6, ((Stream) first).time());
    assertEquals(7, ((Stream) second).time());
  }

  /** Where no formula depends on the number of the step, a stream is longer than the sequence. */
  @Test
  void aStreamEndsOnlyWhereItsFormulasDo() {
    Bench bench = Bench.of(streams(Precision.F32));
    StepMethods endless = bench.methods("stepStacked");
    Object stream = bench.typed.stream(endless);
    for (int time = 0; time < 100; time++) {
      bench.typed.step(endless, stream, bench.data, time % 6);
    }
    StepMethods numbered = bench.methods("stepLate");
    Object finite = bench.typed.stream(numbered);
    bench.typed.steps(numbered, finite, bench.data);
    String said =
        assertThrows(
                IllegalStateException.class, () -> bench.typed.step(numbered, finite, bench.data, 0))
            .getMessage();
    assertTrue(said.contains("output `late` has 6 steps") && said.contains("stream.net:"), said);
  }

  @Test
  void aStreamOfAnotherOutputOrNetIsRefused() {
    Bench bench = Bench.of(streams(Precision.F32));
    StepMethods methods = bench.methods("stepH");
    Object other = bench.typed.stream(bench.methods("stepQ"));
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> bench.typed.step(methods, other, bench.data, 0))
            .getMessage();
    assertTrue(said.contains("step:q") && said.contains("step:h"), said);
    Object foreign = Bench.of(streams(Precision.F32)).typed.stream(methods);
    assertThrows(
        IllegalArgumentException.class, () -> bench.typed.step(methods, foreign, bench.data, 0));
  }

  /** An array that is too short stops the step, which can then be made again. */
  @Test
  void theOutputNeedsItsPlace() throws Throwable {
    Bench bench = Bench.of(streams(Precision.F32));
    StepMethods methods = bench.methods("stepH");
    var stream = (Stream) bench.typed.stream(methods);
    var step =
        Arrays.stream(bench.network.getClass().getMethods())
            .filter(m -> m.getName().equals("stepH"))
            .findFirst()
            .orElseThrow();
    for (float[] place : new float[][] {null, new float[3]}) {
      Object[] arguments = new Object[step.getParameterCount()];
      arguments[0] = stream;
      arguments[1] = 2; // tok
      arguments[2] = new float[4]; // start
      arguments[3] = 0.5f; // bias
      arguments[4] = place;
      Throwable said =
          assertThrows(
                  java.lang.reflect.InvocationTargetException.class,
                  () -> step.invoke(bench.network, arguments))
              .getCause();
      assertTrue(said.getMessage().contains("output `h`"), said.toString());
      assertTrue(said.getMessage().contains("stream.net:"), said.toString());
      assertEquals(0, stream.time());
    }
    double[] after = bench.typed.steps(methods, stream, bench.data);
    assertArrayEquals(
        bench.typed.steps(methods, bench.typed.stream(methods), bench.data), after);
  }

  /** Names of Java that would meet are told apart, whatever the outputs are called. */
  @Test
  void namesOfMethodsDoNotMeet() {
    CompiledNet net =
        compile(
            """
            package test
            net N {
              dim T = 3
              input x[T]
              scan t in T { h[t] = x[t] + h[t-1 else 0] }
              output h
              output H = 2 * h
              output streamH = 4
              output stepH[t] = 3 * h[t]
            }
            """,
            Precision.F32);
    assertEquals(
        List.of("stepH_", "step_H", "stepStepH"),
        methods(net.load().init(1)).stream()
            .map(m -> m.step().equals("step_h") ? "stepH_" : m.step())
            .toList());
    Bench bench = Bench.of(net);
    for (StepMethods methods : methods(bench.network)) {
      assertEquals(3, bench.typed.steps(methods, bench.typed.stream(methods), bench.data).length);
    }
  }

  // ---------- why not ----------

  private static final String BODY =
      """
      package test
      net N {
        dim T = 5
        input x[T], w[3], z[2, T], long[9]
        param place[T] ~ normal(0, 1)
        scan t in T { h[t] = x[t] + 0.5 * h[t-1 else 0] }
        scan t in reverse(T) { b[t] = x[t] + 0.5 * b[t+1 else 0] }
        sample noise[T] ~ normal(0, 1)
        sample once ~ normal(0, 1)
        LINE
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "output y[t] = h[t] + b[t]               | carries `b` backwards in time      | b_t = x_t",
        "output y[t in T] = sum[u in 3] w[u] * h[t+u-2 else 0] | reads `h` at other times | Σ_u w_u",
        "output y[t] = h[t] * sum(h)             | reads `h` at other times           | Σ_",
        "output y[t] = h[t] + x[0]               | reads `x` at other times           | y_t",
        "output y[t in T] = h[t] + h[T-1-t]      | reads `h` at other times           | y_t",
        "output y[t] = h[t] + noise[t]           | draws `noise` for all times at once | y_t",
        "output y[t] = h[t] + once               | draws `once` once for all times     | y_t",
        "output y[t] = h[t] + (max[u in T if u <= t] h[u]) | reads `h` at other times | max",
        "output y[t in T] = h[t] + w[t else 0] | reads `w` where it has ended | y_t",
        "v[i] = 2 * w[i] output y[t in T] = h[t] + v[t else 0] | reads `v` where it has ended | y_t",
        "s = sum(x) m = s * 2 output y[t] = h[t] * m | reads `x` at other times | Σ_",
        "output y[t] = h[t] - (if training then mean(h) else h[t-1 else 0]) | reads `h` at other times | y_t"
      })
  void theEquationThatPreventsItIsNamed(String line, String deed, String equation) {
    var source = new SourceFile("why.net", BODY.replace("LINE", line.strip()));
    Model model = Netc.check(source, Map.of()).models().getFirst();
    String said = Explanation.of(model).streaming();
    assertTrue(said.startsWith("output y cannot be computed step by step: why.net:"), said);
    assertTrue(said.contains(deed) && said.contains(equation), said);
    assertTrue(
        methods(Netc.compile(model, source, CompileOptions.DEFAULT).load().init(1)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "output y[t] = h[t] * w[0] + z[1, t]",
        "output y[t] = h[t] + (if training then mean(h) else 0)",
        "output y[t] = h[t] * (max[i] z[i, t])",
        "output y[t in T] = h[t] * long[t]",
        "v[s in 9] = long[s] * real(s)  output y[t in T] = h[t] + v[t] * place[t]",
        "scan t in 9 { g[t] = long[t] - 0.5 * g[t-1 else 0] }  output y[t in T] = h[t] + g[t]"
      })
  void theseCanBeStreamed(String line) {
    String text = BODY.replace("LINE", line);
    Model model = Netc.check(new SourceFile("why.net", text), Map.of()).models().getFirst();
    assertEquals("output y can be computed step by step\n", Explanation.of(model).streaming());
    GeneratedVersusInterpreter.of(text).withBatches(1, 3).check();
  }

  @Test
  void nothingIsSaidOfWhatIsNoSequence() {
    String text = BODY.replace("LINE", "output y = h[T-1]  output e[t] = 2 * x[t]");
    Model model = Netc.check(new SourceFile("why.net", text), Map.of()).models().getFirst();
    assertEquals("", Explanation.of(model).streaming());
  }
}
