package netc.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import netc.runtime.Metadata;
import netc.runtime.Rule;
import netc.runtime.Training;

/**
 * The settings of training, by the names of the {@code train} block, which fills what is left open
 * here; then come the defaults: Adam with rate 1e-3, batches of 32, 10 epochs, seed 0. Immutable: each
 * method returns other settings.
 *
 * <p>Besides, what is no part of the result: threads, listeners and the file of the best network.
 */
public final class TrainSettings {
  private final Training values;
  private final int threads;
  private final Executor executor;
  private final List<TrainListener> listeners;
  private final Path best;
  private final Boolean fitStates;

  private TrainSettings(
      Training values,
      int threads,
      Executor executor,
      List<TrainListener> listeners,
      Path best,
      Boolean fitStates) {
    this.values = values;
    this.threads = threads;
    this.executor = executor;
    this.listeners = listeners;
    this.best = best;
    this.fitStates = fitStates;
  }

  /** Nothing set: the net's {@code train} block decides, then the defaults. */
  public static TrainSettings defaults() {
    return new TrainSettings(Training.DEFAULTS, 0, null, List.of(), null, null);
  }

  /** These settings over those of a net: the seed that a training with them has. */
  public long seed(Metadata metadata) {
    return new Plan(over(metadata)).seed;
  }

  /** Other settings over these. */
  public TrainSettings with(Training other) {
    return new TrainSettings(other.over(values), threads, executor, listeners, best, fitStates);
  }

  /** {@code Adam.rule(1e-3).with("beta1", 0.8)}; {@link Adam}, {@link AdamW}, {@link Sgd} and others. */
  public TrainSettings optimizer(Rule rule) {
    return with(new Training(Map.of(), Map.of("optimizer", rule)));
  }

  /** How the rate changes; see {@link Schedule}. */
  public TrainSettings schedule(Rule rule) {
    return with(new Training(Map.of(), Map.of("schedule", rule)));
  }

  /**
   * Ends the training after so many epochs that brought nothing better.
   *
   * @param on {@code loss}, or a metric
   * @param least by how much better is better
   */
  public TrainSettings earlyStop(int patience, String on, boolean higherIsBetter, double least) {
    Rule rule = Rule.of("", "patience min_delta better", patience, least, higherIsBetter ? 1 : 0);
    return with(
        new Training(Map.of(), Map.of("early_stop", new Rule("patience", on, rule.numbers()))));
  }

  public TrainSettings batchSize(int rows) {
    return positive("batch_size", rows);
  }

  /** Of the order of the rows; the split and the initial weights have seeds of their own calls. */
  public TrainSettings seed(long seed) {
    return number("seed", seed);
  }

  public TrainSettings epochs(int epochs) {
    return positive("epochs", epochs);
  }

  public TrainSettings steps(long steps) {
    return positive("steps", steps);
  }

  /** Whether every epoch has an order of rows of its own, as it has unless told otherwise. */
  public TrainSettings shuffle(boolean shuffle) {
    return number("shuffle", shuffle ? 1 : 0);
  }

  /** The most that the norm of all gradients together may be. */
  public TrainSettings clipNorm(double most) {
    return positive("clip_norm", most);
  }

  /** The most that the magnitude of each element of the gradients may be. */
  public TrainSettings clipValue(double most) {
    return positive("clip_value", most);
  }

  /** So many threads of the trainer's own, ended when {@code fit} returns; 1 for none. */
  public TrainSettings threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one thread computes, not " + count);
    }
    return new TrainSettings(values, count, executor, listeners, best, fitStates);
  }

  /** The caller's threads instead of own ones; the trainer never shuts them down. */
  public TrainSettings executor(Executor shared, int count) {
    return new TrainSettings(
        values, count, Objects.requireNonNull(shared), listeners, best, fitStates);
  }

  /** One more listener. */
  public TrainSettings listener(TrainListener listener) {
    List<TrainListener> more = new ArrayList<>(listeners);
    more.add(Objects.requireNonNull(listener));
    return new TrainSettings(values, threads, executor, List.copyOf(more), best, fitStates);
  }

  /**
   * Writes the best network so far to this file, after each epoch that improved it; after each epoch
   * where nothing is measured.
   */
  public TrainSettings keepBest(Path file) {
    return new TrainSettings(values, threads, executor, listeners, file, fitStates);
  }

  /**
   * Whether fitted states are computed from the training rows before the first step. Without this call
   * they are when all of them still have the values they start with.
   */
  public TrainSettings fitStates(boolean fit) {
    return new TrainSettings(values, threads, executor, listeners, best, fit);
  }

  private TrainSettings positive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " is above 0, not " + value);
    }
    return number(name, value);
  }

  private TrainSettings number(String name, double value) {
    return with(new Training(Map.of(name, value), Map.of()));
  }

  /** These settings over those of the net's block. */
  Training over(Metadata metadata) {
    return values.over(metadata.train());
  }

  int threads() {
    return threads > 0 ? threads : Math.min(8, Runtime.getRuntime().availableProcessors());
  }

  Optional<Executor> executor() {
    return Optional.ofNullable(executor);
  }

  List<TrainListener> listeners() {
    return listeners;
  }

  Optional<Path> best() {
    return Optional.ofNullable(best);
  }

  Optional<Boolean> fitStates() {
    return Optional.ofNullable(fitStates);
  }
}
