package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import netc.CompiledNet;
import netc.runtime.FormRunner;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;

/** Failures of calls say which input is wrong, and their traces lead into the {@code .net} file. */
class FailuresTest {
  private static final String SMALL =
      """
      package demo
      net Small {
        input x[3]
        input kind : index(4)
        target y
        param E[4, 3] ~ normal(0, 1)
        a[i] = tanh(x[i])
        b = sum[i] E[kind, i] * a[i]
        output b
        output h = x |> dense(2)
        loss l = (b - y)^2
      }
      """;

  private static final int GATHER_LINE = 8;

  /** So many equations that one method cannot call all kernels; the last but one reads a table. */
  private static String large() {
    var text = new StringBuilder(
        "package demo\nnet Large {\n  input x[3]\n  input kind : index(4)\n  target y\n"
            + "  param E[4, 3] ~ normal(0, 1)\n  a@0 = x\n  for l in 1..=300 {\n"
            + "    s@l[i in 3] = sum[j in 3] a@(l-1)[j] / (1 + i)\n    a@l[i] = tanh(s@l[i])\n  }\n"
            + "  b = sum[i] E[kind, i] * a@300[i]\n  output b\n  loss l = (b - y)^2\n}\n");
    return text.toString();
  }

  private static final int GATHER_LINE_OF_LARGE = 12;

  private static Network network(String text) {
    CompiledNet net = Nets.compile(new SourceFile("models/demo.net", text), Precision.F32);
    return net.load().init(3);
  }

  private static Throwable failure(Network network, String name, Object... arguments) {
    Method method =
        Stream.of(network.getClass().getMethods())
            .filter(m -> m.getName().equals(name) && m.getParameterCount() == arguments.length)
            .filter(m -> IntStream.range(0, arguments.length).allMatch(
                i -> arguments[i] == null || m.getParameterTypes()[i].isInstance(arguments[i])
                    || arguments[i] instanceof Integer && m.getParameterTypes()[i] == int.class))
            .findFirst()
            .orElseThrow();
    return assertThrows(InvocationTargetException.class, () -> method.invoke(network, arguments)).getCause();
  }

  private static String trace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void assertTrace(Throwable failure, String frame) {
    String trace = trace(failure);
    assertTrue(trace.contains(frame), () -> frame + " is not in\n" + trace);
  }

  @Test
  void aShortArrayNamesTheInputItsLineAndTheRows() {
    Network network = network(SMALL);
    Throwable one = failure(network, "b", new float[2], 1);
    assertEquals(
        "demo.Small: input `x` needs 3 elements, but the array has 2 (demo.net:3)", one.getMessage());
    assertTrace(one, "demo.Small.b(demo.net:3)");
    Object workspace = new TypedNet(network).workspace(5);
    Throwable rows =
        failure(network, "b", workspace, new float[11], new int[4], 4, new float[4]);
    assertEquals(
        "demo.Small: input `x` needs 12 elements (4 rows of 3), but the array has 11 (demo.net:3)",
        rows.getMessage());
    assertTrace(rows, "demo.Small.b(demo.net:3)");
    Throwable out = failure(network, "b", workspace, new float[12], new int[4], 4, new float[3]);
    assertEquals(
        "demo.Small: output `b` needs 4 elements (4 rows of 1), but the array has 3 (demo.net:9)",
        out.getMessage());
    assertTrace(out, "demo.Small.b(demo.net:9)");
  }

  @Test
  void nullNamesTheInput() {
    Network network = network(SMALL);
    Throwable one = failure(network, "h", new Object[] {null});
    assertEquals("demo.Small: input `x` is null (demo.net:3)", one.getMessage());
    assertTrace(one, "demo.Small.h(demo.net:3)");
    Object workspace = new TypedNet(network).workspace(5);
    Throwable rows = failure(network, "b", workspace, new float[12], null, 4, new float[4]);
    assertEquals("demo.Small: input `kind` is null (demo.net:4)", rows.getMessage());
    assertTrace(rows, "demo.Small.b(demo.net:4)");
  }

  @Test
  void anIndexOutOfItsRangeNamesValueRowAndLine() {
    Network network = network(SMALL);
    Throwable one = failure(network, "b", new float[3], 4);
    assertEquals(
        "demo.Small: 4 in row 0 is not in 0..3 (input `kind` : index(4), demo.net:4)",
        one.getMessage());
    assertTrace(one, "demo.Small.b(demo.net:4)");
    Object workspace = new TypedNet(network).workspace(5);
    Throwable rows =
        failure(
            network, "run", workspace, new float[9], new int[] {0, 1, -1}, 3);
    assertEquals(
        "demo.Small: -1 in row 2 is not in 0..3 (input `kind` : index(4), demo.net:4)",
        rows.getMessage());
    assertTrace(rows, "demo.Small.run(demo.net:4)");
    var tensors =
        Map.of("x", Tensor.of(new float[6], 2, 3), "kind", Tensor.of(new int[] {0, 7}, 2));
    Throwable generic =
        assertThrows(IllegalArgumentException.class, () -> network.predict(tensors, 2));
    assertEquals(
        "demo.Small: 7 in row 1 is not in 0..3 (input `kind` : index(4), demo.net:4)",
        generic.getMessage());
  }

  @Test
  void aWrongNumberOfRowsNamesWhatTheWorkspaceIsFor() {
    Network network = network(SMALL);
    Object workspace = new TypedNet(network).workspace(5);
    for (int rows : new int[] {0, 6, -1}) {
      Throwable failure =
          failure(network, "run", workspace, new float[30], new int[10], rows);
      assertEquals(
          "demo.Small: " + rows + " rows, but this workspace is for 1 to 5", failure.getMessage());
      assertTrace(failure, "demo.Small.run(demo.net:3)");
    }
  }

  /** Data that nobody checked: what a defect of the runtime or of a tool would look like. */
  private static Throwable uncheckedGather(Network network) {
    FormRunner runner = network.runner("predict").orElseThrow();
    runner.fill(runner.input("input.x"), new float[3], null, 0, 1);
    runner.fill(runner.input("input.kind"), new int[] {1000}, null, 0, 1);
    return assertThrows(
        ArrayIndexOutOfBoundsException.class, () -> runner.run(network.copyOfWeights(), 1, 0, 1));
  }

  @Test
  void aFailureInsideAKernelPointsAtItsEquation() {
    Throwable failure = uncheckedGather(network(SMALL));
    assertTrace(failure, "demo.Small$Code.form0(demo.net:" + GATHER_LINE + ")");
    assertTrace(failure, "(demo.net:" + GATHER_LINE + ")");
    assertTrue(
        trace(failure).matches("(?s).*demo\\.Small\\$(Kernels|Vectors)\\.kernel.*"),
        () -> trace(failure));
  }

  @Test
  void aFailureInAFormOfSeveralMethodsPointsAtItsEquation() {
    CompiledNet net = Nets.compile(new SourceFile("models/demo.net", large()), Precision.F32);
    assertTrue(
        ClassFiles.methodSizes(net.classes()).keySet().stream()
            .anyMatch(method -> method.contains("$Code.form0_1")),
        "the form is one method");
    Throwable failure = uncheckedGather(net.load().init(1));
    String trace = trace(failure);
    assertTrue(
        trace.matches("(?s).*demo\\.Large\\$Code\\.form0_\\d+\\(demo\\.net:"
            + GATHER_LINE_OF_LARGE + "\\).*"),
        trace);
  }
}
