package netc.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import netc.CompileOptions;
import netc.CompileResult;
import netc.CompiledNet;
import netc.LoadedNet;
import netc.Netc;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.source.SourceFile;
import netc.syntax.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class files as artefacts: the same bytes for the same source, of bounded size, and unloadable. */
class ClassFilesTest {

  /** Hashes of all class files of some nets, a line each; also run in a JVM of its own. */
  static final class Hashes {
    private Hashes() {}

    public static void main(String[] arguments) {
      lines().forEach(System.out::println);
    }

    static List<String> lines() {
      return Stream.of("attention", "image", "recommender", "house", "xor")
          .map(name -> Texts.resource("rewrite/" + name + ".net"))
          .flatMap(source -> hashes(source).entrySet().stream())
          .map(hash -> hash.getKey() + " " + hash.getValue())
          .toList();
    }

    static Map<String, String> hashes(SourceFile source) {
      var hashes = new TreeMap<String, String>();
      for (Precision precision : Precision.values()) {
        var options = new CompileOptions(precision, Map.of(), false);
        CompileResult result = Netc.compile(source, options);
        for (CompiledNet net : result.nets()) {
          net.classes()
              .forEach(
                  (name, bytes) ->
                      hashes.put(source.name() + " " + precision + " " + name, sha256(bytes)));
        }
      }
      return hashes;
    }

    private static String sha256(byte[] bytes) {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Another JVM has other hash codes and other orders of its immutable sets and maps. */
  @Test
  void theSameSourceGivesTheSameBytesInTwoMachines() throws Exception {
    List<String> here = Hashes.lines();
    var there = JavaProcess.run(JavaProcess.own(), JavaProcess.ownClassPath(), Hashes.class.getName());
    assertEquals(here, there.lines().toList());
  }

  @Test
  void theSameSourceGivesTheSameBytesTwice() {
    SourceFile source = Texts.resource("rewrite/attention.net");
    Map<String, String> first = Hashes.hashes(source);
    assertEquals(first, Hashes.hashes(source));
    assertEquals(10, first.size());
  }

  private static String chain(int layers) {
    return "package demo\nnet Chain {\n  input x[16]\n  target y\n  h@0 = x\n  for l in 1..=" + layers
        + " {\n    h@l = h@(l-1) |> dense(16, tanh)\n  }\n  output z = h@" + layers
        + " |> dense(1)\n  loss l = (z[0] - y)^2\n}\n";
  }

  @Test
  void twoHundredLayersCompileAndRun() {
    CompiledNet net = Nets.compile(chain(200));
    Network network = net.load().init(1);
    assertEquals(402, network.parameters().size());
    NetData data = NetData.random(net.model(), network, 33, -1, 1);
    var reference = new Reference(net.model(), data.first(1));
    Network random = network.withParameters(data.weights());
    var closeness = Closeness.within(1e-3);
    closeness.check("output", reference.predict(), random.predict(data.first(1).columns(), 1));
    closeness.check(
        "gradient", reference.train().parameters(), random.gradients(data.first(1).columns(), 1).parameters());
    assertTrue(Double.isFinite(random.gradients(data.columns(), 33).loss()));
  }

  @Test
  void equalBlocksShareTheirCode() {
    CompiledNet few = Nets.compile(chain(3));
    CompiledNet many = Nets.compile(chain(51));
    String kernels = "demo.Chain$Kernels";
    int ofFew = few.classes().get(kernels).length;
    int ofMany = many.classes().get(kernels).length;
    assertTrue(
        ofMany <= 1.05 * ofFew,
        () -> "kernels of 48 more blocks: " + ofFew + " bytes have become " + ofMany);
    int each = (ClassFiles.totalSize(many.classes()) - ClassFiles.totalSize(few.classes())) / 48;
    assertTrue(each < 1500, () -> each + " bytes a block, names and calls");
  }

  /** 10,236,090 parameters; the size of the class files has nothing to do with it. */
  @Test
  void tenMillionParametersCompileAndRun() {
    CompiledNet net =
        Nets.compile(
            """
            package demo
            net Wide {
              input x[512]
              target y : index(90)
              h = x |> dense(4000, relu) |> dense(2000, relu)
              z = h |> dense(90)
              output p = softmax(z)
              loss l = cross_entropy(z, y)
            }
            """);
    assertTrue(ClassFiles.totalSize(net.classes()) < 60_000);
    Network network = net.load().init(1);
    long parameters = network.parameters().values().stream().mapToLong(Tensor::elements).sum();
    assertTrue(parameters >= 10_000_000, () -> parameters + " parameters");
    NetData data = NetData.random(net.model(), network, 2, -1, 1);
    double[] p = network.predict(data.columns(), 2).get("p").doubles();
    assertEquals(2, java.util.Arrays.stream(p).sum(), 1e-5);
    assertTrue(network.gradients(data.columns(), 2).loss() > 0);
  }

  @Test
  void aFileIsCompiledAndLoadedTwiceAndBothAreCollected(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve("iris.net");
    Files.writeString(file, Texts.resource("rewrite/iris.net").text(), StandardCharsets.UTF_8);
    List<WeakReference<ClassLoader>> loaders = loadTwice(file);
    for (int attempt = 0; attempt < 50 && loaders.stream().anyMatch(l -> l.get() != null); attempt++) {
      System.gc();
      Thread.sleep(20);
    }
    loaders.forEach(loader -> assertNull(loader.get(), "the class loader is held by something"));
  }

  private static List<WeakReference<ClassLoader>> loadTwice(Path file) {
    LoadedNet first = Netc.compile(file).load();
    LoadedNet second = Netc.compile(file).load();
    assertFalse(first.type() == second.type());
    NetData data = NetData.random(Netc.compile(file).model(), first.init(4), 3, -1, 1);
    double[] ofFirst = first.init(4).predict(data.columns(), 3).get("p").doubles();
    double[] ofSecond = second.init(4).predict(data.columns(), 3).get("p").doubles();
    assertArrayEquals(ofFirst, ofSecond);
    first.init(4).gradients(data.columns(), 3);
    return List.of(
        new WeakReference<>(first.type().getClassLoader()),
        new WeakReference<>(second.type().getClassLoader()));
  }
}
