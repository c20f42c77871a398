package netc.train;

import java.util.List;
import netc.runtime.Rule;

/** How the learning rate changes: a factor for each step. */
public final class Schedule {
  private static final List<String> NAMES =
      List.of("constant", "step", "exponential", "cosine", "linear", "plateau");

  private Schedule() {}

  /** Always the optimiser's rate, after {@code warmup} steps of linear growth. */
  public static Rule constant(long warmup) {
    return Rule.of("constant", "warmup", warmup);
  }

  /** Times {@code gamma} after every {@code epochs} epochs. */
  public static Rule step(long epochs, double gamma) {
    return Rule.of("step", "step_size gamma", epochs, gamma);
  }

  /** Times {@code gamma} after every epoch. */
  public static Rule exponential(double gamma) {
    return Rule.of("exponential", "gamma", gamma);
  }

  /** Half a cosine from 1 to {@code end} (Loshchilov and Hutter 2017), after a linear warm-up. */
  public static Rule cosine(long warmup, double end) {
    return Rule.of("cosine", "warmup end", warmup, end);
  }

  /** A straight line from 1 to {@code end}, after a linear warm-up. */
  public static Rule linear(long warmup, double end) {
    return Rule.of("linear", "warmup end", warmup, end);
  }

  /**
   * Times {@code factor} whenever {@code patience} epochs brought nothing better.
   *
   * @param on {@code loss}, or a metric
   */
  public static Rule plateau(long patience, double factor, String on, boolean higherIsBetter) {
    return new Rule(
        "plateau", on, Rule.of("", "patience factor better", patience, factor, higherIsBetter ? 1 : 0).numbers());
  }

  /**
   * The factor of the optimiser's rate, but for what a plateau has made of it.
   *
   * @param step from 0
   * @param epoch from 0
   * @param steps of the whole training
   */
  static double factor(Rule rule, long step, int epoch, long steps) {
    double warmup = rule.numbers().getOrDefault("warmup", 0.0);
    if (step < warmup) {
      return (step + 1) / warmup;
    }
    double done = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
    return switch (rule.name()) {
      case "constant", "plateau" -> 1;
      case "step" -> Math.pow(rule.number("gamma"), epoch / (long) rule.number("step_size"));
      case "exponential" -> Math.pow(rule.number("gamma"), epoch);
      case "cosine" -> {
        double end = rule.number("end");
        yield end + (1 - end) * (1 + Math.cos(Math.PI * done)) / 2;
      }
      case "linear" -> 1 + (rule.number("end") - 1) * done;
      default ->
          throw new TrainingException(TrainErrors.unknownKind("schedule", rule.name(), NAMES));
    };
  }
}
