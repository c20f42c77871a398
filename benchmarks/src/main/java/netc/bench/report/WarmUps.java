package netc.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import netc.bench.cold.WarmUp;
import netc.bench.jmh.PredictBatch;

/** Processes that predict again and again from their start on: when they do it first, and when fast. */
final class WarmUps {
  /** netc and the fastest peers. */
  private static final List<String> ENGINES = List.of("netc", "onnxruntime", "libtorch");

  /** Milliseconds from the start of a process, then the microseconds of a call in the end. */
  record Times(Figure first, Figure fast, Figure last) {}

  private final Children children;
  private final Path folder;
  private final ModelFiles files;
  private final int times;
  private final int seconds;

  WarmUps(Children children, Path folder, ModelFiles files, boolean quick) {
    this.children = children;
    this.folder = folder;
    this.files = files;
    times = quick ? 3 : 7;
    seconds = quick ? 5 : 15;
  }

  void measure(List<Configuration> configurations, Results results) throws IOException {
    for (Configuration configuration : configurations) {
      if (ENGINES.contains(configuration.engine())) {
        System.err.println(configuration.label() + ": warming up");
        for (int rows : new int[] {1, PredictBatch.ROWS}) {
          measure(configuration, rows, results);
        }
      }
    }
  }

  private void measure(Configuration configuration, int rows, Results results) throws IOException {
    Path found = folder.resolve("warm-up.txt");
    double[][] columns = new double[3][times];
    for (int i = 0; i < times; i++) {
      boolean done =
          children.run(
              configuration,
              1,
              WarmUp.class.getName(),
              found.toString(),
              configuration.engine(),
              files.of(configuration.engine(), rows).toString(),
              Integer.toString(rows),
              Integer.toString(seconds),
              Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
      if (!done) {
        results.disagreements.add(configuration.label() + ": warming up failed");
        return;
      }
      String[] words = Files.readString(found).split(" ");
      for (int column = 0; column < columns.length; column++) {
        columns[column][i] = Double.parseDouble(words[column]);
      }
    }
    for (double[] column : columns) {
      Arrays.sort(column);
    }
    results.putWarmUp(
        configuration,
        rows,
        new Times(new Figure(columns[0]), new Figure(columns[1]), new Figure(columns[2])));
  }
}
