package netc.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import netc.ir.Indices;
import netc.ir.Program;
import netc.ir.Step;

/** Small helpers on lists of steps. */
final class Steps {
  private Steps() {}

  /** Every step replaced, those of scans too. */
  static Program mapped(Program program, UnaryOperator<Step.Single> change) {
    return expanded(program, step -> List.of(change.apply(step)));
  }

  /** Every step replaced by several; those in a scan that do not run over its time go in front of it. */
  static Program expanded(Program program, Function<Step.Single, List<Step.Single>> change) {
    var steps = new ArrayList<Step>();
    for (Step step : program.steps()) {
      switch (step) {
        case Step.Single single -> steps.addAll(change.apply(single));
        case Step.Scan(var time, var isReverse, var body, var place) -> {
          var inside = new ArrayList<Step.Single>();
          for (Step.Single each : body) {
            for (Step.Single part : change.apply(each)) {
              if (Indices.of(part).contains(time)) {
                inside.add(part);
              } else {
                steps.add(part);
              }
            }
          }
          steps.add(new Step.Scan(time, isReverse, inside, place));
        }
      }
    }
    return new Program(program.name(), steps, program.results());
  }

  /** The names of a program's tensors, for passes that make new ones. */
  static Set<String> names(Program program) {
    var names = new HashSet<String>();
    program.inputs().forEach(tensor -> names.add(tensor.name()));
    program.steps().forEach(step -> step.targets().forEach(target -> names.add(target.name())));
    return names;
  }

  /** {@code base'n} for the first n from 1 that is not taken; it is taken then. */
  static String unused(String base, Set<String> names) {
    int n = 1;
    while (!names.add(base + "'" + n)) {
      n++;
    }
    return base + "'" + n;
  }
}
