package netc.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      paramLabel = "FRACTION|FILE|NAME=FILE",
      description = "rows kept to watch the training with: a fraction of the rows, or files as above")
  private List<String> valid = new ArrayList<>();

  @Option(
      names = "--test",
      paramLabel = "FRACTION|FILE|NAME=FILE",
      description = "rows kept to judge the result with: a fraction of the rows, or files as above")
  private List<String> test = new ArrayList<>();

  /** The net's data block with the options over it. */
  DataSpec over(Metadata metadata, CommandSpec command) {
    DataSpec spec = over(DataSpec.of(metadata), data, metadata);
    for (String option : valid) {
      spec = part(spec, "valid", option, metadata, command);
    }
    for (String option : test) {
      spec = part(spec, "test", option, metadata, command);
    }
    return spec;
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
    for (List<String> options : List.of(data, valid, test)) {
      for (String option : options) {
        files.add(Path.of(option));
        files.add(Path.of(option.substring(option.indexOf('=') + 1)));
      }
    }
    return files;
  }

  /** Whether other rows are named, and no part of them. */
  boolean hasRows() {
    return !data.isEmpty() && valid.isEmpty() && test.isEmpty();
  }

  private static DataSpec with(DataSpec spec, String option, Metadata metadata) {
    Optional<String> name = name("--data", option, metadata);
    Path file = Path.of(option.substring(name.map(n -> n.length() + 1).orElse(0)));
    return name.isPresent() ? spec.withFile(name.get(), file) : spec.withRows(file);
  }

  private static DataSpec part(
      DataSpec spec, String part, String option, Metadata metadata, CommandSpec command) {
    double fraction;
    try {
      fraction = Double.parseDouble(option);
    } catch (NumberFormatException e) {
      Optional<String> name = name("--" + part, option, metadata);
      Path file = Path.of(option.substring(name.map(n -> n.length() + 1).orElse(0)));
      return name.isPresent() ? spec.withPart(part, name.get(), file) : spec.withPart(part, file);
    }
    if (!(fraction >= 0 && fraction < 1)) {
      throw new ParameterException(
          command.commandLine(),
          "--" + part + " is a fraction of at least 0 and below 1, or a file; not " + option);
    }
    return spec.withPart(part, fraction);
  }

  /** The input or target of {@code NAME=FILE}; none where the whole is a file. */
  private static Optional<String> name(String switched, String option, Metadata metadata) {
    int at = option.indexOf('=');
    if (at <= 0) {
      return Optional.empty();
    }
    String name = option.substring(0, at);
    List<String> known = new ArrayList<>();
    metadata.inputs().forEach(port -> known.add(port.name()));
    metadata.targets().forEach(port -> known.add(port.name()));
    if (known.contains(name)) {
      return Optional.of(name);
    }
    if (Files.exists(Path.of(option))) {
      return Optional.empty();
    }
    throw new OptionException(
        switched + ": there is no input or target `" + name + "`"
            + Names.nearest(name, known).map(n -> "; did you mean `" + n + "`?").orElse("")
            + " (there are: " + String.join(", ", known) + ")");
  }
}
