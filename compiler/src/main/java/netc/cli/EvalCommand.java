package netc.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import netc.CompiledNet;
import netc.data.DataSpec;
import netc.data.Dataset;
import netc.data.Splits;
import netc.runtime.Evaluation;
import netc.runtime.Metadata;
import netc.train.TrainSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netc eval}: losses, penalties and metrics of a trained net. */
@Command(
    name = "eval",
    description = {
      "Computes losses, penalties and metrics of a trained net: on the test rows of its data block,",
      "else on all rows; with --data on all rows of that file."
    },
    mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
  enum Part {
    TRAINING,
    VALIDATION,
    TEST,
    ALL
  }

  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source;
  @Mixin private DataOptions dataOptions;

  @Option(
      names = {"-w", "--weights"},
      paramLabel = "WEIGHTS",
      description = "the weights file; unless given, the one that `netc train` writes")
  private Path weights;

  @Option(
      names = "--part",
      paramLabel = "training|validation|test|all",
      description = "which rows; the split into fractions is that of the training")
  private Part part;

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    CompiledNet compiled = source.compile(console);
    Metadata metadata = compiled.metadata();
    if (metadata.losses().isEmpty() && metadata.metrics().isEmpty()) {
      throw new InputException(
          metadata.className() + " has no loss and no metric: there is nothing to evaluate");
    }
    DataSpec data = dataOptions.over(metadata, spec);
    var loaded = WeightsFile.load(compiled.load(), source.file(), weights, console);
    Chosen chosen = choose(data, seed(loaded.provenance(), metadata));
    Evaluation evaluation =
        loaded.network().evaluate(chosen.rows.tensors(), chosen.rows.rows());
    report(evaluation, chosen.part, loaded.file(), metadata, console);
    return 0;
  }

  private record Chosen(Part part, Dataset rows) {}

  private Chosen choose(DataSpec data, long seed) {
    boolean whole = part == Part.ALL || part == null && dataOptions.hasRows();
    if (whole) {
      DataSpec unsplit = data.withPart("valid", 0).withPart("test", 0);
      return new Chosen(Part.ALL, unsplit.load(source.folder(), seed).train());
    }
    Splits splits = data.load(source.folder(), seed);
    if (part == null) {
      return splits
          .test()
          .map(rows -> new Chosen(Part.TEST, rows))
          .orElseGet(() -> new Chosen(Part.ALL, splits.train()));
    }
    Optional<Dataset> rows =
        switch (part) {
          case VALIDATION -> splits.valid();
          case TEST -> splits.test();
          case TRAINING, ALL -> Optional.of(splits.train());
        };
    String option = part == Part.TEST ? "test" : "valid";
    return rows.map(found -> new Chosen(part, found))
        .orElseThrow(
            () ->
                new InputException(
                    "there are no " + name(part) + " rows: write `" + option + " = 0.2` in the data"
                        + " block of " + source.file() + ", or give --" + option));
  }

  /** The split of a training is found again by its seed. */
  private static long seed(Map<String, String> provenance, Metadata metadata) {
    try {
      return Long.parseLong(provenance.getOrDefault("train.seed", ""));
    } catch (NumberFormatException e) {
      return TrainSettings.defaults().seed(metadata);
    }
  }

  private void report(
      Evaluation evaluation, Part rows, Path file, Metadata metadata, Console console) {
    if (json) {
      var data = new LinkedHashMap<String, Object>();
      data.put("net", metadata.className());
      data.put("weights", file.toString());
      data.put("part", name(rows));
      data.putAll(Figures.data(evaluation));
      console.print(Json.text(data));
    } else {
      Figures.table(Map.of(rows == Part.ALL ? "all rows" : name(rows), evaluation))
          .forEach(console::print);
    }
  }

  private static String name(Part part) {
    return part.name().toLowerCase(java.util.Locale.ROOT);
  }
}
