package netc.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import netc.runtime.Metadata;
import netc.runtime.Metadata.Setting;
import netc.runtime.Metadata.Value;
import netc.runtime.ValueText;

/**
 * The settings of training, by the names of the {@code train} block, which fills what is left open
 * here; then come the defaults: Adam with rate 1e-3, batches of 32, 10 epochs, seed 0. Immutable: each
 * method returns other settings.
 *
 * <p>Besides, what is no part of the result: threads, listeners and the file of the best network.
 */
public final class TrainSettings {
  private final Map<String, Setting> values;
  private final int threads;
  private final Executor executor;
  private final List<TrainListener> listeners;
  private final Path best;
  private final Boolean fitStates;

  private TrainSettings(
      Map<String, Setting> values,
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
    return new TrainSettings(Map.of(), 0, null, List.of(), null, null);
  }

  /** The names that {@link #set} and a {@code train} block know. */
  public static List<String> names() {
    return Plan.NAMES;
  }

  /** These settings over those of a net; what is wrong in them is a {@link TrainingException}. */
  public void check(Metadata metadata) {
    Plan.of(over(metadata.train()), metadata);
  }

  /** The seed that a training of a net with these settings has. */
  public long seed(Metadata metadata) {
    return Plan.of(over(metadata.train()), metadata).seed();
  }

  /**
   * Another value for a setting, as in the {@code train} block: {@code set("optimizer", "adam(lr =
   * 1e-3)")}.
   */
  public TrainSettings set(String name, String value) {
    if (!Plan.NAMES.contains(name)) {
      throw new TrainingException(TrainErrors.unknownSetting(name, Plan.NAMES, ""));
    }
    try {
      return set(name, ValueText.parse(value));
    } catch (IllegalArgumentException e) {
      throw new TrainingException("training: `" + name + "`: " + e.getMessage(), e);
    }
  }

  public TrainSettings optimizer(Optimizer optimizer) {
    return set("optimizer", optimizer.value());
  }

  public TrainSettings batchSize(int rows) {
    return set("batch_size", new Value.Number(rows, true));
  }

  /** Of the order of the rows; the split and the initial weights have seeds of their own calls. */
  public TrainSettings seed(long seed) {
    return set("seed", new Value.Number(seed, true));
  }

  public TrainSettings epochs(int epochs) {
    return set("epochs", new Value.Number(epochs, true));
  }

  public TrainSettings steps(long steps) {
    return set("steps", new Value.Number(steps, true));
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

  private TrainSettings set(String name, Value value) {
    var changed = new LinkedHashMap<>(values);
    if (name.equals("epochs")) {
      changed.remove("steps");
    } else if (name.equals("steps")) {
      changed.remove("epochs");
    }
    changed.put(name, new Setting(value, 0));
    return new TrainSettings(changed, threads, executor, listeners, best, fitStates);
  }

  /** These settings over those of the net's block. */
  Map<String, Setting> over(Map<String, Setting> block) {
    var all = new LinkedHashMap<>(block);
    if (values.containsKey("epochs") || values.containsKey("steps")) {
      all.remove("epochs");
      all.remove("steps");
    }
    all.putAll(values);
    return all;
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
