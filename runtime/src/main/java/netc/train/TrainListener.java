package netc.train;

import java.util.Optional;
import netc.runtime.Evaluation;

/** Is told how training goes, on the thread that called {@code fit}. */
public interface TrainListener {

  /**
   * A step is done.
   *
   * @param epoch from 1
   * @param step in the whole training, from 1
   * @param steps of the whole training
   * @param loss the mean objective of this epoch so far
   * @param rate the learning rate of the step
   * @param rowsPerSecond in this epoch so far
   */
  record Step(
      int epoch, long step, long steps, double loss, double rate, double rowsPerSecond) {}

  /**
   * An epoch is done.
   *
   * @param loss the mean objective over its batches
   * @param validation losses and metrics of the validation rows, where there are some
   * @param best whether this is the best epoch so far
   */
  record Epoch(
      int epoch,
      int epochs,
      long step,
      double loss,
      Optional<Evaluation> validation,
      double rate,
      double seconds,
      double rowsPerSecond,
      boolean best) {}

  default void step(Step step) {}

  default void epoch(Epoch epoch) {}
}
