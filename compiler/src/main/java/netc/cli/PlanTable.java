package netc.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import netc.explain.ShortNames;
import netc.runtime.Flavour;
import netc.schedule.Call;
import netc.schedule.Decision;
import netc.schedule.PlanStep;
import netc.schedule.PlanWords;
import netc.schedule.Schedule;
import netc.source.Place;

/** How each form of a net is computed, a line a step: {@code explain --plan}. */
final class PlanTable {
  private static final List<String> HEAD =
      List.of(
          "step", "line", "makes", "what", "work", "with vectors", "with plain loops", "why not faster");

  private final Schedule schedule;
  private final String file;
  private final List<PlanStep> steps;
  private final ShortNames names;

  private PlanTable(Schedule schedule, String file) {
    this.schedule = schedule;
    this.file = file;
    this.steps = PlanStep.of(schedule);
    this.names = ShortNames.of(steps.stream().map(step -> step.decision().target()).toList());
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
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    steps.forEach(step -> rows.add(row(step)));
    Iterator<String> aligned = Columns.of(rows).iterator();
    var lines = new ArrayList<String>();
    lines.add(title());
    lines.add("  " + aligned.next());
    int phase = schedule.phases().size() > 1 ? -1 : 0;
    Optional<Call.TimeLoop> scan = Optional.empty();
    for (PlanStep step : steps) {
      if (step.phase() != phase) {
        phase = step.phase();
        lines.add("  phase " + (phase + 1) + ", all blocks before any goes on");
      }
      if (step.scan().isPresent() && !step.scan().equals(scan)) {
        Call.TimeLoop loop = step.scan().get();
        lines.add("  scan of " + loop.steps() + " times" + (loop.isReverse() ? ", the last first" : ""));
      }
      scan = step.scan();
      lines.add("  " + aligned.next());
    }
    return lines;
  }

  private String title() {
    long multiplications =
        steps.stream()
            .map(PlanStep::decision)
            .filter(Decision::isContraction)
            .mapToLong(Decision::points)
            .sum();
    return schedule.form() + ": " + layout(schedule) + "; " + number(multiplications)
        + " multiplications in contractions" + (schedule.blockRows() > 1 ? " an example" : "");
  }

  static String layout(Schedule schedule) {
    return schedule.blockRows() > 1
        ? "blocks of " + schedule.blockRows() + " examples, which lie side by side"
        : "one example";
  }

  private List<String> row(PlanStep step) {
    Decision decision = step.decision();
    String shape =
        decision.shape().isEmpty()
            ? ""
            : decision.shape().stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    return List.of(
        (step.scan().isPresent() ? "  " : "") + step.number(),
        line(step.place()),
        names.of(decision.target()) + shape,
        PlanWords.of(decision.recognised()),
        number(decision.points()) + (decision.isContraction() ? " mul" : ""),
        step.vector().isEmpty() ? "in the registers of the tiles above" : PlanWords.of(step.vector()),
        PlanWords.of(step.portable()),
        String.join("; ", decision.refusals()));
  }

  private String line(Place place) {
    return place.file().equals(file) ? Integer.toString(place.line()) : place.toString();
  }

  /** With a comma between thousands. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
