package netc.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A generated net: lines that can be left out one by one.
 *
 * @param declarations functions and layers in front of the net
 * @param statements of the net, in order
 */
record RandomProgram(List<Tree> declarations, List<Tree> statements) {

  String text() {
    return "package fuzz\n"
        + declarations.stream().map(t -> t.render() + "\n").collect(Collectors.joining())
        + "net Fuzz {\n"
        + statements.stream().map(t -> "  " + t.render() + "\n").collect(Collectors.joining())
        + "}\n";
  }

  /** Programs that are smaller by one step, the smallest first. */
  List<RandomProgram> smaller() {
    var smaller = new ArrayList<RandomProgram>();
    for (int i = statements.size() - 1; i >= 0; i--) {
      smaller.add(new RandomProgram(declarations, without(statements, i)));
    }
    for (int i = 0; i < declarations.size(); i++) {
      smaller.add(new RandomProgram(without(declarations, i), statements));
    }
    for (int i = 0; i < statements.size(); i++) {
      for (Tree less : statements.get(i).smaller()) {
        var changed = new ArrayList<>(statements);
        changed.set(i, less);
        smaller.add(new RandomProgram(declarations, List.copyOf(changed)));
      }
    }
    return smaller;
  }

  private static List<Tree> without(List<Tree> all, int at) {
    var fewer = new ArrayList<>(all);
    fewer.remove(at);
    return List.copyOf(fewer);
  }
}
