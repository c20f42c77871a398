package netc.bench.report;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The jars of an engine: those of this process, or its own where it does not go together with the others. */
record ClassPath(String text) {

  static ClassPath of(String engine) {
    return new ClassPath(
        System.getProperty("bench.classpath." + engine, System.getProperty("java.class.path")));
  }

  /** Of the jars whose names begin so. */
  long bytes(String name) {
    return jars().stream()
        .filter(jar -> fileName(jar).startsWith(name))
        .mapToLong(jar -> jar.toFile().length())
        .sum();
  }

  /** The version in the name of an artifact's jar. */
  String version(String artifact) {
    return jars().stream()
        .map(ClassPath::fileName)
        .filter(name -> name.matches(artifact + "-\\d.*\\.jar"))
        .map(name -> name.substring(artifact.length() + 1, name.length() - ".jar".length()))
        .findFirst()
        .orElseThrow();
  }

  private List<Path> jars() {
    return Arrays.stream(text.split(File.pathSeparator)).map(Path::of).toList();
  }

  private static String fileName(Path jar) {
    return jar.getFileName().toString();
  }
}
