package netc.bench.report;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** How many bytes an application carries for one network of 784-128-10, besides its weights. */
final class Shipped {
  private Shipped() {}

  static Map<String, Long> sizes(List<String> engines) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (String engine : engines) {
      ClassPath jars = ClassPath.of(engine);
      switch (engine) {
        case "netc" ->
            sizes.put("netc: runtime and the network's classes", jars.bytes("netc-runtime-") + classes());
        case "onnxruntime" ->
            sizes.put("ONNX Runtime: its jar, natives of five systems inside", jars.bytes("onnxruntime-"));
        case "libtorch" ->
            sizes.put(
                "libtorch: jars, natives of this system only",
                jars.bytes("pytorch-") + jars.bytes("openblas-") + jars.bytes("javacpp-"));
        case "dl4j" -> sizes.put("DL4J: its jars, natives of this system only", peer(jars));
        case "smile" ->
            sizes.put("Smile: its jars but DuckDB's, which it asks for, and an OpenBLAS", peer(jars) + natives());
        case "djl" -> sizes.put("DJL: its jars and that of ONNX Runtime", peer(jars));
        default -> throw new IllegalArgumentException(engine);
      }
    }
    return sizes;
  }

  /** All of a class path that is not the benchmarks' own. */
  private static long peer(ClassPath jars) {
    return jars.bytes("") - jars.bytes("netc-") - jars.bytes("jmh-") - jars.bytes("jopt-");
  }

  private static long natives() {
    long bytes = 0;
    for (File file : Path.of(System.getProperty("bench.natives.smile")).toFile().listFiles(File::isFile)) {
      bytes += file.length();
    }
    return bytes;
  }

  /** The class files of the network, as they lie in the jar of the benchmarks. */
  private static long classes() {
    File jar = new File(Shipped.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (JarFile file = new JarFile(jar)) {
      return file.stream()
          .filter(entry -> entry.getName().matches("bench/Mlp(\\$.*)?\\.class"))
          .mapToLong(ZipEntry::getCompressedSize)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
