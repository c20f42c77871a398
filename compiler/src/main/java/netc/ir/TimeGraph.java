package netc.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Which steps of a scan read which others, now or at earlier times. */
final class TimeGraph {
  private final Index time;
  private final boolean isReverse;
  private final List<Step.Single> steps;
  private final Map<Tensor, Step.Single> definitions = new LinkedHashMap<>();

  private final Map<Step.Single, Integer> numbers = new HashMap<>();
  private final Map<Step.Single, Integer> lowest = new HashMap<>();
  private final Deque<Step.Single> open = new ArrayDeque<>();
  private final List<List<Step.Single>> groups = new ArrayList<>();

  TimeGraph(Index time, boolean isReverse, List<Step.Single> steps) {
    this.time = time;
    this.isReverse = isReverse;
    this.steps = steps;
    steps.forEach(step -> definitions.put(step.target(), step));
  }

  /** The strongly connected groups (Tarjan), each behind those that it reads. */
  List<List<Step.Single>> groups() {
    for (Step.Single step : steps) {
      if (!numbers.containsKey(step)) {
        connect(step);
      }
    }
    return groups;
  }

  private void connect(Step.Single step) {
    numbers.put(step, numbers.size());
    lowest.put(step, numbers.get(step));
    open.push(step);
    for (Step.Single read : readBy(step)) {
      if (!numbers.containsKey(read)) {
        connect(read);
        lowest.merge(step, lowest.get(read), Math::min);
      } else if (open.contains(read)) {
        lowest.merge(step, numbers.get(read), Math::min);
      }
    }
    if (lowest.get(step).equals(numbers.get(step))) {
      var group = new ArrayList<Step.Single>();
      do {
        group.add(open.pop());
      } while (!group.getLast().equals(step));
      groups.add(group);
    }
  }

  private List<Step.Single> readBy(Step.Single step) {
    return Reads.of(step).stream()
        .filter(definitions::containsKey)
        .filter(tensor -> !tensor.equals(step.target()) || readsItself(step))
        .map(definitions::get)
        .toList();
  }

  /** Whether it reads its own earlier values; a derivative that reads the value at the point does not. */
  boolean readsItself(Step.Single step) {
    return Reads.accesses(step).stream()
        .anyMatch(read -> read.tensor().equals(step.target()) && delay(read) != 0);
  }

  /** A group so that whatever is read at the same time stands in front; else in the given order. */
  List<Step.Single> inOrder(List<Step.Single> group) {
    var ordered = new ArrayList<Step.Single>();
    var done = new HashSet<Step.Single>();
    steps.stream().filter(group::contains).forEach(step -> place(step, group, ordered, done));
    return ordered;
  }

  private void place(
      Step.Single step, List<Step.Single> group, List<Step.Single> ordered, Set<Step.Single> done) {
    if (!done.add(step)) {
      return;
    }
    for (Expr.Read read : Reads.accesses(step)) {
      Step.Single other = definitions.get(read.tensor());
      if (other != null && group.contains(other) && delay(read) == 0) {
        place(other, group, ordered, done);
      }
    }
    ordered.add(step);
  }

  /** 0 for what has no time axis, or is read in no form that a scan allows: the verifier says so. */
  private int delay(Expr.Read read) {
    OptionalInt axis = Scans.axis(definitions.get(read.tensor()), time);
    return axis.isPresent()
        ? Scans.delay(read.at().get(axis.getAsInt()), time, isReverse).orElse(0)
        : 0;
  }
}
