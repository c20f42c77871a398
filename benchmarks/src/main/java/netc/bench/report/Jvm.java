package netc.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A JVM by its home. */
record Jvm(Path home) {

  Path java() {
    return home.resolve("bin").resolve("java");
  }

  /** The feature release, such as 25. */
  String release() {
    return value("JAVA_VERSION").replaceAll("\\..*", "");
  }

  /** Version and vendor. */
  String version() {
    return value("JAVA_RUNTIME_VERSION") + " (" + value("IMPLEMENTOR") + ")";
  }

  private String value(String name) {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("release"))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(home + " is no JDK", e);
    }
    return properties.getProperty(name, "?").replace("\"", "");
  }
}
