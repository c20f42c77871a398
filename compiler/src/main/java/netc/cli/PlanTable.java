package netc.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import netc.explain.ShortNames;
import netc.runtime.Flavour;
import netc.schedule.Call;
import netc.schedule.Decision;
import netc.schedule.KernelCall;
import netc.schedule.Phase;
import netc.schedule.PlanWords;
import netc.schedule.Schedule;
import netc.source.Place;

/** How each form of a net is computed, a line a step: {@code explain --plan}. */
final class PlanTable {
  private static final List<String> HEAD =
      List.of("line", "makes", "what", "work", "with vectors", "with plain loops", "why not faster");

  private final Schedule schedule;
  private final String file;
  private final ShortNames names;
  private final List<List<String>> rows = new ArrayList<>();

  private PlanTable(Schedule schedule, String file) {
    this.schedule = schedule;
    this.file = file;
    this.names =
        ShortNames.of(
            schedule.calls().stream()
                .flatMap(call -> call.kernels().stream())
                .flatMap(call -> call.decision().stream())
                .map(Decision::target)
                .toList());
  }

  /** Which flavour this JVM takes, and why. */
  static String head() {
    String flavour =
        switch (Flavour.current()) {
          case VECTOR -> "vectors";
          case PORTABLE -> "plain loops";
        };
    return System.getProperty("java.vm.name") + " " + System.getProperty("java.version") + ", "
        + System.getProperty("os.arch") + ": " + flavour + ", since " + Flavour.reason();
  }

  /**
   * The lines of one form.
   *
   * @param file that the net is in; a line of another file, such as the library's, is shown with its name
   */
  static List<String> of(Schedule schedule, String file) {
    return new PlanTable(schedule, file).lines();
  }

  private List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(title());
    rows.add(HEAD);
    int phase = 0;
    for (Phase part : schedule.phases()) {
      if (schedule.phases().size() > 1) {
        rows.add(heading("phase " + ++phase + ", all blocks before any goes on"));
      }
      calls(part.calls(), "");
    }
    Iterator<String> aligned = Columns.of(rows.stream().filter(row -> row.size() > 1).toList()).iterator();
    for (List<String> row : rows) {
      lines.add("  " + (row.size() > 1 ? aligned.next() : row.getFirst()));
    }
    return lines;
  }

  private String title() {
    long multiplications =
        schedule.calls().stream().mapToLong(PlanTable::multiplications).sum();
    String layout =
        schedule.blockRows() > 1
            ? "blocks of " + schedule.blockRows() + " examples, which lie side by side"
            : "one example";
    return schedule.form() + ": " + layout + "; " + number(multiplications)
        + " multiplications in contractions" + (schedule.blockRows() > 1 ? " an example" : "");
  }

  private static long multiplications(Call call) {
    return switch (call) {
      case Call.Once once -> steps(List.of(once)).stream().mapToLong(PlanTable::multiplications).sum();
      case Call.TimeLoop loop -> steps(loop.body()).stream().mapToLong(PlanTable::multiplications).sum();
    };
  }

  private static long multiplications(List<Call.Once> step) {
    Decision decision = decision(step);
    return decision.isContraction() ? decision.points() : 0;
  }

  private void calls(List<Call> calls, String indent) {
    var together = new ArrayList<Call.Once>();
    for (Call call : calls) {
      switch (call) {
        case Call.Once once -> together.add(once);
        case Call.TimeLoop loop -> {
          steps(together).forEach(step -> rows(step, indent));
          together.clear();
          rows.add(
              heading(
                  "scan of " + loop.steps() + " steps" + (loop.isReverse() ? ", the last first" : "")));
          steps(loop.body()).forEach(step -> rows(step, indent + "  "));
        }
      }
    }
    steps(together).forEach(step -> rows(step, indent));
  }

  /** The row of a step, then of those that its tiles compute along with it. */
  private void rows(List<Call.Once> step, String indent) {
    Decision first = decision(step);
    List<KernelCall> portable = step.stream().flatMap(call -> portable(call).stream()).toList();
    String vector = PlanWords.of(step.stream().flatMap(call -> vector(call).stream()).toList());
    portable.stream()
        .map(call -> call.decision().orElseThrow())
        .distinct()
        .forEach(
            decision ->
                rows.add(
                    row(
                        decision,
                        portable.stream().filter(c -> c.decision().get() == decision).toList(),
                        decision == first ? vector : "in the registers of the tiles above",
                        indent)));
  }

  private static List<String> heading(String text) {
    return List.of(text);
  }

  /** The calls of each step; one step's calls have one decision. */
  private static List<List<Call.Once>> steps(List<? extends Call.Once> calls) {
    var steps = new ArrayList<List<Call.Once>>();
    for (Call.Once call : calls) {
      boolean isSame = !steps.isEmpty() && decision(steps.getLast()) == decision(List.of(call));
      if (!isSame) {
        steps.add(new ArrayList<>());
      }
      steps.getLast().add(call);
    }
    return steps;
  }

  private static Decision decision(List<Call.Once> step) {
    return step.getFirst().kernels().getFirst().decision().orElseThrow();
  }

  private List<String> row(
      Decision decision, List<KernelCall> portable, String vector, String indent) {
    String shape =
        decision.shape().isEmpty()
            ? ""
            : decision.shape().stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    return List.of(
        indent + line(portable.getFirst().place()),
        names.of(decision.target()) + shape,
        PlanWords.of(decision.recognised()),
        number(decision.points()) + (decision.isContraction() ? " mul" : ""),
        vector,
        PlanWords.of(portable),
        String.join("; ", decision.refusals()));
  }

  private String line(Place place) {
    return place.file().equals(file) ? Integer.toString(place.line()) : place.toString();
  }

  private static List<KernelCall> vector(Call.Once call) {
    return switch (call) {
      case KernelCall kernel -> List.of(kernel);
      case Call.Flavoured(var vector, _) -> vector;
    };
  }

  private static List<KernelCall> portable(Call.Once call) {
    return switch (call) {
      case KernelCall kernel -> List.of(kernel);
      case Call.Flavoured(_, var portable) -> portable;
    };
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
