package netc.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import netc.runtime.Metadata;
import netc.settings.SettingException;
import netc.settings.TrainBlock;
import netc.train.TrainSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Every setting of a {@code train} block as an option of the same name, and the number of threads. */
final class TrainOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "RULE",
      description = "such as 'adam(lr = 1e-3)'; sgd, adam, adamw, rmsprop, adagrad")
  private String optimizer;

  @Option(
      names = "--schedule",
      paramLabel = "RULE",
      description =
          "how the rate changes, such as 'cosine(warmup = 200)'; constant, step, exponential, cosine,"
              + " linear, plateau")
  private String schedule;

  @Option(
      names = {"--batch-size", "--batch_size"},
      paramLabel = "ROWS",
      description = "rows of one step")
  private String batchSize;

  @Option(names = "--epochs", paramLabel = "N", description = "how often all rows are seen")
  private String epochs;

  @Option(names = "--steps", paramLabel = "N", description = "so many steps instead of epochs")
  private String steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of the initial weights, the split of the rows and their order")
  private String seed;

  @Option(names = "--shuffle", paramLabel = "true|false", description = "the rows in every epoch")
  private String shuffle;

  @Option(
      names = {"--early-stop", "--early_stop"},
      paramLabel = "RULE",
      description = "such as 'patience(3, on = \"accuracy\", better = \"higher\")'")
  private String earlyStop;

  @Option(
      names = {"--clip-norm", "--clip_norm"},
      paramLabel = "LIMIT",
      description = "of the norm of all gradients together")
  private String clipNorm;

  @Option(
      names = {"--clip-value", "--clip_value"},
      paramLabel = "LIMIT",
      description = "of the magnitude of each element of the gradients")
  private String clipValue;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "that compute; their number never changes the result")
  private Integer threads;

  /**
   * The settings given, over those of the net.
   *
   * @throws ParameterException when a value makes no sense
   */
  TrainSettings over(Metadata metadata, CommandSpec spec) {
    if (epochs != null && steps != null) {
      throw usage(spec, "give --epochs or --steps, not both");
    }
    if (threads != null && threads < 1) {
      throw usage(spec, "--threads is at least 1, not " + threads);
    }
    try {
      var metrics = metadata.metrics().stream().map(Metadata.Aggregate::name).toList();
      TrainSettings settings =
          TrainSettings.defaults().with(TrainBlock.parse(given(), metrics));
      return threads == null ? settings : settings.threads(threads);
    } catch (SettingException e) {
      throw usage(spec, e.getMessage());
    }
  }

  private Map<String, String> given() {
    var given = new LinkedHashMap<String, String>();
    given.put("optimizer", optimizer);
    given.put("schedule", schedule);
    given.put("batch_size", batchSize);
    given.put("epochs", epochs);
    given.put("steps", steps);
    given.put("seed", seed);
    given.put("shuffle", shuffle);
    given.put("early_stop", earlyStop);
    given.put("clip_norm", clipNorm);
    given.put("clip_value", clipValue);
    given.values().removeIf(value -> value == null);
    return given;
  }

  private static ParameterException usage(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
