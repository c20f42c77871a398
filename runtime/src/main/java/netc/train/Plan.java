package netc.train;

import netc.runtime.Rule;
import netc.runtime.Training;

/** All settings of a training, what is left open filled in. */
final class Plan {
  final Rule optimizer;
  final Rule schedule;

  /** After so many epochs that brought nothing better the training ends; 0 for never. */
  final double patience;

  /** By how much better is better. */
  final double least;

  /** What tells better epochs from worse ones. */
  final Measure measure;

  /** What a plateau of the rate is measured by; null where the schedule is none. */
  final Measure plateau;

  final int batchSize;
  final long seed;
  final boolean shuffle;

  /** Infinite where there is no limit. */
  final double clipNorm;

  final double clipValue;
  final Length length;

  Plan(Training settings) {
    optimizer = settings.rules().getOrDefault("optimizer", Adam.rule(1e-3));
    schedule = settings.rules().getOrDefault("schedule", Schedule.constant(0));
    plateau = schedule.name().equals("plateau") ? new Measure(schedule) : null;
    Rule earlyStop = settings.rules().get("early_stop");
    patience = earlyStop == null ? 0 : earlyStop.number("patience");
    least = earlyStop == null ? 0 : earlyStop.number("min_delta");
    measure = earlyStop == null ? Measure.LOSS : new Measure(earlyStop);
    batchSize = (int) settings.number("batch_size", 32);
    seed = (long) settings.number("seed", 0);
    shuffle = settings.number("shuffle", 1) != 0;
    clipNorm = settings.number("clip_norm", Double.POSITIVE_INFINITY);
    clipValue = settings.number("clip_value", Double.POSITIVE_INFINITY);
    length =
        settings.numbers().containsKey("steps")
            ? Length.steps((long) settings.number("steps", 0))
            : Length.epochs((int) settings.number("epochs", 10));
  }
}
