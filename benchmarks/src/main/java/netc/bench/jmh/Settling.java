package netc.bench.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Calls something until the compilers of the JVM have left it alone: on a machine that others use too they
 * may need many times as long as on a calm one, and no number of iterations suits both. Linux tells what
 * each thread does; elsewhere only the iterations warm up.
 */
final class Settling {
  private static final Path THREADS = Path.of("/proc/self/task");
  private static final long LEAST = 1_000_000_000;
  private static final long QUIET = 800_000_000;
  private static final long MOST = 20_000_000_000L;
  private static final long INTERVAL = 100_000_000;

  private Settling() {}

  static void settle(Runnable call) {
    List<Path> compilers = compilers();
    long start = System.nanoTime();
    long looked = start;
    long busy = start;
    String before = "";
    while (looked - start < LEAST || looked - busy < QUIET && looked - start < MOST) {
      call.run();
      long now = System.nanoTime();
      if (now - looked >= INTERVAL) {
        looked = now;
        String work = work(compilers);
        if (work.contains("R") || !work.equals(before)) {
          busy = now;
          before = work;
        }
      }
    }
  }

  /** The threads that compile; one for each compiler on two processors, and all there will be of them. */
  static List<Path> compilers() {
    if (!Files.isDirectory(THREADS)) {
      return List.of();
    }
    try (Stream<Path> threads = Files.list(THREADS)) {
      return threads.filter(thread -> read(thread.resolve("comm")).matches("C[12] Compiler.*\\s*")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each compiler's state, R while it works or waits for a processor, and the time that it has used. */
  private static String work(List<Path> compilers) {
    StringBuilder work = new StringBuilder();
    for (Path compiler : compilers) {
      String status = read(compiler.resolve("stat"));
      String[] fields = status.substring(status.lastIndexOf(')') + 1).strip().split(" ");
      work.append(fields[0]).append(fields.length > 12 ? fields[11] + fields[12] : "").append(' ');
    }
    return work.toString();
  }

  /** Nothing when the thread has ended. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
