package netc.train;

import java.util.Optional;
import netc.runtime.Rule;
import netc.runtime.Training;

/** All settings of a training, what is left open filled in. */
final class Plan {
  final Rule optimizer;
  final Rule schedule;
  final Optional<Rule> earlyStop;
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
    earlyStop = Optional.ofNullable(settings.rules().get("early_stop"));
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

  /** What tells better epochs from worse ones: the measure of the early stop, or the loss. */
  Measure measure() {
    return earlyStop.isPresent() ? new Measure(earlyStop.get()) : Measure.LOSS;
  }

  /** What a plateau of the rate is measured by. */
  Optional<Measure> plateau() {
    return schedule.name().equals("plateau") ? Optional.of(new Measure(schedule)) : Optional.empty();
  }
}
