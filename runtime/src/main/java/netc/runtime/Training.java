package netc.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of a {@code train} block, or others by the same names.
 *
 * @param numbers {@code batch_size}, {@code epochs} or {@code steps}, {@code seed}, {@code shuffle} (0 or
 *     1), {@code clip_norm}, {@code clip_value}
 * @param rules {@code optimizer}, {@code schedule}, {@code early_stop}
 */
public record Training(Map<String, Double> numbers, Map<String, Rule> rules) {
  /** Nothing set. */
  public static final Training DEFAULTS = new Training(Map.of(), Map.of());

  public Training {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
  }

  /** These settings; where they leave something open, those of another. */
  public Training over(Training other) {
    var allNumbers = new LinkedHashMap<>(other.numbers);
    if (numbers.containsKey("epochs") || numbers.containsKey("steps")) {
      allNumbers.keySet().removeAll(java.util.List.of("epochs", "steps"));
    }
    allNumbers.putAll(numbers);
    var allRules = new LinkedHashMap<>(other.rules);
    allRules.putAll(rules);
    return new Training(allNumbers, allRules);
  }

  /** A number, or the one that stands for it where it is not set. */
  public double number(String name, double otherwise) {
    return numbers.getOrDefault(name, otherwise);
  }
}
