package netc.bench.report;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many bytes an application carries for one network of 784-128-10, besides its weights. */
final class Shipped {
  private Shipped() {}

  static Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("netc: runtime and the network's classes", jars("netc-runtime") + classes());
    sizes.put("ONNX Runtime: its jar, natives of five systems inside", jars("onnxruntime"));
    sizes.put(
        "libtorch: jars, natives of this system only", jars("pytorch") + jars("openblas") + jars("javacpp"));
    return sizes;
  }

  private static long jars(String name) {
    long bytes = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Path.of(entry).getFileName().toString().startsWith(name + "-")) {
        bytes += Path.of(entry).toFile().length();
      }
    }
    return bytes;
  }

  private static long classes() {
    long bytes = 0;
    for (String part : new String[] {"", "$Code", "$Kernels", "$Vectors", "$Workspace"}) {
      try (var in = Shipped.class.getResourceAsStream("/bench/Mlp" + part + ".class")) {
        bytes += in == null ? 0 : in.readAllBytes().length;
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return bytes;
  }
}
