package netc.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.spi.ToolProvider;
import netc.Netc;
import netc.syntax.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with a module descriptor of its own, which requires the runtime and nothing else. */
class ModularApplicationTest {
  private static final String RUNTIME =
      Path.of("../runtime/target/classes").toAbsolutePath().toString();

  private static final String DESCRIPTOR =
      """
      module application {
        requires netc.runtime;
      }
      """;

  private static final String MAIN =
      """
      package application;

      import demo.Iris;
      import java.util.List;
      import netc.data.Dataset;
      import netc.io.Checkpoint;
      import netc.runtime.Network;
      import netc.train.Trainer;

      public final class Main {
        public static void main(String[] arguments) {
          Network net = Iris.init(7);
          float[] p = ((Iris) net).p(new float[] {5.1f, 3.5f, 1.4f, 0.2f});
          System.out.println(p.length + " in " + net.getClass().getModule().getName());
          for (Class<?> type :
              List.of(Network.class, Dataset.class, Checkpoint.class, Trainer.class)) {
            System.out.println(type.getModule().getName());
          }
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void usesTheRuntimeAsAModule() throws Exception {
    Path source =
        Files.writeString(folder.resolve("iris.net"), Texts.resource("examples/iris.net").text());
    Path classes = folder.resolve("classes");
    write(classes, Netc.compile(source).classes());
    Path sources = Files.createDirectories(folder.resolve("sources/application"));
    Files.writeString(sources.resolve("Main.java"), MAIN);
    Files.writeString(sources.resolveSibling("module-info.java"), DESCRIPTOR);

    javac(
        "--release", "17",
        "--module-path", RUNTIME,
        "--patch-module", "application=" + classes,
        "-d", classes.toString(),
        sources.resolveSibling("module-info.java").toString(),
        sources.resolve("Main.java").toString());
    assertEquals("3 in application\n" + "netc.runtime\n".repeat(4), run(classes));
  }

  private static void write(Path folder, Map<String, byte[]> classes) throws IOException {
    for (var entry : classes.entrySet()) {
      Path file = folder.resolve(entry.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
  }

  private static void javac(String... arguments) {
    var messages = new StringWriter();
    var writer = new PrintWriter(messages, true);
    int code = ToolProvider.findFirst("javac").orElseThrow().run(writer, writer, arguments);
    assertEquals(0, code, messages::toString);
  }

  private static String run(Path classes) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                RUNTIME + File.pathSeparator + classes,
                "--module",
                "application/application.Main")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output.replace("\r\n", "\n");
  }
}
