package netc.emit;

import java.util.Map;
import netc.CompileOptions;
import netc.Netc;
import netc.schedule.PlanStep;
import netc.schedule.Role;
import netc.source.SourceFile;

/** How gradients of parameters are computed with plain loops, and whether they are right. */
final class PlainGradients {
  private PlainGradients() {}

  /** What the last kernel of a parameter's gradient does. */
  static Role role(String net, String parameter) {
    var checked = Netc.check(new SourceFile("test.net", net), Map.of());
    return Netc.schedules(checked.models().getFirst(), CompileOptions.DEFAULT).stream()
        .filter(schedule -> schedule.form().equals("train"))
        .flatMap(schedule -> PlanStep.of(schedule).stream())
        .filter(step -> step.decision().target().equals("grad." + parameter))
        .flatMap(step -> step.portable().stream())
        .map(call -> call.role())
        .toList()
        .getLast();
  }

  /** Also of blocks that are not full, with fewer examples than are added up at once. */
  static void agree(String net) {
    GeneratedVersusInterpreter.of(net).withBatches(1, 7, 34).check();
  }
}
