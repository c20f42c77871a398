package netc.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs, and keeps what they print in a file. */
final class Children {
  private final Path log;

  Children(Path folder) {
    log = folder.resolve("log.txt");
  }

  /** Runs a class to its end; false, and a line that says so, when it fails. */
  boolean run(Configuration configuration, int threads, String main, String... arguments) {
    int exit = start(configuration, threads, main, arguments);
    if (exit != 0) {
      System.err.println(main + " failed with " + exit + ", see " + log);
    }
    return exit == 0;
  }

  private int start(Configuration configuration, int threads, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(configuration.jvm().java().toString());
    command.addAll(configuration.options());
    command.add("-cp");
    command.add(configuration.classPath());
    command.add(main);
    command.addAll(List.of(arguments));
    try {
      Files.writeString(
          log, String.join(" ", command) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(configuration.environment(threads));
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
