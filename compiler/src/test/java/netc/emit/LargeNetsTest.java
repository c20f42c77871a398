package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.CompileResult;
import netc.CompiledNet;
import netc.Netc;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.syntax.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nets as large as those in use become small classes, and run. That they agree with the interpreter,
 * at smaller sizes, {@link RepositoryNetsTest} proves.
 */
class LargeNetsTest {
  private static CompiledNet compile(String name, Map<String, Double> sizes) {
    var options = new CompileOptions(Precision.F32, sizes, false);
    CompileResult result = Netc.compile(Texts.resource("large/" + name + ".net"), options);
    assertEquals(List.of(), result.diagnostics());
    return result.nets().getFirst();
  }

  /** Bytes of the kernels, as plain loops and as vectors. */
  private static List<Integer> kernels(CompiledNet net) {
    return Stream.of("$Kernels", "$Vectors")
        .map(part -> net.classes().get(net.metadata().className() + part).length)
        .toList();
  }

  private static long parameters(CompiledNet net) {
    return net.metadata().variables().stream()
        .filter(v -> v.trained())
        .mapToLong(v -> Arrays.stream(v.shape()).asLongStream().reduce(1, (a, b) -> a * b))
        .sum();
  }

  /** Prints its figures; how long it takes depends on the machine and is no condition. */
  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "resnet18"})
  void largeNetsBecomeSmallClasses(String name) {
    long start = System.nanoTime();
    CompiledNet net = compile(name, Map.of());
    double seconds = (System.nanoTime() - start) / 1e9;
    ClassFiles.verify(net.classes()); // no method of 8,000 bytes
    var methods = ClassFiles.methodSizes(net.classes());
    int size = ClassFiles.totalSize(net.classes());
    System.out.printf(
        Locale.ROOT,
        "%s: %,d parameters, %.1f s, %,d bytes in %d classes, %d methods, the largest %,d bytes%n",
        name, parameters(net), seconds, size, net.classes().size(), methods.size(), Collections.max(methods.values()));
    assertEquals(name.equals("gpt2") ? 123_751_680 : 11_689_512, parameters(net));
    assertTrue(size < 400_000, () -> size + " bytes");
  }

  /** The second block reads what the first one wrote: from there on the kernels are the same. */
  @Test
  void twelveBlocksHaveTheKernelsOfOne() {
    CompiledNet one = compile("gpt2", Map.of("N", 1.0));
    CompiledNet twelve = compile("gpt2", Map.of());
    CompiledNet many = compile("gpt2", Map.of("N", 48.0));
    assertEquals(kernels(one), kernels(twelve));
    assertEquals(kernels(one), kernels(many));
    int calls = (ClassFiles.totalSize(many.classes()) - ClassFiles.totalSize(twelve.classes())) / 36;
    assertTrue(calls < 13_500, () -> "calls and names of a block have " + calls + " bytes");
  }

  @Test
  void theTransformerPredictsOneText() {
    CompiledNet net = compile("gpt2", Map.of("T", 16.0, "V", 500.0)); // all blocks, few characters
    Network network = net.load().init(1);
    int[] tokens = Stream.iterate(7, i -> i * 31 % 500).limit(16).mapToInt(i -> i).toArray();
    double[] p = predicted(network, Map.of("tok", Tensor.of(tokens, 1, 16)), 500);
    tokens[15]++;
    double[] other = predicted(network, Map.of("tok", Tensor.of(tokens, 1, 16)), 500);
    assertTrue(!Arrays.equals(p, other), "the last token says nothing");
  }

  @Test
  void theConvolutionsPredictOnePicture() {
    Network network = compile("resnet18", Map.of()).load().init(1);
    float[] picture = new float[3 * 224 * 224];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = (float) Math.sin(i * 0.01);
    }
    var data = Map.of("img", Tensor.of(picture, 1, 3, 224, 224));
    predicted(network, data, 1000);
  }

  /** Probabilities, or it fails. */
  private static double[] predicted(Network network, Map<String, Tensor> data, int classes) {
    double[] p = network.predict(data, 1).get("p").doubles();
    assertEquals(classes, p.length);
    assertEquals(1, Arrays.stream(p).sum(), 1e-4);
    assertTrue(Arrays.stream(p).allMatch(v -> v > 0 && v < 0.9), "a net that knows nothing is not certain");
    return p;
  }
}
