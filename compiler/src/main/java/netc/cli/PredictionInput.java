package netc.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import netc.data.DataSpec;
import netc.data.Dataset;

/** Where the rows to predict come from: a CSV file, standard input, an IDX file, or the data block. */
final class PredictionInput {
  private static final String STANDARD_INPUT = "-";

  private final SourceOptions source;
  private final DataSpec data;

  PredictionInput(SourceOptions source, DataSpec data) {
    this.source = source;
    this.data = data;
  }

  /**
   * The rows.
   *
   * @param input what the user gave, or null
   */
  Dataset rows(String input) {
    if (input == null) {
      return data.loadInputs(source.folder());
    }
    List<String> idx = data.idxInputs();
    if (idx.isEmpty()) {
      return input.equals(STANDARD_INPUT)
          ? Dataset.inputs("standard input", uncloseable(), data)
          : Dataset.inputs(Path.of(input), data);
    }
    if (idx.size() > 1 || input.equals(STANDARD_INPUT)) {
      throw new InputException(
          "the data block of " + source.file() + " reads " + String.join(", ", idx)
              + " from IDX files: give " + String.join(" ", options(idx)) + " instead of " + input);
    }
    return data.withFile(idx.getFirst(), Path.of(input)).loadInputs(source.folder());
  }

  private static List<String> options(List<String> names) {
    return names.stream().map(name -> "--data " + name + "=FILE").toList();
  }

  /** Standard input belongs to the process and stays open. */
  private static InputStream uncloseable() {
    return new java.io.FilterInputStream(System.in) {
      @Override
      public void close() {}
    };
  }
}
