package netc.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import netc.bench.Workload;
import netc.bench.jmh.PredictBatch;

/** The tables of processes that start: whole ones, those that go on predicting, and what is shipped for them. */
final class Starts {
  private static final String NONE = "–";

  private final Page page;
  private final Arguments arguments;
  private final Results results;

  Starts(Page page, Arguments arguments, Results results) {
    this.page = page;
    this.arguments = arguments;
    this.results = results;
  }

  void write() {
    if (!results.coldStarts.isEmpty()) {
      coldStarts();
      shipped();
    }
    if (!results.warmUps().isEmpty()) {
      warmUps();
    }
  }

  private void coldStarts() {
    page.line(
        "A process that loads %s from a file, predicts once and ends; milliseconds, JVM included:",
        Workload.MLP.label);
    page.line("");
    page.head(List.of("", "ms"));
    results.coldStarts.forEach((name, time) -> page.row(List.of(name, time.toString())));
    page.line("");
  }

  private void shipped() {
    page.line("What is shipped with it:");
    page.line("");
    page.head(List.of("", "MB"));
    Shipped.sizes(arguments.engines).forEach((name, bytes) -> page.row(List.of(name, Figure.number(bytes / 1e6))));
    page.line("");
  }

  private void warmUps() {
    page.line(
        "A process that loads %s and predicts again and again: milliseconds from its start to the first result, and",
        Workload.MLP.label);
    page.line("until the calls run at 90 % of the speed that they have in the end, then the microseconds of a call in");
    page.line("the end. On one thread; the compilers of the JVM have others.");
    page.line("");
    List<String> titles = new ArrayList<>(List.of(""));
    for (int rows : new int[] {1, PredictBatch.ROWS}) {
      titles.add("predict " + rows + ": first, ms");
      titles.add("90 %, ms");
      titles.add("in the end, µs");
    }
    page.head(titles);
    results.warmUps().forEach((configuration, times) -> page.row(cells(configuration, times)));
    page.line("");
  }

  private static List<String> cells(Configuration configuration, Map<Integer, WarmUps.Times> times) {
    List<String> cells = new ArrayList<>(List.of(configuration.label()));
    for (int rows : new int[] {1, PredictBatch.ROWS}) {
      WarmUps.Times of = times.get(rows);
      cells.add(of == null ? NONE : of.first().toString());
      cells.add(of == null ? NONE : of.fast().toString());
      cells.add(of == null ? NONE : of.last().toString());
    }
    return cells;
  }
}
