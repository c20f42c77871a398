package netc.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What is known while a program is generated: names in scope, random choices, what was used. */
final class Vocabulary {

  /**
   * A real tensor.
   *
   * @param isPerExample whether it is known to differ per example
   * @param isTrainOnly whether it depends on other rows, or is random: no output may
   */
  record Known(String name, List<Integer> shape, boolean isPerExample, boolean isTrainOnly) {}

  /** An index in scope with values 0 to range-1. */
  record Running(String name, int range) {}

  /** An {@code index(bound)} of each example. */
  record Gathered(String name, int bound) {}

  final Random random;
  final List<Known> values = new ArrayList<>();
  final List<Gathered> gathered = new ArrayList<>();
  final List<String> truths = new ArrayList<>();

  /** What all rows have of a value: the shape is that of one row. */
  final List<Known> stacks = new ArrayList<>();

  final List<String> functions = new ArrayList<>();
  private final Map<String, Integer> used;
  private int last;

  Vocabulary(Random random, Map<String, Integer> used) {
    this.random = random;
    this.used = used;
  }

  static Map<String, Integer> counters() {
    return new TreeMap<>();
  }

  /** Counts a construct of the language. */
  void uses(String construct) {
    used.merge(construct, 1, Integer::sum);
  }

  String fresh(String prefix) {
    return prefix + ++last;
  }

  int from(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T any(T first, T... more) {
    int chosen = random.nextInt(more.length + 1);
    return chosen == 0 ? first : more[chosen - 1];
  }

  List<Integer> shape(int mostAxes) {
    var shape = new ArrayList<Integer>();
    int axes = from(0, mostAxes);
    for (int i = 0; i < axes; i++) {
      shape.add(from(1, 4));
    }
    return shape;
  }

  List<Known> ofRank(int rank) {
    return values.stream().filter(v -> v.shape().size() == rank).toList();
  }

  String literal() {
    return any("0.5", "1.5", "0.25", "2.0", "1.0", "0.1", "(-0.75)", "(-1.0)", "0.0");
  }
}
