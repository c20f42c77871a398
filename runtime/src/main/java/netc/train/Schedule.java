package netc.train;

import java.util.Collection;
import java.util.List;
import netc.runtime.Metadata.Value;

/** How the learning rate changes: a factor for each step. */
sealed interface Schedule {
  List<String> NAMES = List.of("constant", "step", "exponential", "cosine", "linear", "plateau");

  /**
   * The factor of the optimiser's rate.
   *
   * @param step from 0
   * @param epoch from 0
   * @param steps of the whole training
   */
  double factor(long step, int epoch, long steps);

  /** Always the optimiser's rate, after {@code warmup} steps of linear growth. */
  record Constant(long warmup) implements Schedule {
    @Override
    public double factor(long step, int epoch, long steps) {
      return warm(step, warmup);
    }
  }

  /** Times {@code gamma} after every {@code size} epochs. */
  record Steps(long size, double gamma) implements Schedule {
    @Override
    public double factor(long step, int epoch, long steps) {
      return Math.pow(gamma, epoch / size);
    }
  }

  /** Times {@code gamma} after every epoch. */
  record Exponential(double gamma) implements Schedule {
    @Override
    public double factor(long step, int epoch, long steps) {
      return Math.pow(gamma, epoch);
    }
  }

  /** Half a cosine from 1 to {@code end} (Loshchilov and Hutter 2017), after a linear warm-up. */
  record Cosine(long warmup, double end) implements Schedule {
    @Override
    public double factor(long step, int epoch, long steps) {
      if (step < warmup) {
        return warm(step, warmup);
      }
      return end + (1 - end) * (1 + Math.cos(Math.PI * done(step, warmup, steps))) / 2;
    }
  }

  /** A straight line from 1 to {@code end}, after a linear warm-up. */
  record Linear(long warmup, double end) implements Schedule {
    @Override
    public double factor(long step, int epoch, long steps) {
      if (step < warmup) {
        return warm(step, warmup);
      }
      return 1 + (end - 1) * done(step, warmup, steps);
    }
  }

  /** Times {@code factor} whenever {@code patience} epochs brought nothing better; see {@link Plan}. */
  record Plateau(Measure measure, double factor, long patience) implements Schedule {
    @Override
    public double factor(long step, int epoch, long steps) {
      return 1;
    }
  }

  private static double warm(long step, long warmup) {
    return step < warmup ? (step + 1.0) / warmup : 1;
  }

  private static double done(long step, long warmup, long steps) {
    return Math.min(1, (double) (step - warmup) / Math.max(1, steps - warmup));
  }

  static Schedule of(Value.Call call, String place, Collection<String> metrics) {
    Arguments a;
    Schedule schedule;
    switch (call.name()) {
      case "constant" -> {
        a = new Arguments(call, place);
        schedule = new Constant(a.count("warmup", 0, 0));
      }
      case "step" -> {
        a = new Arguments(call, place, "step_size", "gamma");
        schedule = new Steps(a.count("step_size", 10, 1), a.positive("gamma", 0.1));
      }
      case "exponential" -> {
        a = new Arguments(call, place, "gamma");
        schedule = new Exponential(a.positive("gamma", 0.95));
      }
      case "cosine" -> {
        a = new Arguments(call, place);
        schedule = new Cosine(a.count("warmup", 0, 0), a.notNegative("end", 0));
      }
      case "linear" -> {
        a = new Arguments(call, place);
        schedule = new Linear(a.count("warmup", 0, 0), a.notNegative("end", 0));
      }
      case "plateau" -> {
        a = new Arguments(call, place, "patience");
        Measure measure = Measure.of(a, "schedule", metrics, place);
        schedule =
            new Plateau(measure, a.fraction("factor", 0.1), a.count("patience", 10, 1));
      }
      default ->
          throw new TrainingException(
              TrainErrors.unknownKind("schedule", call.name(), NAMES, place));
    }
    a.finish();
    return schedule;
  }
}
