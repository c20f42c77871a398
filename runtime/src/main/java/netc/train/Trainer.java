package netc.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.data.Dataset;
import netc.data.Splits;
import netc.io.Checkpoint;
import netc.runtime.Evaluator;
import netc.runtime.Fitting;
import netc.runtime.Initializers;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.runtime.Rows;
import netc.runtime.Rule;
import netc.runtime.Tasks;
import netc.runtime.Team;
import netc.runtime.Tensor;
import netc.runtime.Training;
import netc.runtime.Weights;

/**
 * Trains: it starts from a network's weights and owns a copy, which {@code fit} moves; the network it
 * was made of never changes. For one thread at a time. The weights after a call depend on the network,
 * the data and the settings, bit by bit, and not on the number of threads.
 *
 * @param <N> the generated class
 */
public final class Trainer<N extends Network> {
  private final N network;
  private final TrainSettings settings;
  private final Training values;
  private final Plan plan;
  private final Weights weights;
  private final Stepper stepper;
  private Weights best;
  private boolean fitted;
  private int epochs;

  /**
   * The generated {@code trainer(settings)} calls this.
   *
   * @param settings go before those of the net's {@code train} block
   * @throws TrainingException when a setting makes no sense or the net has no loss
   */
  public Trainer(N network, TrainSettings settings) {
    Metadata metadata = network.metadata();
    if (metadata.losses().isEmpty()) {
      throw new TrainingException(TrainErrors.noLoss(metadata.className()));
    }
    this.network = network;
    this.settings = settings;
    values = settings.over(metadata);
    plan = new Plan(values);
    plan.measure.check(metadata);
    if (plan.plateau != null) {
      plan.plateau.check(metadata);
    }
    weights = network.copyOfWeights();
    stepper = new Stepper(network, weights, plan);
    best = null;
  }

  /** Trains as long as the settings say, without validation. */
  public TrainReport fit(Dataset data) {
    return fit(data, Optional.empty(), plan.length);
  }

  /** Trains for so long. */
  public TrainReport fit(Dataset data, Length length) {
    return fit(data, Optional.empty(), length);
  }

  /** Trains as long as the settings say, and measures the validation rows after each epoch. */
  public TrainReport fit(Splits splits) {
    return fit(splits.train(), splits.valid(), plan.length);
  }

  /**
   * Trains.
   *
   * @param valid measured after each epoch; decides on early stopping, plateaus and the best network,
   *     for which the training rows serve where there are no others
   * @throws TrainingException when the loss is no longer finite, the thread is interrupted, or the heap
   *     cannot hold a batch
   */
  public TrainReport fit(Dataset data, Optional<Dataset> valid, Length length) {
    Metadata metadata = network.metadata();
    Rows rows = data.rows(metadata);
    Optional<Rows> measured =
        valid.isPresent() ? Optional.of(valid.get().rows(metadata)) : Optional.empty();
    int batch = Math.min(plan.batchSize, rows.count());
    Heap.check(
        name(), batch, n -> stepper.backward().bytes(n, settings.threads()), Heap::free);
    try (Team team = team()) {
      fitStates(rows, team);
      var course = new Course(this, rows, measured, length, team);
      return course.run();
    }
  }

  /** A new, immutable network with the weights as they are now. */
  public N network() {
    return snapshot(weights);
  }

  /**
   * The network after the best epoch, by the measure of {@code early_stop} or else the validation loss;
   * where nothing is measured, the network as it is now.
   */
  public N best() {
    return snapshot(best == null ? weights : best);
  }

  /** How the network came to be, for the metadata of a weights file. */
  public Map<String, String> provenance() {
    var facts = new LinkedHashMap<String, String>();
    for (Map.Entry<String, Double> number : values.numbers().entrySet()) {
      facts.put("train." + number.getKey(), Rule.text(number.getValue()));
    }
    for (Map.Entry<String, Rule> rule : values.rules().entrySet()) {
      facts.put("train." + rule.getKey(), rule.getValue().toString());
    }
    facts.put("train.optimizer", plan.optimizer.toString());
    facts.put("train.batch_size", Integer.toString(plan.batchSize));
    facts.put("train.seed", Long.toString(plan.seed));
    facts.put("train.epochs_done", Integer.toString(epochs));
    facts.put("train.steps_done", Long.toString(stepper.steps()));
    return facts;
  }

  Plan plan() {
    return plan;
  }

  TrainSettings settings() {
    return settings;
  }

  Stepper stepper() {
    return stepper;
  }

  Weights weights() {
    return weights;
  }

  Evaluator evaluator() {
    return new Evaluator(network, plan.batchSize);
  }

  String name() {
    return network.metadata().className();
  }

  /** Epochs begun before, over all calls of fit: the order of rows goes on where it stopped. */
  int nextEpoch() {
    return epochs++;
  }

  void keepBest() {
    best = weights.copy();
    if (settings.best().isPresent()) {
      Checkpoint.save(best(), settings.best().get(), provenance());
    }
  }

  private Team team() {
    return settings.executor().isPresent()
        ? new Team(settings.executor().get(), settings.threads())
        : new Team(settings.threads());
  }

  private void fitStates(Rows rows, Tasks team) {
    Optional<Boolean> told = settings.fitStates();
    if (!fitted && (told.isPresent() ? told.get() : statesAreInitial())) {
      Fitting.fit(network, weights, rows, team);
    }
    fitted = true;
  }

  /** Whether no fitted state was ever fitted, nor loaded from where it had been. */
  private boolean statesAreInitial() {
    List<Metadata.Variable> variables = network.metadata().variables();
    for (Metadata.Aggregate fit : network.metadata().fits()) {
      for (int i = 0; i < variables.size(); i++) {
        if (variables.get(i).path().equals(fit.name())) {
          Tensor initial = Tensor.of(Initializers.draw(variables.get(i), plan.seed), variables.get(i).elements());
          Tensor now = weights.tensor(i, variables.get(i).elements());
          if (!initial.as(now.dtype()).equals(now)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  @SuppressWarnings("unchecked") // a network makes networks of its own class
  private N snapshot(Weights source) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<Metadata.Variable> variables = network.metadata().variables();
    for (int i = 0; i < variables.size(); i++) {
      tensors.put(variables.get(i).path(), source.tensor(i, variables.get(i).shape()));
    }
    return (N) network.withParameters(tensors);
  }
}
