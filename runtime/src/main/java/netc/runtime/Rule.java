package netc.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rule of training with all of its settings, {@code adam(lr = 0.01, beta1 = 0.9, …)}: an optimiser, a
 * schedule, or when to stop early.
 *
 * @param name as in a {@code train} block
 * @param on what it watches: {@code loss} or a metric; empty where it watches nothing
 * @param numbers its settings in order; a truth value is 0 or 1, and so is {@code better}: 1 for higher
 */
public record Rule(String name, String on, Map<String, Double> numbers) {

  public Rule {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }

  /**
   * A rule that watches nothing.
   *
   * @param settings their names, separated by spaces
   */
  public static Rule of(String name, String settings, double... values) {
    var numbers = new LinkedHashMap<String, Double>();
    String[] names = settings.split(" ");
    for (int i = 0; i < values.length; i++) {
      numbers.put(names[i], values[i]);
    }
    return new Rule(name, "", numbers);
  }

  /** The value of a setting. */
  public double number(String setting) {
    Double number = numbers.get(setting);
    if (number == null) {
      throw new IllegalArgumentException(name + ": " + Messages.unknown("setting", setting, numbers.keySet()));
    }
    return number;
  }

  /** This rule with another value for a setting that it has. */
  public Rule with(String setting, double value) {
    number(setting);
    var changed = new LinkedHashMap<>(numbers);
    changed.put(setting, value);
    return new Rule(name, on, changed);
  }

  /** As it would stand in a {@code train} block. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Map.Entry<String, Double> number : numbers.entrySet()) {
      text.append(text.length() == 0 ? "" : ", ").append(number.getKey()).append(" = ");
      text.append(shown(number.getKey(), number.getValue()));
    }
    if (!on.isEmpty()) {
      text.append(", on = \"").append(on).append('"');
    }
    return name + "(" + text + ")";
  }

  /** A number as in a {@code train} block: a whole one without a point. */
  public static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String shown(String setting, double value) {
    return switch (setting) {
      case "nesterov", "centered" -> Boolean.toString(value != 0);
      case "better" -> value != 0 ? "\"higher\"" : "\"lower\"";
      default -> text(value);
    };
  }
}
