package netc.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may stand in a {@code train} block: every key with what its value must be. Names and defaults are
 * PyTorch's; the values themselves are judged by {@code
 * netc.settings}.
 */
final class SettingTable {
  enum Kind {
    COUNT("a whole number of at least 1"),
    WHOLE("a whole number"),
    POSITIVE("a number above 0"),
    TRUTH("true or false"),
    CHOICE("one of these");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * @param positional the arguments that may come without their name, in order
   * @param named all arguments
   */
  record Choice(List<String> positional, List<String> named) {}

  record Rule(Kind kind, Map<String, Choice> choices) {
    static Rule of(Kind kind) {
      return new Rule(kind, Map.of());
    }
  }

  private static final Map<String, Rule> TRAIN = new LinkedHashMap<>();

  static {
    TRAIN.put("optimizer", choice(optimizers()));
    TRAIN.put("schedule", choice(schedules()));
    TRAIN.put("batch_size", Rule.of(Kind.COUNT));
    TRAIN.put("epochs", Rule.of(Kind.COUNT));
    TRAIN.put("steps", Rule.of(Kind.COUNT));
    TRAIN.put("seed", Rule.of(Kind.WHOLE));
    TRAIN.put("shuffle", Rule.of(Kind.TRUTH));
    TRAIN.put("early_stop", choice(earlyStops()));
    TRAIN.put("clip_norm", Rule.of(Kind.POSITIVE));
    TRAIN.put("clip_value", Rule.of(Kind.POSITIVE));
  }

  /** What an argument of an optimiser or schedule is. */
  enum Argument {
    NUMBER("a number"),
    NUMBERS("two numbers, as in [0.9, 0.999]"),
    TRUTH("true or false"),
    NAME("a name in quotes");

    private final String text;

    Argument(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  static Argument argument(String name) {
    return switch (name) {
      case "betas" -> Argument.NUMBERS;
      case "nesterov", "centered" -> Argument.TRUTH;
      case "on", "better" -> Argument.NAME;
      default -> Argument.NUMBER;
    };
  }

  private SettingTable() {}

  private static Rule choice(Map<String, Choice> choices) {
    return new Rule(Kind.CHOICE, choices);
  }

  private static Map<String, Choice> optimizers() {
    var optimizers = new LinkedHashMap<String, Choice>();
    var rate = List.of("lr");
    optimizers.put(
        "sgd",
        new Choice(rate, List.of("lr", "momentum", "dampening", "weight_decay", "nesterov")));
    var adam = List.of("lr", "betas", "beta1", "beta2", "eps", "weight_decay");
    optimizers.put("adam", new Choice(rate, adam));
    optimizers.put("adamw", new Choice(rate, adam));
    optimizers.put(
        "rmsprop",
        new Choice(rate, List.of("lr", "alpha", "eps", "weight_decay", "momentum", "centered")));
    optimizers.put(
        "adagrad",
        new Choice(
            rate, List.of("lr", "lr_decay", "weight_decay", "initial_accumulator_value", "eps")));
    return optimizers;
  }

  private static Map<String, Choice> schedules() {
    var schedules = new LinkedHashMap<String, Choice>();
    schedules.put("constant", new Choice(List.of(), List.of("warmup")));
    schedules.put("step", new Choice(List.of("step_size", "gamma"), List.of("step_size", "gamma")));
    schedules.put("exponential", new Choice(List.of("gamma"), List.of("gamma")));
    schedules.put("cosine", new Choice(List.of(), List.of("warmup", "end")));
    schedules.put("linear", new Choice(List.of(), List.of("warmup", "end")));
    schedules.put(
        "plateau", new Choice(List.of("patience"), List.of("patience", "factor", "on", "better")));
    return schedules;
  }

  private static Map<String, Choice> earlyStops() {
    return Map.of(
        "patience",
        new Choice(List.of("patience"), List.of("patience", "on", "better", "min_delta")));
  }

  static List<String> trainKeys() {
    return List.copyOf(TRAIN.keySet());
  }

  static Optional<Rule> train(String key) {
    return Optional.ofNullable(TRAIN.get(key));
  }
}
