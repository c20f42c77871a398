package netc.bench.report;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** How many bytes an application carries for one network of 784-128-10, besides its weights. */
final class Shipped {
  private Shipped() {}

  static Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("netc: runtime and the network's classes", jars("netc-runtime-") + classes());
    sizes.put("ONNX Runtime: its jar, natives of five systems inside", jars("onnxruntime-"));
    sizes.put(
        "libtorch: jars, natives of this system only", jars("pytorch-") + jars("openblas-") + jars("javacpp-"));
    String dl4j = System.getProperty("bench.classpath.dl4j", "");
    if (!dl4j.isEmpty()) {
      long others = jars(dl4j, "netc-") + jars(dl4j, "jmh-") + jars(dl4j, "jopt-");
      sizes.put("DL4J: its jars, natives of this system only", jars(dl4j, "") - others);
    }
    return sizes;
  }

  private static long jars(String name) {
    return jars(System.getProperty("java.class.path"), name);
  }

  private static long jars(String classPath, String name) {
    long bytes = 0;
    for (String entry : classPath.split(File.pathSeparator)) {
      if (Path.of(entry).getFileName().toString().startsWith(name)) {
        bytes += Path.of(entry).toFile().length();
      }
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
