package netc.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import netc.ir.Program;
import netc.ir.Step;

/** Small helpers on lists of steps. */
final class Steps {
  private Steps() {}

  /** Every step replaced. */
  static Program mapped(Program program, UnaryOperator<Step> change) {
    return new Program(
        program.name(), program.steps().stream().map(change).toList(), program.results());
  }

  /** Every step replaced by several. */
  static Program expanded(Program program, Function<Step, List<Step>> change) {
    var steps = new ArrayList<Step>();
    program.steps().forEach(step -> steps.addAll(change.apply(step)));
    return new Program(program.name(), steps, program.results());
  }

  /** The names of a program's tensors, for passes that make new ones. */
  static Set<String> names(Program program) {
    var names = new HashSet<String>();
    program.inputs().forEach(tensor -> names.add(tensor.name()));
    program.steps().forEach(step -> names.add(step.target().name()));
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
