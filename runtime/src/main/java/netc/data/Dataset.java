package netc.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import netc.runtime.Tensor;

/** Rows in memory: a tensor per input and target, the rows as first axis. Immutable. */
public final class Dataset {
  private final Map<String, Tensor> tensors;
  private final int rows;

  private Dataset(Map<String, Tensor> tensors, int rows) {
    this.tensors = tensors;
    this.rows = rows;
  }

  /** Tensors by the names of inputs and targets, all with the same number of rows. */
  public static Dataset of(Map<String, Tensor> tensors) {
    int rows = tensors.values().iterator().next().size(0);
    return new Dataset(new LinkedHashMap<>(tensors), rows);
  }

  /** The rows of a CSV file, inputs and targets. */
  public static Dataset csv(Path file, DataSpec spec) {
    throw new DataException(file + ": reading follows");
  }

  public int rows() {
    return rows;
  }

  public Map<String, Tensor> tensors() {
    return tensors;
  }
}
