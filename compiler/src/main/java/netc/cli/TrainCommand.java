package netc.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import netc.CompiledNet;
import netc.LoadedNet;
import netc.data.DataSpec;
import netc.data.Dataset;
import netc.data.Splits;
import netc.io.Checkpoint;
import netc.runtime.Evaluation;
import netc.runtime.Metadata;
import netc.runtime.Network;
import netc.train.TrainReport;
import netc.train.TrainSettings;
import netc.train.Trainer;
import netc.train.TrainingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netc train}: a net and data in, a weights file out. */
@Command(
    name = "train",
    description = {
      "Trains a net on the data that its data block names, and writes a weights file.",
      "Options go before the settings of the net's data and train blocks."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source;
  @Mixin private DataOptions dataOptions;
  @Mixin private TrainOptions trainOptions;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "WEIGHTS",
      description = "where the weights go; unless given, beside FILE: net.safetensors for net.net")
  private Path output;

  @Option(
      names = {"-w", "--weights"},
      paramLabel = "WEIGHTS",
      description = "go on from these weights instead of random ones")
  private Path weights;

  @Option(names = "--json", description = "print the result as JSON")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    CompiledNet compiled = source.compile(console);
    Metadata metadata = compiled.metadata();
    TrainSettings settings = trainOptions.over(metadata, spec);
    Path target = output == null ? WeightsFile.beside(source.file()) : output;
    DataSpec data = dataOptions.over(metadata, spec);
    WeightsFile.check(target, metadata, dataOptions.files(source.file()));
    LoadedNet net = compiled.load();
    long seed = settings.seed(metadata);
    Network start =
        weights == null
            ? net.init(seed)
            : WeightsFile.load(net, source.file(), weights, console).network();
    if (weights != null) {
      settings = settings.fitStates(false);
    }
    new Trainer<>(start, settings); // says early what no training could do
    Splits splits = data.load(source.folder(), seed);
    tellOfEarlier(WeightsFile.interrupted(target), console);
    Outcome outcome = train(start, settings, splits, target, console);
    report(outcome, splits, target, metadata, console);
    return 0;
  }

  /** An earlier training that was interrupted, or killed, has left a file. */
  private void tellOfEarlier(Path left, Console console) {
    boolean goesOn =
        weights != null && weights.toAbsolutePath().equals(left.toAbsolutePath());
    if (Files.exists(left) && !goesOn) {
      console.note(
          "note: " + left + " is what an earlier training had reached when it was interrupted; to go"
              + " on from there, add --weights " + left);
    }
  }

  /** A trained network and how it came to be. */
  private record Outcome(Network network, TrainReport report) {}

  private static Outcome train(
      Network start, TrainSettings settings, Splits splits, Path target, Console console) {
    console.note(
        "training " + start.metadata().className() + " on " + splits.train().rows() + " rows");
    Path between = WeightsFile.interrupted(target);
    try (var interruption = new Interruption();
        var bar = new ProgressOnTerminal(console)) {
      var shown = console.isTerminal() ? bar : new ProgressLines(console, System::nanoTime);
      var safekeeping = new Safekeeping(between, interruption, console, System::nanoTime);
      var trainer = new Trainer<>(start, settings.listener(shown).listener(safekeeping));
      safekeeping.watch(trainer);
      try {
        TrainReport report = trainer.fit(splits);
        interruption.startSaving();
        bar.close();
        Network network = trainer.best();
        Checkpoint.save(network, target, trainer.provenance());
        safekeeping.discard();
        return new Outcome(network, report);
      } catch (TrainingException e) {
        interruption.startSaving();
        if (interruption.wasAsked()) { // the JVM ends when the interruption is closed
          bar.close();
          console.note("training error: " + saved(trainer, target, e));
          throw new ToldException(e);
        }
        if (safekeeping.hasWritten()) {
          console.note("what it had reached a minute ago, or less, is saved as " + between);
        }
        throw e;
      }
    }
  }

  /**
   * Keeps what an interrupted training has reached, apart from the file that was there before; says
   * so.
   */
  private static String saved(
      Trainer<?> trainer, Path target, TrainingException interrupted) {
    Path file = WeightsFile.interrupted(target);
    Checkpoint.save(trainer.network(), file, trainer.provenance());
    return interrupted.getMessage() + "; it is saved as " + file + " (go on with --weights), and "
        + target + " is as it was";
  }

  private void report(
      Outcome outcome, Splits splits, Path target, Metadata metadata, Console console) {
    var parts = new LinkedHashMap<String, Evaluation>();
    splits.valid().ifPresent(rows -> parts.put("validation", evaluate(outcome.network, rows)));
    splits.test().ifPresent(rows -> parts.put("test", evaluate(outcome.network, rows)));
    if (parts.isEmpty()) {
      parts.put("training", evaluate(outcome.network, splits.train()));
    }
    if (json) {
      console.print(Json.text(data(outcome.report, parts, target, metadata)));
      return;
    }
    TrainReport report = outcome.report;
    console.print(
        String.format(
            Locale.ROOT,
            "trained %s: %d epochs, %d steps, %.1f s%s%s",
            metadata.className(),
            report.epochs(),
            report.steps(),
            report.seconds(),
            report.stoppedEarly() ? ", stopped early" : "",
            report.bestEpoch() == report.epochs() ? "" : "; kept epoch " + report.bestEpoch()));
    Figures.table(parts).forEach(console::print);
    console.print("weights in " + target);
  }

  private static Evaluation evaluate(Network network, Dataset rows) {
    return network.evaluate(rows.tensors(), rows.rows());
  }

  private static Map<String, Object> data(
      TrainReport report, Map<String, Evaluation> parts, Path target, Metadata metadata) {
    var data = new LinkedHashMap<String, Object>();
    data.put("net", metadata.className());
    data.put("epochs", report.epochs());
    data.put("steps", report.steps());
    data.put("best_epoch", report.bestEpoch());
    data.put("stopped_early", report.stoppedEarly());
    data.put("seconds", report.seconds());
    data.put("loss", report.loss());
    parts.forEach((part, evaluation) -> data.put(part, Figures.data(evaluation)));
    data.put("weights", target.toString());
    return data;
  }
}
