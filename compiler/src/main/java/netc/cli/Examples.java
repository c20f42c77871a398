package netc.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import netc.runtime.DType;
import netc.runtime.Metadata;
import netc.runtime.Tensor;

/**
 * Inputs and targets, checked: all with the rows as their first axis.
 *
 * @param single whether a single example was given without that axis; then results lose it, too
 */
record Examples(Map<String, Tensor> tensors, int rows, boolean single) {

  /**
   * Checks shapes, types and ranges, and adds the batch axis where a single example lacks it.
   *
   * @throws InputException when something does not fit
   */
  static Examples of(String file, Map<String, Tensor> data, Metadata metadata) {
    var checked = new LinkedHashMap<String, Tensor>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    boolean single = false;
    List<Metadata.Port> ports =
        Stream.concat(metadata.inputs().stream(), metadata.targets().stream()).toList();
    for (Metadata.Port port : ports) {
      Tensor tensor = data.get(port.name());
      if (tensor != null) {
        var entry = new Entry(file, port, tensor, metadata);
        single |= entry.isSingle();
        checked.put(port.name(), entry.checked());
        counts.put(port.name(), entry.rows());
      }
    }
    return new Examples(checked, rows(file, counts), single);
  }

  private static int rows(String file, Map<String, Integer> counts) {
    if (counts.values().stream().distinct().count() > 1) {
      var text = new StringBuilder(file + ": not the same number of examples everywhere:");
      counts.forEach((name, rows) -> text.append(" `").append(name).append("` has ").append(rows).append(','));
      text.setLength(text.length() - 1);
      throw new InputException(text.toString());
    }
    int rows = counts.values().stream().findFirst().orElse(1);
    if (rows == 0) {
      throw new InputException(file + ": there is no example in it, every tensor has 0 rows");
    }
    return rows;
  }

  /** One tensor and the port it is for. */
  private record Entry(String file, Metadata.Port port, Tensor tensor, Metadata metadata) {

    boolean isSingle() {
      return Arrays.equals(tensor.shape(), port.shape());
    }

    int rows() {
      return isSingle() ? 1 : tensor.size(0);
    }

    Tensor checked() {
      int rows = isSingle() ? 1 : tensor.rank() == 0 ? 0 : tensor.size(0);
      int[] batched = Results.prepend(rows, port.shape());
      if (!isSingle() && !Arrays.equals(tensor.shape(), batched)) {
        String several = port.shape().length == 0 ? "[rows]" : "[rows, " + inside(port.shape()) + "]";
        throw new InputException(
            here() + " has shape " + Arrays.toString(tensor.shape()) + ", but one example of it is "
                + Arrays.toString(port.shape()) + " and several are " + several + place());
      }
      Tensor typed =
          switch (port.type()) {
            case REAL -> real();
            case INDEX -> index();
            case BOOL -> truths();
          };
      return typed.reshape(batched);
    }

    private Tensor real() {
      if (tensor.dtype() == DType.BOOL) {
        throw new InputException(here() + " has dtype BOOL, but takes numbers" + place());
      }
      return tensor;
    }

    private Tensor index() {
      if (tensor.dtype() == DType.F32 || tensor.dtype() == DType.F64 || tensor.dtype() == DType.BOOL) {
        throw new InputException(
            here() + " has dtype " + tensor.dtype() + ", but " + port.typeName()
                + " takes integers: I64, I32 or U8" + place());
      }
      for (int i = 0; i < tensor.elements(); i++) {
        double value = tensor.get(i);
        if (!port.accepts(value)) {
          throw new InputException(
              here() + ": " + (long) value + " in row " + i / Math.max(1, port.elements())
                  + " is not in " + port.range() + place());
        }
      }
      return tensor.as(DType.I32);
    }

    private Tensor truths() {
      if (tensor.dtype() == DType.F32 || tensor.dtype() == DType.F64) {
        throw new InputException(
            here() + " has dtype " + tensor.dtype() + ", but takes truth values: BOOL, or integers 0 and 1"
                + place());
      }
      for (int i = 0; i < tensor.elements(); i++) {
        if (tensor.get(i) != 0 && tensor.get(i) != 1) {
          throw new InputException(
              here() + ": " + (long) tensor.get(i) + " is no truth value; 0 and 1 are" + place());
        }
      }
      return tensor.as(DType.BOOL);
    }

    private String here() {
      return file + ": `" + port.name() + "`";
    }

    private String place() {
      return " (" + metadata.sourceName() + ":" + port.line() + ")";
    }

    private static String inside(int[] shape) {
      String text = Arrays.toString(shape);
      return text.substring(1, text.length() - 1);
    }
  }
}
