package netc.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts JVMs. The threads of OpenBLAS and OpenMP are those that an engine
 * is given: {@code set_num_threads} does not reach OpenBLAS, which then waits for a thread of its own.
 */
final class Children {
  private final Path log;

  Children(Path folder) {
    log = folder.resolve("log.txt");
  }

  /** Runs a class to its end; false, and a line that says so, when it fails. */
  boolean run(Configuration configuration, int threads, Class<?> main, String... arguments) {
    int exit = start(threads, command(configuration, main, arguments));
    if (exit != 0) {
      System.err.println(main.getSimpleName() + " failed with " + exit + ", see " + log);
    }
    return exit == 0;
  }

  static List<String> command(Configuration configuration, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(configuration.jvm().java().toString());
    command.addAll(configuration.options());
    command.add("-cp");
    command.add(configuration.classPath());
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  int start(int threads, List<String> command) {
    try {
      Files.writeString(
          log, String.join(" ", command) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
      builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
      return builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
