package netc.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import netc.bench.Workload;

/** A run as a page of Markdown. */
final class Report {
  private final Arguments arguments;
  private final List<Configuration> configurations;
  private final Results results;
  private final StringBuilder text = new StringBuilder();

  Report(Arguments arguments, List<Configuration> configurations, Results results) {
    this.arguments = arguments;
    this.configurations = configurations;
    this.results = results;
  }

  String text() {
    machine();
    if (!arguments.tasks.isEmpty()) {
      times();
      rates();
    }
    if (!results.coldStarts.isEmpty()) {
      coldStarts();
    }
    if (!results.disagreements.isEmpty()) {
      line("Not timed, since it failed or the results are not those of the first column:");
      line("");
      results.disagreements.forEach(difference -> line("- " + difference));
    }
    return text.toString();
  }

  private void machine() {
    line(
        "%s, %s, %d processors, %s mode%s; load of the machine at the end %.1f.",
        LocalDate.now(),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        arguments.quick ? "quick" : "full",
        commit().map(hash -> ", netc at " + hash).orElse(""),
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    for (Jvm jvm : arguments.jvms) {
      line("JDK %s: %s.", jvm.release(), jvm.version());
    }
    line("%s.", results.versions.values().stream().distinct().collect(Collectors.joining(", ")));
    line("");
    results.peaks.forEach(
        (threads, peak) ->
            line("- peak, 12 chains of multiply-adds, threads %d: %s GFLOP/s", threads, peak));
    results.bandwidths.forEach(
        (floats, rate) -> line("- reading %,d KB again and again: %s GB/s", floats * 4 / 1000, rate));
    line("");
  }

  private void times() {
    line("Predictions in µs a call, training in thousands of examples a second: the median of the iterations,");
    line("in brackets the least and the most.");
    if (arguments.cpuTime) {
      line("The time counted is that in which the calling thread was on a processor: others used the machine too.");
    }
    line("");
    table(
        (row, configuration, time) ->
            row.task() == Task.TRAIN
                ? time.inverse(row.task().rows(row.workload()) * 1e3).toString()
                : time.toString());
  }

  private void rates() {
    line("The same as GFLOP/s of the contractions alone and, in brackets, as a part of the measured peak.");
    line("");
    table(
        (row, configuration, time) -> {
          double rate = row.task().operations(row.workload()) / time.median() / 1e3;
          Figure peak = results.peaks.get(row.threads());
          String part = peak == null ? "" : " (" + Math.round(100 * rate / peak.median()) + " %)";
          return Figure.number(rate) + part;
        });
  }

  private interface Content {
    String of(Results.Row row, Configuration configuration, Figure time);
  }

  private void table(Content content) {
    line(
        "| | threads | %s |",
        configurations.stream().map(Configuration::label).collect(Collectors.joining(" | ")));
    line("| --- | --- |%s", " --- |".repeat(configurations.size()));
    for (Results.Row row : rows()) {
      Map<Configuration, Figure> times = results.times(row);
      List<String> cells = new ArrayList<>();
      for (Configuration configuration : configurations) {
        Figure time = times.get(configuration);
        cells.add(time == null ? "–" : content.of(row, configuration, time));
      }
      line(
          "| %s | %d | %s |",
          row.task().describe(row.workload()), row.threads(), String.join(" | ", cells));
    }
    line("");
  }

  private List<Results.Row> rows() {
    List<Results.Row> rows = new ArrayList<>();
    for (Task task : arguments.tasks) {
      for (Workload workload : arguments.workloads) {
        for (int threads : arguments.threads) {
          Results.Row row = new Results.Row(task, workload, threads);
          if (!results.times(row).isEmpty()) {
            rows.add(row);
          }
        }
      }
    }
    return rows;
  }

  private void coldStarts() {
    line(
        "A process that loads %s from a file, predicts once and ends; milliseconds, JVM included:",
        Workload.MLP.label);
    line("");
    line("| | ms |");
    line("| --- | --- |");
    results.coldStarts.forEach((name, time) -> line("| %s | %s |", name, time));
    line("");
    line("What is shipped with it:");
    line("");
    line("| | MB |");
    line("| --- | --- |");
    Shipped.sizes().forEach((name, bytes) -> line("| %s | %s |", name, Figure.number(bytes / 1e6)));
    line("");
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : String.format(java.util.Locale.ROOT, format, values)).append('\n');
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.matches("(model name|cpu family|model)\t.*"))
          .limit(3)
          .map(line -> line.replaceAll("\\s*:\\s*", " ").replace("model name ", "").replace("cpu ", ""))
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static Optional<String> commit() {
    try {
      Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
      String hash = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
      return hash.isEmpty() ? Optional.empty() : Optional.of(hash);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
