package netc.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import netc.runtime.Flavour;
import netc.schedule.Call;
import netc.schedule.Decision;
import netc.schedule.Flavours;
import netc.schedule.FormWork;
import netc.schedule.Layout;
import netc.schedule.PlanStep;
import netc.schedule.PlanWords;
import netc.schedule.Schedule;

/** How each form of a net is computed, a line a step: {@code explain --plan}. */
final class PlanTable {
  private static final List<String> HEAD =
      List.of(
          "step", "line", "makes", "what", "work", "with vectors", "with plain loops", "why not faster");

  /** How a step is computed that has no kernel with vectors. */
  static final String IN_TILES = "in the registers of the tiles above";

  private static final String TINY = "scalar: the form is tiny";

  private final Schedule schedule;
  private final List<PlanStep> steps;
  private final StepNames names;
  private final FormWork work;

  private PlanTable(Schedule schedule, String file) {
    this.schedule = schedule;
    this.steps = PlanStep.of(schedule);
    this.names = new StepNames(steps, file);
    this.work = FormWork.of(schedule);
  }

  /** Which flavour this JVM takes, and why. */
  static String head() {
    return System.getProperty("java.vm.name") + " " + System.getProperty("java.version") + ", "
        + System.getProperty("os.arch") + ": " + flavour() + ", since " + Flavour.reason();
  }

  static String flavour() {
    return switch (Flavour.current()) {
      case VECTOR -> "vectors";
      case PORTABLE -> "plain loops";
    };
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
        + " multiplications in contractions" + counted(schedule)
        + (work.isTiny() ? tiny() : "");
  }

  private String tiny() {
    return "; tiny, " + number(work.points()) + " operations of at most " + number(work.most())
        + ": scalar unless vectors are asked for";
  }

  static String layout(Schedule schedule) {
    String examples = "blocks of " + schedule.blockRows() + " examples, ";
    return switch (schedule.layout()) {
      case LANES -> examples + "which lie side by side";
      case ROWS -> examples + "one after the other";
      case SINGLE -> "one example";
    };
  }

  /** What the counts of the table are of, where it is not one example. */
  private static String counted(Schedule schedule) {
    return switch (schedule.layout()) {
      case LANES -> " an example";
      case ROWS -> " a block";
      case SINGLE -> "";
    };
  }

  private List<String> row(PlanStep step) {
    Decision decision = step.decision();
    return List.of(
        names.number(step),
        names.line(step),
        names.makes(step),
        PlanWords.of(decision.recognised()),
        number(decision.points()) + (decision.isContraction() ? " mul" : ""),
        schedule.flavours() == Flavours.PORTABLE ? elsewhere() : withVectors(step),
        schedule.flavours() == Flavours.VECTOR ? elsewhere() : PlanWords.of(step.portable()),
        refusals(step));
  }

  private static String withVectors(PlanStep step) {
    return step.vector().isEmpty() ? IN_TILES : PlanWords.of(step.vector());
  }

  /** The form with the schedule of the other flavour. */
  private String elsewhere() {
    String form = schedule.form();
    return "see "
        + (schedule.layout() == Layout.ROWS
            ? form.substring(0, form.length() - Schedule.ROWS.length())
            : form + Schedule.ROWS);
  }

  /** Of a step of a tiny form first that, where it has kernels with vectors that are not taken. */
  private String refusals(PlanStep step) {
    var refusals = new ArrayList<>(step.decision().refusals());
    if (work.isTiny() && !step.vector().equals(step.portable())) {
      refusals.addFirst(TINY);
    }
    return String.join("; ", refusals);
  }

  /** With a comma between thousands. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
