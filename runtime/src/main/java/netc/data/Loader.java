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
  private final DataBlock block;

  Loader(DataSpec spec, Path folder) {
    this.spec = spec;
    this.folder = folder;
    block = spec.block();
  }

  Splits splits(long seed) {
    List<Field> fields = block.fields(true);
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
    return load("rows", block.fields(false)).orElseThrow();
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
    return spec.part(part)
        .filter(Double.class::isInstance)
        .map(fraction -> (int) Math.round((Double) fraction * rows))
        .orElse(0);
  }

  /** The data of a part that has files of its own; {@code rows} always has. */
  private Optional<Dataset> load(String part, List<Field> fields) {
    List<Field> table = new ArrayList<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    String tensorsFile = null;
    String without = null;
    for (Field field : fields) {
      if (field.origin() instanceof Origin.Columns) {
        table.add(field);
      } else {
        Optional<Path> file = idxFile((Origin.Idx) field.origin(), field, part);
        if (file.isEmpty()) {
          without = field.port().name();
        } else {
          tensors.put(field.port().name(), idx(file.get(), field));
          tensorsFile = file.get().toString();
        }
      }
    }
    if (table.isEmpty()) {
      givenTable(part)
          .ifPresent(
              file -> {
                throw new DataException(DataBlockErrors.noTable(file, fields));
              });
    } else {
      Optional<Path> file = tableFile(part, table.get(0));
      if (file.isEmpty()) {
        without = table.get(0).port().name();
      } else {
        char separator = block.rows().map(DataBlock.Table::separator).orElse(',');
        tensors.putAll(
            CsvTable.read(
                file.get().toString(),
                open(file.get()),
                separator,
                table,
                spec.metadata().precision()));
        tensorsFile = file.get().toString();
      }
    }
    boolean asked = spec.part(part).filter(value -> !(value instanceof Double)).isPresent();
    if (tensorsFile == null && !asked) {
      return Optional.empty();
    }
    if (without != null) {
      throw new DataException(DataBlockErrors.noPart(part, without));
    }
    return Optional.of(Dataset.of(tensors));
  }

  /** A file that was given for the table of a part. */
  private Optional<Object> givenTable(String part) {
    return part.equals("rows")
        ? spec.file("rows").map(file -> file)
        : spec.part(part).filter(value -> !(value instanceof Double));
  }

  private Optional<Path> tableFile(String part, Field first) {
    if (part.equals("rows")) {
      Optional<Path> file =
          spec.file("rows").or(() -> block.rows().map(table -> folder.resolve(table.file())));
      if (file.isEmpty()) {
        throw new DataException(DataBlockErrors.noRows(spec.metadata(), first.port().name()));
      }
      return file;
    }
    Optional<Object> own = spec.part(part).filter(value -> !(value instanceof Double));
    if (own.isPresent()) {
      return own.map(file -> file instanceof Path path ? path : folder.resolve((String) file));
    }
    if (spec.part(part).isPresent() || spec.file("rows").isPresent()) {
      return Optional.empty();
    }
    return block
        .rows()
        .flatMap(table -> part.equals("test") ? table.test() : table.valid())
        .map(folder::resolve);
  }

  private Optional<Path> idxFile(Origin.Idx origin, Field field, String part) {
    Optional<Path> override = spec.file(field.port().name());
    if (part.equals("rows")) {
      return override.or(() -> Optional.of(folder.resolve(origin.file())));
    }
    Optional<Path> own = spec.file(part + "." + field.port().name());
    if (own.isPresent()) {
      return own;
    }
    if (override.isPresent() || spec.part(part).isPresent()) {
      return Optional.empty(); // then load() reports a file of the part that leaves this field out
    }
    return (part.equals("test") ? origin.test() : origin.valid()).map(folder::resolve);
  }

  private static Tensor idx(Path file, Field field) {
    Metadata.Port port = field.port();
    Tensor tensor = IdxReader.read(file.toString(), open(file));
    int rows = tensor.size(0);
    if ((long) rows * port.elements() != tensor.elements()) {
      throw new DataException(
          DataBlockErrors.elements(file.toString(), Arrays.toString(tensor.shape()), field));
    }
    int[] shape = new int[port.shape().length + 1];
    shape[0] = rows;
    System.arraycopy(port.shape(), 0, shape, 1, port.shape().length);
    if (port.type() == Metadata.Type.INDEX) {
      for (int i = 0; i < tensor.elements(); i++) {
        double value = tensor.get(i);
        if (!port.accepts(value)) {
          throw new DataException(
              DataErrors.idxRange(file.toString(), i / port.elements() + 1L, value, field));
        }
      }
    }
    return tensor.reshape(shape);
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
