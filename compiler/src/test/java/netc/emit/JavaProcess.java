package netc.emit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM, for what one JVM cannot show. */
final class JavaProcess {
  private static final int SECONDS = 120;

  private JavaProcess() {}

  /** The JDK of this process. */
  static Path own() {
    return Path.of(System.getProperty("java.home"));
  }

  /** All that this process sees, modules or not, as a class path. */
  static String ownClassPath() {
    var parts = new ArrayList<String>();
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      String path = System.getProperty(property, "");
      if (!path.isEmpty()) {
        parts.add(path);
      }
    }
    parts.add(Path.of("target", "test-classes").toAbsolutePath().toString());
    return String.join(java.io.File.pathSeparator, parts);
  }

  /** What a main class prints; failing or printing to standard error is an error. */
  static String run(Path home, String classPath, String main, String... arguments)
      throws IOException, InterruptedException {
    return run(home, List.of(), classPath, main, arguments);
  }

  /** The same with options of the JVM. */
  static String run(
      Path home, List<String> options, String classPath, String main, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    Process process = builder.redirectErrorStream(true).start();
    byte[] output = process.getInputStream().readAllBytes();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(main + " takes more than " + SECONDS + " s");
    }
    String text = new String(output, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new AssertionError(main + " on " + home + " fails:\n" + text);
    }
    return text;
  }
}
