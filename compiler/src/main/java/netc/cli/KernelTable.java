package netc.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import netc.schedule.KernelCall;
import netc.schedule.KernelNumbers;
import netc.schedule.Layout;
import netc.schedule.PlanStep;
import netc.schedule.PlanWords;
import netc.schedule.Role;
import netc.schedule.Schedule;

/** Where the time of a call goes, a line a kernel: {@code bench --profile}. */
final class KernelTable {
  private static final List<String> HEAD =
      List.of("step", "line", "makes", "kernel", "calls", "µs", "share", "FLOP", "GFLOP/s");

  private final List<Schedule> schedules;
  private final KernelNumbers numbers;
  private final String file;
  private final int rows;
  private final Timing.Window window;

  /** The nanoseconds that the clock takes each time it is looked at. */
  private final double clock;

  private final List<Line> lines = new ArrayList<>();

  /**
   * The kernels of a step that copy factors, or those that compute it.
   *
   * @param calls in one call of the form, as are micros and operations
   */
  private record Line(
      Schedule form,
      String step,
      String line,
      String makes,
      String kernel,
      double calls,
      double micros,
      double operations) {

    /** Billions a second; 0 of what is no contraction. */
    double gigaflops() {
      return micros > 0 ? operations / micros / 1000 : 0;
    }
  }

  /**
   * @param schedules of the class, in the order of its forms
   * @param file that the net is in
   * @param rows of the batch, 1 for one example
   * @param window with the counts of the class's clocks
   */
  KernelTable(List<Schedule> schedules, String file, int rows, Timing.Window window) {
    this.schedules = schedules;
    this.numbers = KernelNumbers.of(schedules);
    this.file = file;
    this.rows = rows;
    this.window = window;
    this.clock = (double) window.counts()[0] / Math.max(1, window.counts()[1]);
    schedules.forEach(this::lines);
  }

  private void lines(Schedule form) {
    List<PlanStep> steps = PlanStep.of(form);
    var names = new StepNames(steps, file);
    boolean isVector =
        steps.stream()
            .flatMap(step -> step.vector().stream().filter(call -> !step.portable().contains(call)))
            .anyMatch(call -> count(call, 1) > 0);
    boolean isUsed = form.calls().stream().flatMap(c -> c.kernels().stream()).anyMatch(c -> count(c, 1) > 0);
    for (PlanStep step : isUsed ? steps : List.<PlanStep>of()) {
      List<KernelCall> kernels = isVector ? step.vector() : step.portable();
      List<KernelCall> copies = kernels.stream().filter(KernelTable::copies).toList();
      List<KernelCall> others = kernels.stream().filter(call -> !copies(call)).toList();
      if (!copies.isEmpty()) {
        lines.add(line(form, names, step, copies, 0));
      }
      lines.add(line(form, names, step, others, operations(form, step, blocks(steps))));
    }
  }

  private double operations(Schedule form, PlanStep step, long blocks) {
    return step.decision().operations(form.layout() == Layout.ROWS ? (int) blocks : rows, blocks);
  }

  /** In how many blocks a form runs: as often as each of its kernels outside of scans is called. */
  private long blocks(List<PlanStep> steps) {
    long most =
        steps.stream()
            .filter(step -> step.scan().isEmpty())
            .flatMap(step -> Stream.concat(step.vector().stream(), step.portable().stream()))
            .mapToLong(call -> count(call, 1))
            .max()
            .orElse(0);
    return most / window.calls();
  }

  private static boolean copies(KernelCall call) {
    return call.role() instanceof Role.Copy || call.role() instanceof Role.Margin;
  }

  private Line line(
      Schedule form, StepNames names, PlanStep step, List<KernelCall> kernels, double operations) {
    double calls = kernels.stream().mapToLong(call -> count(call, 1)).sum();
    double nanos = kernels.stream().mapToLong(call -> count(call, 0)).sum() - calls * clock;
    return new Line(
        form,
        names.number(step),
        names.line(step),
        names.makes(step),
        kernels.isEmpty() ? PlanTable.IN_TILES : PlanWords.of(kernels),
        calls / window.calls(),
        Math.max(0, nanos) / window.calls() / 1000,
        operations);
  }

  /** @param which 0 for nanoseconds, 1 for calls */
  private long count(KernelCall call, int which) {
    return window.counts()[2 * numbers.of(call) + 2 + which];
  }

  /** A look at the clock takes as long again as what each time between two of them has too much. */
  private double microsOfClocks() {
    double looks = 0;
    for (int at = 1; at < window.counts().length; at += 2) {
      looks += window.counts()[at];
    }
    return 2 * looks * clock / window.calls() / 1000;
  }

  private double microsOfKernels() {
    return lines.stream().mapToDouble(Line::micros).sum();
  }

  /** Inputs and outputs being copied, calls, sums over blocks: what is no kernel. */
  private double microsElsewhere() {
    return Math.max(0, window.micros() - microsOfClocks() - microsOfKernels());
  }

  private double microsOfAll() {
    return microsOfKernels() + microsElsewhere();
  }

  /** As a page, the total last. */
  List<String> page() {
    var cells = new ArrayList<List<String>>();
    cells.add(HEAD);
    lines.forEach(line -> cells.add(cells(line)));
    cells.add(sum("outside of kernels", "", microsElsewhere(), 0));
    double calls = lines.stream().mapToDouble(Line::calls).sum();
    cells.add(sum("total", number(calls), microsOfAll(), operations()));
    List<String> aligned = Columns.of(cells);
    var page = new ArrayList<String>();
    page.add(
        "with a clock at each kernel, " + String.format(Locale.ROOT, "%.0f", clock)
            + " ns a look, which is taken off: " + micros(microsOfAll()) + " µs a call");
    page.add("  " + aligned.getFirst());
    Schedule form = null;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).form() != form) {
        form = lines.get(i).form();
        page.add("  " + form.form() + ": " + PlanTable.layout(form));
      }
      page.add("  " + aligned.get(i + 1));
    }
    page.add("  " + aligned.get(lines.size() + 1));
    page.add("  " + aligned.getLast());
    return page;
  }

  private double operations() {
    return lines.stream().mapToDouble(Line::operations).sum();
  }

  private List<String> cells(Line line) {
    return List.of(
        line.step(), line.line(), line.makes(), line.kernel(), number(line.calls()),
        micros(line.micros()), share(line.micros()), number(line.operations()),
        rate(line.operations(), line.micros()));
  }

  private List<String> sum(String what, String calls, double micros, double operations) {
    return List.of(
        "", "", what, "", calls, micros(micros), share(micros), number(operations), rate(operations, micros));
  }

  private static String rate(double operations, double micros) {
    return operations == 0 || micros == 0 ? "" : String.format(Locale.ROOT, "%.1f", operations / micros / 1000);
  }

  private String share(double micros) {
    return String.format(Locale.ROOT, "%.1f %%", percent(micros));
  }

  private double percent(double micros) {
    return microsOfAll() == 0 ? 0 : 100 * micros / microsOfAll();
  }

  private static String number(double value) {
    return PlanTable.number(Math.round(value));
  }

  /** With three digits or more. */
  static String micros(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
  }

  /** The same for JSON. */
  Map<String, Object> data() {
    var kernels = new ArrayList<Map<String, Object>>();
    for (Line line : lines) {
      var one = new LinkedHashMap<String, Object>();
      one.put("form", line.form().form());
      one.put("step", Integer.parseInt(line.step().strip()));
      one.put("line", line.line());
      one.put("makes", line.makes());
      one.put("kernel", line.kernel());
      one.put("calls", Math.round(line.calls()));
      one.put("microseconds", line.micros());
      one.put("percent", percent(line.micros()));
      one.put("flop", Math.round(line.operations()));
      one.put("gflops", line.gigaflops());
      kernels.add(one);
    }
    var data = new LinkedHashMap<String, Object>();
    data.put("clock_nanoseconds", clock);
    data.put("kernels", kernels);
    data.put("microseconds_outside", microsElsewhere());
    data.put("microseconds", microsOfAll());
    return data;
  }
}
