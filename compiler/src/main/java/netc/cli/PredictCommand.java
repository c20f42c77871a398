package netc.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import netc.CompiledNet;
import netc.data.DataSpec;
import netc.data.Dataset;
import netc.runtime.Metadata;
import netc.runtime.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netc predict}: rows in, the outputs of each row out. */
@Command(
    name = "predict",
    description = {
      "Computes the outputs of a trained net for the rows of a file, as CSV or JSON. The file has the",
      "input columns that the net's data block names; without a file the data block's own is read."
    },
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  enum Format {
    CSV,
    JSON
  }

  @Spec private CommandSpec spec;
  @Mixin private SourceOptions source;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "INPUT",
      description = "a CSV file, - for standard input, or the IDX file of the net's only input")
  private String input;

  @Option(
      names = {"-w", "--weights"},
      paramLabel = "WEIGHTS",
      description = "the weights file; unless given, the one that `netc train` writes")
  private Path weights;

  @Option(
      names = "--data",
      paramLabel = "FILE|NAME=FILE",
      description = "instead of INPUT; several inputs from IDX files are given as NAME=FILE each")
  private List<String> data = List.of();

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "where the predictions go, standard output unless given")
  private Path output;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = {
        "this output of the net only; one with `given` takes what is given as data: the column z,",
        "or z[0], z[1], … of a tensor, as predictions are written"
      })
  private String wanted;

  @Option(
      names = "--format",
      paramLabel = "csv|json",
      description = "unless given, json where -o ends in .json, else csv")
  private Format format;

  @Option(names = "--json", description = "the same as --format json")
  private boolean json;

  @Override
  public Integer call() {
    Console console = Console.of(spec);
    Format chosen = format();
    if (input != null && !data.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "give INPUT or --data, not both");
    }
    CompiledNet compiled = source.compile(console);
    ChosenOutput outputs = ChosenOutput.of(compiled.metadata(), wanted);
    Metadata metadata = outputs.metadata();
    var loaded = WeightsFile.load(compiled.load(), source.file(), weights, console);
    var results = new ResultFile(output, console);
    results.check(source.file(), loaded.file(), input == null ? null : Path.of(input));
    DataSpec spec = DataOptions.over(DataSpec.of(metadata), data, metadata);
    PredictionTable table = predict(loaded, spec, outputs);
    results.write(writer -> PredictionWriter.write(table, chosen, writer));
    return 0;
  }

  private PredictionTable predict(WeightsFile.Loaded loaded, DataSpec data, ChosenOutput outputs) {
    Metadata metadata = outputs.metadata();
    boolean needsData = metadata.outputs().stream().anyMatch(out -> !out.needs().isEmpty());
    Map<String, Tensor> inputs = Map.of();
    int rows = 1;
    if (needsData) {
      Dataset set = new PredictionInput(source, data).rows(input);
      inputs = set.tensors();
      rows = set.rows();
    }
    return new PredictionTable(
        metadata, data, outputs.compute(loaded.network(), inputs, rows, 0), rows);
  }

  private Format format() {
    if (json && format == Format.CSV) {
      throw new ParameterException(spec.commandLine(), "--json and --format csv contradict");
    }
    boolean named =
        output != null && output.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    if (json || format == null && named) {
      return Format.JSON;
    }
    return format == null ? Format.CSV : format;
  }
}
