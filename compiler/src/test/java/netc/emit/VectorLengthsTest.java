package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.Netc;
import netc.loop.Printer;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Classes say what the interpreter says on machines with shorter vectors than this one, too: where a vector
 * has 8 floats there are 16 registers, and tiles have fewer rows.
 */
class VectorLengthsTest {
  /** Rows by weights, convolutions of one example, and the weight gradients of a recurrence. */
  private static final List<String> NETS =
      List.of(
          "input x[300]\noutput p = softmax(x |> dense(64, relu) |> dense(10))",
          "input x[3, 14, 14]\noutput y = x |> conv2d(32, 3, padding = 1)",
          "input x[3, 9, 7]\nlet c = conv2d(48, 3, padding = 1)\nlet d = depthwise_conv2d(3, padding = 1)\n"
              + "let n = batch_norm2d()\nh = x |> c |> n |> relu6\ng = h |> d |> batch_norm2d()\noutput y = g + h",
          "input x[7, 32]\ntarget y[32]\nh = x |> gru(32)\nloss e = sum[k] (h[6, k] - y[k])^2");

  /** Of the other JVM. */
  static final class Check {
    public static void main(String[] arguments) throws ReflectiveOperationException {
      NETS.forEach(net -> GeneratedVersusInterpreter.of(text(net)).withBatches(1, 33).check());
      Object species = Class.forName("jdk.incubator.vector.FloatVector").getField("SPECIES_PREFERRED").get(null);
      Class<?> type = Class.forName("jdk.incubator.vector.VectorSpecies");
      System.out.println(type.getMethod("length").invoke(species) + " lanes");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void shorterVectors(int bytes) throws Exception {
    assumeTrue(bytes == 16 || System.getProperty("os.arch").equals("amd64"), "only NEON's 16 are sure there");
    var options = List.of("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes);
    String printed =
        JavaProcess.run(JavaProcess.own(), options, JavaProcess.ownClassPath(), Check.class.getName());
    assertEquals(bytes / Float.BYTES + " lanes", printed.lines().toList().getLast());
  }

  /** The nets have tiles with two sizes, or the test would show nothing. */
  @Test
  void tilesHaveTwoSizes() {
    for (String net : NETS) {
      assertTrue(kernels(net).anyMatch(kernel -> kernel.contains("if (floatLanes == 8)")), net);
    }
  }

  private static Stream<String> kernels(String net) {
    var source = new SourceFile("test.net", text(net));
    var model = Netc.check(source, Map.of()).models().getFirst();
    return Netc.schedules(model, CompileOptions.DEFAULT).stream()
        .flatMap(schedule -> schedule.calls().stream())
        .flatMap(call -> call.kernels().stream())
        .map(call -> Printer.print(call.kernel()));
  }

  private static String text(String net) {
    return "package test\nnet N {\n" + net + "\n}";
  }
}
