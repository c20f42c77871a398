package netc.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import netc.data.DataSpec;
import netc.runtime.Metadata;
import netc.runtime.Names;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Other data than the net's {@code data} block names. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "FILE|NAME=FILE",
      description = {
        "another CSV file for the rows, or another IDX file for one input or target, such as",
        "img=train-images.gz; may be repeated"
      })
  private List<String> data = new ArrayList<>();

  @Option(
      names = "--valid",
      paramLabel = "FRACTION|FILE",
      description = "rows kept to watch the training with: a fraction of the rows, or a CSV file")
  private String valid;

  @Option(
      names = "--test",
      paramLabel = "FRACTION|FILE",
      description = "rows kept to judge the result with: a fraction of the rows, or a CSV file")
  private String test;

  /** The net's data block with the options over it. */
  DataSpec over(Metadata metadata, CommandSpec command) {
    DataSpec spec = over(DataSpec.of(metadata), data, metadata);
    spec = part(spec, "valid", valid, command);
    return part(spec, "test", test, command);
  }

  /** Another data block with options {@code FILE} or {@code NAME=FILE} over it. */
  static DataSpec over(DataSpec block, List<String> options, Metadata metadata) {
    DataSpec spec = block;
    for (String option : options) {
      spec = with(spec, option, metadata);
    }
    return spec;
  }

  /** The files that the options name, and one more. */
  List<Path> files(Path more) {
    var files = new ArrayList<>(List.of(more));
    for (String option : data) {
      files.add(Path.of(option));
      files.add(Path.of(option.substring(option.indexOf('=') + 1)));
    }
    files.addAll(Stream.of(valid, test).filter(part -> part != null).map(Path::of).toList());
    return files;
  }

  /** Whether other rows are named, and no part of them. */
  boolean hasRows() {
    return !data.isEmpty() && valid == null && test == null;
  }

  private static DataSpec with(DataSpec spec, String option, Metadata metadata) {
    int at = option.indexOf('=');
    String name = at < 0 ? "" : option.substring(0, at);
    List<String> known = new ArrayList<>(List.of("rows"));
    metadata.inputs().forEach(port -> known.add(port.name()));
    metadata.targets().forEach(port -> known.add(port.name()));
    if (known.contains(name)) {
      return spec.withFile(name, Path.of(option.substring(at + 1)));
    }
    if (at > 0 && !Files.exists(Path.of(option))) {
      Optional<String> near = Names.nearest(name, known);
      throw new InputException(
          "--data: there is no input or target `" + name + "`"
              + near.map(n -> "; did you mean `" + n + "`?").orElse("")
              + " (there are: " + String.join(", ", known.subList(1, known.size())) + ")");
    }
    return spec.withRows(Path.of(option));
  }

  private static DataSpec part(DataSpec spec, String name, String value, CommandSpec command) {
    if (value == null) {
      return spec;
    }
    double fraction;
    try {
      fraction = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return spec.withPart(name, Path.of(value));
    }
    if (!(fraction >= 0 && fraction < 1)) {
      throw new ParameterException(
          command.commandLine(),
          "--" + name + " is a fraction of at least 0 and below 1, or a file; not " + value);
    }
    return spec.withPart(name, fraction);
  }
}
