package netc.train;

import java.util.Optional;
import netc.runtime.Evaluation;
import netc.runtime.Evaluator;
import netc.runtime.RandomStream;
import netc.runtime.Rows;
import netc.runtime.Tasks;

/** One call of {@code fit}: epochs of steps, with what is measured between them. */
final class Course {
  private final Trainer<?> trainer;
  private final Plan plan;
  private final Stepper stepper;
  private final Rows rows;
  private final Optional<Rows> valid;
  private final Tasks team;
  private final Evaluator evaluator;
  private final Object[] sources;
  private final int epochs;
  private final long steps;
  private final long started = System.nanoTime();

  private long step;
  private double rate;
  private double plateau = 1;
  private long plateauWaited;
  private double plateauBest;
  private long waited;
  private double best;
  private int bestEpoch;

  Course(Trainer<?> trainer, Rows rows, Optional<Rows> valid, Length length, Tasks team) {
    this.trainer = trainer;
    this.rows = rows;
    this.valid = valid;
    this.team = team;
    plan = trainer.plan();
    stepper = trainer.stepper();
    evaluator = trainer.evaluator();
    sources = rows.sources(stepper.backward().inputNames());
    long perEpoch = (rows.count() + plan.batchSize - 1L) / plan.batchSize;
    steps = length.steps() > 0 ? length.steps() : length.epochs() * perEpoch;
    epochs = (int) ((steps + perEpoch - 1) / perEpoch);
    best = plan.measure.worst();
    plateauBest = plan.plateau == null ? 0 : plan.plateau.worst();
  }

  TrainReport run() {
    double loss = Double.NaN;
    Optional<Evaluation> evaluation = Optional.empty();
    boolean stopped = false;
    int epoch = 0;
    while (epoch < epochs && !stopped) {
      epoch++;
      long start = System.nanoTime();
      loss = epoch(epoch, start);
      double seconds = seconds(start);
      evaluation = evaluate();
      boolean improved = evaluation.isPresent() && improves(evaluation.get(), epoch);
      if (improved || evaluation.isEmpty()) {
        bestEpoch = epoch;
      }
      if (evaluation.isEmpty() && trainer.settings().best().isPresent()) {
        trainer.keepBest(); // nothing says which epoch is best: the last one is
      }
      tell(epoch, loss, evaluation, seconds, improved);
      stopped = plan.patience > 0 && waited >= plan.patience;
    }
    return new TrainReport(
        epoch, step, loss, valid.isPresent() ? evaluation : Optional.empty(), bestEpoch, stopped,
        seconds(started));
  }

  /** All batches of an epoch; the mean of their objectives over its rows. */
  private double epoch(int epoch, long start) {
    int[] order = order(trainer.nextEpoch());
    double sum = 0;
    int done = 0;
    while (done < rows.count() && step < steps) {
      int count = Math.min(plan.batchSize, rows.count() - done);
      rate = plan.optimizer.number("lr")
              * plateau
              * Schedule.factor(plan.schedule, step, epoch - 1, steps);
      double loss = stepper.gradients(sources, order, done, count, team);
      if (!Double.isFinite(loss)) {
        throw new TrainingException(
            TrainErrors.notFinite(trainer.name(), loss, epoch, step + 1, rate));
      }
      stepper.update(rate, team);
      step++;
      done += count;
      sum += loss * count;
      if (!trainer.settings().listeners().isEmpty()) {
        var report =
            new TrainListener.Step(epoch, step, steps, sum / done, rate, done / seconds(start));
        for (TrainListener listener : trainer.settings().listeners()) {
          listener.step(report);
        }
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new TrainingException(TrainErrors.interrupted(epoch, step));
      }
    }
    return sum / done;
  }

  /** The rows of an epoch: shuffled by seed and the number of the epoch, or as they come. */
  private int[] order(int epoch) {
    int[] positions =
        plan.shuffle
            ? new RandomStream(plan.seed, "train.shuffle." + epoch).permutation(rows.count())
            : java.util.stream.IntStream.range(0, rows.count()).toArray();
    return rows.positions(positions);
  }

  /** Validation rows, or training rows where a setting has to measure something. */
  private Optional<Evaluation> evaluate() {
    boolean needed = plan.patience > 0 || plan.plateau != null;
    if (valid.isEmpty() && !needed) {
      return Optional.empty();
    }
    return Optional.of(evaluator.evaluate(trainer.weights(), valid.orElse(rows), team));
  }

  private boolean improves(Evaluation evaluation, int epoch) {
    if (plan.plateau != null) {
      waitOnPlateau(plan.plateau.of(evaluation));
    }
    double value = plan.measure.of(evaluation);
    if (plan.measure.isBetter(value, best, plan.least)) {
      best = value;
      waited = 0;
      trainer.keepBest();
      return true;
    }
    waited++;
    return false;
  }

  private void waitOnPlateau(double value) {
    if (plan.plateau.isBetter(value, plateauBest, 0)) {
      plateauBest = value;
      plateauWaited = 0;
    } else if (++plateauWaited > plan.schedule.number("patience")) {
      plateau *= plan.schedule.number("factor");
      plateauWaited = 0;
    }
  }

  private void tell(
      int epoch, double loss, Optional<Evaluation> evaluation, double seconds, boolean improved) {
    var report =
        new TrainListener.Epoch(
            epoch,
            epochs,
            step,
            loss,
            valid.isPresent() ? evaluation : Optional.empty(),
            rate,
            seconds,
            rows.count() / seconds,
            improved);
    for (TrainListener listener : trainer.settings().listeners()) {
      listener.epoch(report);
    }
  }

  private static double seconds(long start) {
    return Math.max(1e-9, (System.nanoTime() - start) / 1e9);
  }
}
