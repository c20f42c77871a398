package netc.data;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.Metadata;
import netc.runtime.Rows;
import netc.runtime.Tensor;

/**
 * Rows in memory: a tensor per input and target, the rows as first axis, and which of the rows count.
 * Immutable; a selection shares the tensors.
 */
public final class Dataset {
  private final Map<String, Tensor> tensors;
  private final int[] selected;
  private final int rows;

  private Dataset(Map<String, Tensor> tensors, int[] selected, int rows) {
    this.tensors = tensors;
    this.selected = selected;
    this.rows = rows;
  }

  /** Tensors by the names of inputs and targets, all with the same number of rows. */
  public static Dataset of(Map<String, Tensor> tensors) {
    String first = null;
    int rows = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      if (entry.getValue().rank() == 0) {
        throw new DataException("`" + entry.getKey() + "` has no rows: its first axis is the row");
      }
      int own = entry.getValue().size(0);
      if (first != null && own != rows) {
        throw DataErrors.rowsDiffer(first, rows, entry.getKey(), own);
      }
      first = entry.getKey();
      rows = own;
    }
    if (rows == 0) {
      throw new DataException("there are no rows");
    }
    return new Dataset(Collections.unmodifiableMap(new LinkedHashMap<>(tensors)), null, rows);
  }

  /** The rows of a CSV file, inputs and targets, by the columns that the spec names. */
  public static Dataset csv(Path file, DataSpec spec) {
    return csv(file.toString(), Loader.open(file), spec, true);
  }

  /** The inputs that an output needs, for prediction: other columns need not be there. */
  public static Dataset inputs(Path file, DataSpec spec) {
    return csv(file.toString(), Loader.open(file), spec, false);
  }

  /**
   * As {@link #inputs(Path, DataSpec)}, from a stream, which is closed.
   *
   * @param name what messages call it
   */
  public static Dataset inputs(String name, InputStream stream, DataSpec spec) {
    return csv(name, stream, spec, false);
  }

  private static Dataset csv(String name, InputStream stream, DataSpec spec, boolean withTargets) {
    List<Field> fields = spec.fields(withTargets);
    for (Field field : fields) {
      if (field.columns() == null) {
        throw new DataException(
            "`" + field.name() + "` comes from an IDX file, not from the columns of " + name);
      }
    }
    return of(
        CsvTable.read(name, stream, spec.separator(), fields, spec.metadata().precision()));
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The names of the inputs and targets that are here. */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /** The rows of one input or target, {@code [rows, …]}; copied where this is a selection. */
  public Tensor tensor(String name) {
    Tensor whole = tensors.get(name);
    if (whole == null) {
      throw new IllegalArgumentException("there is no `" + name + "` among " + tensors.keySet());
    }
    return selected == null ? whole : whole.rows(selected);
  }

  /** All tensors, as {@link #tensor} gives them. */
  public Map<String, Tensor> tensors() {
    var all = new LinkedHashMap<String, Tensor>();
    for (String name : tensors.keySet()) {
      all.put(name, tensor(name));
    }
    return all;
  }

  /** Some of the rows, in the given order. */
  public Dataset select(int[] chosen) {
    int[] origin = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      java.util.Objects.checkIndex(chosen[i], rows);
      origin[i] = selected == null ? chosen[i] : selected[chosen[i]];
    }
    if (chosen.length == 0) {
      throw new DataException("there are no rows");
    }
    return new Dataset(tensors, origin, chosen.length);
  }

  /** The rows as a network's runners take them, checked against its inputs and targets. */
  public Rows rows(Metadata metadata) {
    int all = tensors.values().iterator().next().size(0);
    Rows checked = Rows.check(metadata, tensors, all);
    return selected == null ? checked : checked.ordered(selected);
  }
}
