package netc.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.ir.Model.Value;

/**
 * Reads the arguments of a setting such as {@code adam(lr = 1e-3)}. The names that are asked for are
 * the known ones; {@link #finish} refuses any other.
 */
final class Arguments {
  private final Value.Call call;
  private final Map<String, Value> values;
  private final List<String> asked = new ArrayList<>();

  /**
   * @param positional the names of the arguments that may be given without one, in order
   */
  Arguments(Value.Call call, String... positional) {
    this.call = call;
    values = new LinkedHashMap<>(call.named());
    if (call.positional().size() > positional.length) {
      throw error("it takes " + positional.length + " arguments without a name");
    }
    for (int i = 0; i < call.positional().size(); i++) {
      if (values.put(positional[i], call.positional().get(i)) != null) {
        throw error("`" + positional[i] + "` is given twice");
      }
    }
  }

  String name() {
    return call.name();
  }

  /** Refuses arguments that nobody asked for. */
  void finish() {
    for (String name : values.keySet()) {
      if (!asked.contains(name)) {
        throw new SettingException(TrainErrors.argument(call.name(), name, asked));
      }
    }
  }

  double number(String name, double otherwise) {
    asked.add(name);
    Value value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Value.Number number && Double.isFinite(number.value())) {
      return number.value();
    }
    throw error("`" + name + "` is a number");
  }

  double positive(String name, double otherwise) {
    double value = number(name, otherwise);
    if (!(value > 0)) {
      throw error("`" + name + "` must be above 0");
    }
    return value;
  }

  double notNegative(String name, double otherwise) {
    double value = number(name, otherwise);
    if (!(value >= 0)) {
      throw error("`" + name + "` must not be negative");
    }
    return value;
  }

  /** At least 0 and below 1. */
  double fraction(String name, double otherwise) {
    double value = number(name, otherwise);
    if (!(value >= 0 && value < 1)) {
      throw error("`" + name + "` must be at least 0 and below 1");
    }
    return value;
  }

  long count(String name, long otherwise, long least) {
    double value = number(name, otherwise);
    if (value != Math.rint(value) || value < least || value > Integer.MAX_VALUE) {
      throw error("`" + name + "` must be a whole number of at least " + least);
    }
    return (long) value;
  }

  /** 1 for true. */
  double truth(String name) {
    asked.add(name);
    Value value = values.get(name);
    if (value == null) {
      return 0;
    }
    if (value instanceof Value.Truth(boolean truth)) {
      return truth ? 1 : 0;
    }
    throw error("`" + name + "` is true or false");
  }

  String text(String name, String otherwise) {
    asked.add(name);
    Value value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Value.Text text) {
      return text.value();
    }
    throw error("`" + name + "` is a text in quotes");
  }

  double[] pair(String name, double first, double second) {
    asked.add(name);
    Value value = values.get(name);
    if (value == null) {
      return new double[] {first, second};
    }
    if (value instanceof Value.Many many
        && many.values().size() == 2
        && many.values().get(0) instanceof Value.Number a
        && many.values().get(1) instanceof Value.Number b) {
      return new double[] {a.value(), b.value()};
    }
    throw error("`" + name + "` is a list of two numbers");
  }

  SettingException error(String what) {
    return new SettingException(TrainBlock.AREA, call.name() + "(…): " + what);
  }
}
