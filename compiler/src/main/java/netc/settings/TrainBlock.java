package netc.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.ir.Model.Value;
import netc.runtime.Rule;
import netc.runtime.Training;

/** The settings of a {@code train} block, or of options by the same names, as the trainer takes them. */
public final class TrainBlock {
  /** The names of the settings. */
  public static final List<String> NAMES =
      List.of(
          "optimizer", "schedule", "batch_size", "epochs", "steps", "seed", "shuffle", "early_stop",
          "clip_norm", "clip_value");

  static final String AREA = "training";

  private static final List<String> OPTIMIZERS =
      List.of("sgd", "adam", "adamw", "rmsprop", "adagrad");
  private static final List<String> SCHEDULES =
      List.of("constant", "step", "exponential", "cosine", "linear", "plateau");

  private final Collection<String> metrics;
  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  private TrainBlock(Collection<String> metrics) {
    this.metrics = metrics;
  }

  /**
   * The settings read and checked.
   *
   * @param metrics of the net
   * @throws SettingException when one makes no sense
   */
  public static Training read(Map<String, Value> settings, Collection<String> metrics) {
    if (settings.containsKey("steps") && settings.containsKey("epochs")) {
      throw new SettingException(AREA, "`steps`: give epochs or steps, not both");
    }
    var block = new TrainBlock(metrics);
    settings.forEach(block::read);
    return new Training(block.numbers, block.rules);
  }

  /** The settings in texts, such as {@code optimizer} and {@code adam(lr = 1e-3)}. */
  public static Training parse(Map<String, String> texts, Collection<String> metrics) {
    var settings = new LinkedHashMap<String, Value>();
    texts.forEach(
        (name, text) -> {
          try {
            settings.put(name, ValueText.parse(text));
          } catch (SettingException e) {
            throw new SettingException(AREA, "`" + name + "`: " + e.getMessage());
          }
        });
    return read(settings, metrics);
  }

  private void read(String name, Value value) {
    switch (name) {
      case "optimizer" -> rules.put(name, optimizer(call(name, value, "adam(lr = 1e-3)")));
      case "schedule" -> rules.put(name, schedule(call(name, value, "cosine(warmup = 200)")));
      case "early_stop" -> rules.put(name, earlyStop(call(name, value, "patience(3)")));
      case "batch_size", "epochs", "steps" -> numbers.put(name, count(name, value, 1));
      case "seed" -> numbers.put(name, count(name, value, Long.MIN_VALUE));
      case "shuffle" -> numbers.put(name, truth(name, value));
      case "clip_norm", "clip_value" -> numbers.put(name, limit(name, value));
      default -> throw new SettingException(TrainErrors.unknownSetting(name, NAMES));
    }
  }

  private static Value.Call call(String name, Value value, String example) {
    if (value instanceof Value.Call call) {
      return call;
    }
    throw error(name, "write it like " + example, value);
  }

  private static Rule optimizer(Value.Call call) {
    var a = new Arguments(call, "lr");
    Rule rule =
        switch (call.name()) {
          case "sgd" -> sgd(a);
          case "adam" -> adam(a, "adam", 0);
          case "adamw" -> adam(a, "adamw", 0.01);
          case "rmsprop" ->
              Rule.of(
                  "rmsprop",
                  "lr alpha eps weight_decay momentum centered",
                  a.positive("lr", 1e-2),
                  a.fraction("alpha", 0.99),
                  a.notNegative("eps", 1e-8),
                  a.notNegative("weight_decay", 0),
                  a.notNegative("momentum", 0),
                  a.truth("centered"));
          case "adagrad" ->
              Rule.of(
                  "adagrad",
                  "lr lr_decay weight_decay initial_accumulator_value eps",
                  a.positive("lr", 1e-2),
                  a.notNegative("lr_decay", 0),
                  a.notNegative("weight_decay", 0),
                  a.notNegative("initial_accumulator_value", 0),
                  a.notNegative("eps", 1e-10));
          default ->
              throw new SettingException(
                  TrainErrors.unknownKind("optimizer", call.name(), OPTIMIZERS));
        };
    a.finish();
    return rule;
  }

  private static Rule sgd(Arguments a) {
    Rule sgd =
        Rule.of(
            "sgd",
            "lr momentum dampening weight_decay nesterov",
            a.positive("lr", 1e-3),
            a.notNegative("momentum", 0),
            a.number("dampening", 0),
            a.notNegative("weight_decay", 0),
            a.truth("nesterov"));
    if (sgd.number("nesterov") != 0
        && (sgd.number("momentum") == 0 || sgd.number("dampening") != 0)) {
      throw a.error("nesterov needs a momentum above 0 and no dampening");
    }
    return sgd;
  }

  /** {@code betas = [0.9, 0.999]}, or {@code beta1}, {@code beta2}; each at least 0 and below 1. */
  private static Rule adam(Arguments a, String name, double decay) {
    double[] betas = a.pair("betas", 0.9, 0.999);
    return Rule.of(
        name,
        "lr beta1 beta2 eps weight_decay",
        a.positive("lr", 1e-3),
        a.fraction("beta1", betas[0]),
        a.fraction("beta2", betas[1]),
        a.notNegative("eps", 1e-8),
        a.notNegative("weight_decay", decay));
  }

  private Rule schedule(Value.Call call) {
    if (!SCHEDULES.contains(call.name())) {
      throw new SettingException(TrainErrors.unknownKind("schedule", call.name(), SCHEDULES));
    }
    var a =
        switch (call.name()) {
          case "step" -> new Arguments(call, "step_size", "gamma");
          case "exponential" -> new Arguments(call, "gamma");
          case "plateau" -> new Arguments(call, "patience");
          default -> new Arguments(call);
        };
    Rule rule =
        switch (call.name()) {
          case "constant" -> Rule.of("constant", "warmup", a.count("warmup", 0, 0));
          case "step" ->
              Rule.of(
                  "step", "step_size gamma", a.count("step_size", 10, 1), a.positive("gamma", 0.1));
          case "exponential" -> Rule.of("exponential", "gamma", a.positive("gamma", 0.95));
          case "cosine", "linear" ->
              Rule.of(
                  call.name(), "warmup end", a.count("warmup", 0, 0), a.notNegative("end", 0));
          default ->
              watching(
                  a,
                  "schedule",
                  "patience factor better",
                  a.count("patience", 10, 1),
                  a.fraction("factor", 0.1));
        };
    a.finish();
    return rule;
  }

  private Rule earlyStop(Value.Call call) {
    if (!call.name().equals("patience")) {
      throw new SettingException(
          TrainErrors.unknownKind("early_stop", call.name(), List.of("patience")));
    }
    var a = new Arguments(call, "patience");
    Rule rule =
        watching(
            a,
            "early_stop",
            "patience min_delta better",
            a.count("patience", 5, 1),
            a.notNegative("min_delta", 0));
    a.finish();
    return rule;
  }

  /** {@code on = "accuracy", better = "higher"}; the loss is better when it is lower. */
  private Rule watching(Arguments a, String setting, String names, double first, double second) {
    String on = a.text("on", "loss");
    String better = a.text("better", on.equals("loss") ? "lower" : "");
    if (!on.equals("loss") && !metrics.contains(on)) {
      throw new SettingException(AREA, TrainErrors.unknownMeasure(setting, on, metrics));
    }
    if (!better.equals("higher") && !better.equals("lower")) {
      throw new SettingException(AREA, TrainErrors.better(setting, on));
    }
    Rule rule = Rule.of(a.name(), names, first, second, better.equals("higher") ? 1 : 0);
    return new Rule(rule.name(), on, rule.numbers());
  }

  private static double count(String name, Value value, long least) {
    boolean isLong = name.equals("seed") || name.equals("steps");
    if (value instanceof Value.Number(double number, boolean _)
        && number == Math.rint(number)
        && number >= least
        && Math.abs(number) < 1L << 53
        && (isLong || number <= Integer.MAX_VALUE)) {
      return number;
    }
    throw error(name, "it is a whole number" + (least == 1 ? " of at least 1" : ""), value);
  }

  private static double truth(String name, Value value) {
    if (value instanceof Value.Truth(boolean truth)) {
      return truth ? 1 : 0;
    }
    throw error(name, "it is true or false", value);
  }

  private static double limit(String name, Value value) {
    if (value instanceof Value.Number(double number, boolean _) && number > 0) {
      return number;
    }
    throw error(name, "it is a number above 0", value);
  }

  private static SettingException error(String name, String what, Value found) {
    return new SettingException(
        AREA, "`" + name + "`: " + what + ", not " + ValueText.print(found));
  }
}
