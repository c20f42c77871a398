package netc.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import netc.explain.ShortNames;
import netc.schedule.Buffer;
import netc.schedule.Life;
import netc.schedule.PlanStep;
import netc.schedule.Schedule;

/** Which tensors of a form share which memory, and when: {@code explain --memory}. */
final class MemoryTable {
  private static final List<String> HEAD = List.of("array", "bytes", "an example", "holds", "in steps", "");

  private final Schedule schedule;
  private final List<PlanStep> steps;
  private final ShortNames names;

  private MemoryTable(Schedule schedule) {
    this.schedule = schedule;
    this.steps = PlanStep.of(schedule);
    this.names = ShortNames.of(schedule.lives().stream().map(Life::tensor).toList());
  }

  /** The lines of one form. */
  static List<String> of(Schedule schedule) {
    return new MemoryTable(schedule).lines();
  }

  private List<String> lines() {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    for (int array = 0; array < schedule.buffers().size(); array++) {
      int of = array;
      List<Life> lives =
          schedule.lives().stream()
              .filter(life -> life.buffer() == of)
              .sorted(Comparator.comparingInt(Life::first))
              .toList();
      for (Life life : lives) {
        rows.add(row(array, life, life == lives.getFirst()));
      }
    }
    var lines = new ArrayList<String>();
    lines.add(title());
    Columns.of(rows).forEach(line -> lines.add("  " + line));
    return lines;
  }

  /** Planned beside apart, and by how much it is less. */
  private String title() {
    long planned = schedule.buffers().stream().mapToLong(Buffer::bytes).sum();
    long apart = schedule.lives().stream().map(Life::wanted).mapToLong(Buffer::bytes).sum();
    boolean hasRows = schedule.buffers().stream().anyMatch(buffer -> buffer.rowAxes() > 0);
    return schedule.form() + ": " + PlanTable.layout(schedule) + "; planned " + size(planned)
        + ", all tensors apart " + size(apart) + ": "
        + (apart == 0 ? 100 : Math.round(100.0 * planned / apart)) + " %"
        + (hasRows ? " (axes as long as the batch counted as 1)" : "");
  }

  private List<String> row(int array, Life life, boolean isFirst) {
    Buffer buffer = schedule.buffers().get(array);
    String rows = " × rows".repeat(buffer.rowAxes());
    return List.of(
        isFirst ? Integer.toString(array + 1) : "",
        isFirst ? PlanTable.number(buffer.bytes()) + rows : "",
        isFirst ? PlanTable.number(buffer.bytes() / schedule.blockRows()) + rows : "",
        name(life),
        life.isPinned() ? "all" : span(life),
        life.isPinned() ? "input or result" : life.isInPlace() ? "over the one before, in place" : "");
  }

  private String name(Life life) {
    return life.tensor().isEmpty()
        ? "work of " + names.of(step(life.first()).decision().target())
        : names.of(life.tensor());
  }

  private String span(Life life) {
    int first = step(life.first()).number();
    int last =
        steps.stream()
            .filter(step -> step.firstCall() <= life.last())
            .mapToInt(PlanStep::number)
            .max()
            .orElse(first);
    return first == last ? Integer.toString(first) : first + "–" + last;
  }

  /** The first step with a call from there on. */
  private PlanStep step(int call) {
    return steps.stream().filter(step -> step.lastCall() >= call).findFirst().orElseThrow();
  }

  /** In the unit in which it has up to four digits. */
  private static String size(long bytes) {
    if (bytes < 10_000) {
      return bytes + " bytes";
    }
    return bytes < 10_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
