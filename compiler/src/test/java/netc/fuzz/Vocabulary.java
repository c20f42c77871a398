package netc.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What is known while a program is generated: names in scope, random choices, what was used. */
final class Vocabulary {

  /**
   * What is known of a value.
   *
   * @param isPerExample whether it certainly differs per example
   * @param isTrainOnly whether it may depend on other rows, or be random: no output may
   * @param isCarried whether it may depend on a scan or on other rows: nothing is derived through it
   */
  record Traits(boolean isPerExample, boolean isTrainOnly, boolean isCarried) {
    static final Traits SHARED = new Traits(false, false, false);
    static final Traits INPUT = new Traits(true, false, false);
    static final Traits RANDOM = new Traits(true, true, false);
    static final Traits CARRIED = new Traits(false, false, true);
    static final Traits OF_BATCH = new Traits(false, true, true);

    Traits and(Traits other) {
      return new Traits(
          isPerExample || other.isPerExample,
          isTrainOnly || other.isTrainOnly,
          isCarried || other.isCarried);
    }

    /** Of what may be left out: then it does not make a value differ per example. */
    Traits perhaps() {
      return new Traits(false, isTrainOnly, isCarried);
    }

    /** Of a reduction over the batch. */
    Traits shared() {
      return new Traits(false, true, true);
    }
  }

  /** A real tensor. */
  record Known(String name, List<Integer> shape, Traits traits) {}

  /** An index in scope with values 0 to range-1. */
  record Running(String name, int range) {}

  /** An {@code index(bound)}, or a tensor of them. */
  record Gathered(String name, List<Integer> shape, int bound, Traits traits) {}

  final Random random;
  final List<Known> values = new ArrayList<>();
  final List<Gathered> gathered = new ArrayList<>();
  final List<String> truths = new ArrayList<>();

  /** What all rows have of a value: the shape is that of one row. */
  final List<Known> stacks = new ArrayList<>();

  final List<String> functions = new ArrayList<>();
  final List<String> vectorFunctions = new ArrayList<>(List.of("logsumexp", "norm"));

  /** User layers from vectors, each called with a size: {@code name(3)}. */
  final List<String> layers = new ArrayList<>();

  /** Constants and sizes, as numbers. */
  final List<String> constants = new ArrayList<>();

  /** Whether {@code stop} may be used: then gradients are not those of differences. */
  final boolean allowsStop;

  private final Map<String, Integer> used;
  private int last;

  Vocabulary(Random random, Map<String, Integer> used) {
    this.random = random;
    this.used = used;
    this.allowsStop = chance(0.15);
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
    return !constants.isEmpty() && chance(0.3)
        ? any(constants)
        : any("0.5", "1.5", "0.25", "2.0", "1.0", "0.1", "(-0.75)", "(-1.0)", "0.0");
  }
}
