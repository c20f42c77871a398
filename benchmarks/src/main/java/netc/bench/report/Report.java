package netc.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import netc.bench.Workload;

/** A run as a page of Markdown. */
final class Report {
  private final Arguments arguments;
  private final List<Configuration> configurations;
  private final Results results;
  private final Page page = new Page();

  Report(Arguments arguments, List<Configuration> configurations, Results results) {
    this.arguments = arguments;
    this.configurations = configurations;
    this.results = results;
  }

  String text() {
    machine();
    if (!arguments.tasks.isEmpty()) {
      times();
      obstacles();
      rates();
    }
    new Starts(page, arguments, results).write();
    if (!results.disagreements.isEmpty()) {
      page.line("Not timed, since it failed or the results are not those of the first column:");
      page.line("");
      results.disagreements.forEach(difference -> page.line("- " + difference));
    }
    return page.text();
  }

  private void machine() {
    page.line(
        "%s, %s, %d processors, %s mode%s; load of the machine at the end %.1f.",
        LocalDate.now(),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        arguments.quick ? "quick" : "full",
        commit().map(hash -> ", netc at " + hash).orElse(""),
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    for (Jvm jvm : arguments.jvms) {
      page.line("JDK %s: %s.", jvm.release(), jvm.version());
    }
    page.line("%s.", results.versions.values().stream().distinct().collect(Collectors.joining(", ")));
    page.line("");
    results.peaks.forEach(
        (threads, peak) ->
            page.line("- peak, 12 chains of multiply-adds, threads %d: %s GFLOP/s", threads, peak));
    results.bandwidths.forEach(
        (floats, rate) -> page.line("- reading %,d KB again and again: %s GB/s", floats * 4 / 1000, rate));
    page.line("");
  }

  private void times() {
    page.line("Predictions in µs a call, training in thousands of examples a second: the median of the iterations,");
    page.line("in brackets the least and the most.");
    if (arguments.cpuTime) {
      page.line("The time counted is that in which the calling thread was on a processor: others used the machine.");
    }
    page.line("");
    table(
        (row, configuration, time) ->
            row.task() == Task.TRAIN
                ? time.inverse(row.task().rows(row.workload()) * 1e3).toString()
                : time.toString());
  }

  private void rates() {
    page.line("The same as GFLOP/s of the contractions alone and, in brackets, as a part of the measured peak.");
    page.line("");
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
    List<Results.Row> rows = rows();
    List<Configuration> columns =
        configurations.stream()
            .filter(column -> rows.stream().anyMatch(row -> results.times(row).containsKey(column)))
            .toList();
    List<String> titles = new ArrayList<>(List.of("", "threads"));
    columns.forEach(column -> titles.add(column.label()));
    page.head(titles);
    for (Results.Row row : rows) {
      Map<Configuration, Figure> times = results.times(row);
      List<String> cells = new ArrayList<>();
      cells.add(row.task().describe(row.workload()));
      cells.add(Integer.toString(row.threads()));
      for (Configuration column : columns) {
        Figure time = times.get(column);
        cells.add(time == null ? "–" : content.of(row, column, time));
      }
      page.row(cells);
    }
    page.line("");
  }

  /** Why cells are empty: the reasons of each engine. */
  private void obstacles() {
    Map<String, Set<String>> reasons = new LinkedHashMap<>();
    for (Results.Row row : rows()) {
      for (Configuration configuration : configurations) {
        configuration
            .obstacle(row.task(), row.workload(), row.threads())
            .ifPresent(
                reason ->
                    reasons.computeIfAbsent(configuration.label(), key -> new LinkedHashSet<>()).add(reason));
      }
    }
    if (!reasons.isEmpty()) {
      page.line("Left out:");
      page.line("");
      reasons.forEach((name, all) -> page.line("- %s: %s.", name, String.join("; ", all)));
      page.line("");
    }
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
