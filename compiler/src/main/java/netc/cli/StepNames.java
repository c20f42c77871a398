package netc.cli;

import java.util.List;
import java.util.stream.Collectors;
import netc.explain.ShortNames;
import netc.schedule.Decision;
import netc.schedule.PlanStep;
import netc.source.Place;

/** What the steps of a form are called where they are listed: by number, line and tensor. */
final class StepNames {
  private final String file;
  private final ShortNames names;

  /**
   * @param steps all of one form
   * @param file that the net is in; a line of another file, such as the library's, is shown with its name
   */
  StepNames(List<PlanStep> steps, String file) {
    this.file = file;
    this.names = ShortNames.of(steps.stream().map(step -> step.decision().target()).toList());
  }

  /** Indented where it is a line of a scan. */
  String number(PlanStep step) {
    return (step.scan().isPresent() ? "  " : "") + step.number();
  }

  String line(PlanStep step) {
    Place place = step.place();
    return place.file().equals(file) ? Integer.toString(place.line()) : place.toString();
  }

  /** The tensor with its shape: {@code h.dense.s[128]}. */
  String makes(PlanStep step) {
    Decision decision = step.decision();
    return names.of(decision.target())
        + (decision.shape().isEmpty()
            ? ""
            : decision.shape().stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]")));
  }
}
