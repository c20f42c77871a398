package netc.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import netc.io.FileErrors;
import netc.runtime.Metadata;
import netc.runtime.RandomStream;
import netc.runtime.Tensor;

/** Loads the files that a {@link DataSpec} names and divides their rows. */
final class Loader {
  private final DataSpec spec;
  private final Path folder;

  Loader(DataSpec spec, Path folder) {
    this.spec = spec;
    this.folder = folder;
  }

  Splits splits(long seed) {
    List<Field> fields = spec.fields(true);
    Dataset all = load("rows", fields).orElseThrow();
    Optional<Dataset> valid = load("valid", fields);
    Optional<Dataset> test = load("test", fields);
    int[] order = new RandomStream(seed, "data.split").permutation(all.rows());
    int used = 0;
    if (test.isEmpty()) {
      int count = count("test", all.rows());
      test = take(all, order, used, count);
      used += count;
    }
    if (valid.isEmpty()) {
      int count = count("valid", all.rows());
      valid = take(all, order, used, count);
      used += count;
    }
    if (used >= all.rows()) {
      throw new DataException(
          "no row is left to train with: " + all.rows() + " rows, " + used
              + " of them for validation and test");
    }
    Dataset train = used == 0 ? all : take(all, order, used, all.rows() - used).orElseThrow();
    return new Splits(train, valid, test);
  }

  /** All rows, and of them what predictions need. */
  Dataset inputs() {
    return load("rows", spec.fields(false)).orElseThrow();
  }

  /** Rows chosen by the shuffled order, but kept in the order of the file. */
  private static Optional<Dataset> take(Dataset all, int[] order, int from, int count) {
    if (count == 0) {
      return Optional.empty();
    }
    int[] rows = Arrays.copyOfRange(order, from, from + count);
    Arrays.sort(rows);
    return Optional.of(all.select(rows));
  }

  private int count(String part, int rows) {
    return (int) Math.round(spec.fraction(part) * rows);
  }

  /** The data of a part that has files of its own; {@code rows} always has. */
  private Optional<Dataset> load(String part, List<Field> fields) {
    List<Field> table = new ArrayList<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    String without = null;
    for (Field field : fields) {
      if (field.columns() != null) {
        table.add(field);
      } else {
        Optional<Path> file = file(field.name(), part);
        if (file.isEmpty()) {
          without = field.name();
        } else {
          tensors.put(field.name(), idx(file.get(), field));
        }
      }
    }
    Optional<Object> given = spec.file(part);
    if (table.isEmpty()) {
      if (given.isPresent() && (given.get() instanceof Path || !part.equals("rows"))) {
        throw DataErrors.noTable(given.get(), fields);
      }
    } else {
      Optional<Path> file = file("rows", part);
      if (file.isPresent()) {
        tensors.putAll(table(file.get(), table));
      } else if (part.equals("rows")) {
        throw DataErrors.noTable(spec.metadata(), table.get(0).name());
      } else {
        without = table.get(0).name();
      }
    }
    if (tensors.isEmpty() && (given.isEmpty() || part.equals("rows"))) {
      return Optional.empty();
    }
    if (without != null) {
      throw DataErrors.noPart(part, without);
    }
    return Optional.of(Dataset.of(tensors));
  }

  private Optional<Path> file(String name, String part) {
    Object file = spec.file(name, part).orElse(null);
    return file instanceof String own
        ? Optional.of(folder.resolve(own))
        : Optional.ofNullable((Path) file);
  }

  private Map<String, Tensor> table(Path file, List<Field> fields) {
    return CsvTable.read(
        file.toString(), open(file), spec.separator(), fields, spec.metadata().precision());
  }

  private static Tensor idx(Path file, Field field) {
    Metadata.Port port = field.port();
    Tensor tensor = IdxReader.read(file.toString(), open(file));
    int rows = tensor.size(0);
    if ((long) rows * port.elements() != tensor.elements()) {
      throw DataErrors.elements(file.toString(), Arrays.toString(tensor.shape()), field);
    }
    if (port.type() == Metadata.Type.INDEX) {
      for (int i = 0; i < tensor.elements(); i++) {
        double value = tensor.get(i);
        if (!port.accepts(value)) {
          throw DataErrors.idxRange(file.toString(), i / port.elements() + 1L, value, field);
        }
      }
    }
    return tensor.reshape(port.shape(rows));
  }

  static InputStream open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new DataException("cannot read " + file + ": it is a folder");
      }
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new DataException(FileErrors.reading(file, e), e);
    }
  }
}
