package netc.runtime;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Data of many rows that was checked against a network once and is trusted from then on: arrays by the
 * names of inputs and targets, and an order of rows.
 */
public final class Rows {
  private final Map<String, Object> arrays;
  private final int[] order;
  private final int count;

  private Rows(Map<String, Object> arrays, int[] order, int count) {
    this.arrays = arrays;
    this.order = order;
    this.count = count;
  }

  /**
   * Checks tensors of a network's inputs and targets: shapes, {@code [rows, …]}, types, and that
   * indices are in their range. Tensors of other names are left aside.
   */
  public static Rows check(Metadata metadata, Map<String, Tensor> tensors, int rows) {
    var arrays = new LinkedHashMap<String, Object>();
    take(metadata, metadata.inputs(), "input.", tensors, rows, arrays);
    take(metadata, metadata.targets(), "target.", tensors, rows, arrays);
    return new Rows(arrays, null, rows);
  }

  /** The same data, of which only these rows count, in this order. */
  public Rows ordered(int[] rows) {
    return new Rows(arrays, rows.clone(), rows.length);
  }

  public int count() {
    return count;
  }

  /** Where in the arrays the rows at these positions of the order are. */
  public int[] positions(int[] chosen) {
    int[] positions = chosen.clone();
    for (int i = 0; order != null && i < positions.length; i++) {
      positions[i] = order[positions[i]];
    }
    return positions;
  }

  /** The rows that count, or null for all in order. Not a copy. */
  int[] order() {
    return order;
  }

  /** Whether there is data for an input or target. */
  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  /** The arrays for a form's inputs, by position; null for what is no input or target, such as draws. */
  public Object[] sources(FormRunner runner) {
    return sources(runner.inputNames());
  }

  /** The arrays for bindings {@code input.x} or {@code target.y}, by position. */
  public Object[] sources(String[] bindings) {
    Object[] sources = new Object[bindings.length];
    for (int i = 0; i < bindings.length; i++) {
      int dot = bindings[i] == null || bindings[i].startsWith("sample.") ? -1 : bindings[i].indexOf('.');
      if (dot >= 0) {
        String name = bindings[i].substring(dot + 1);
        sources[i] = arrays.get(name);
        if (sources[i] == null) {
          throw new IllegalArgumentException(
              "no values for " + bindings[i].substring(0, dot) + " `" + name + "`");
        }
      }
    }
    return sources;
  }

  private static void take(
      Metadata metadata,
      List<Metadata.Port> ports,
      String kind,
      Map<String, Tensor> tensors,
      int rows,
      Map<String, Object> arrays) {
    for (Metadata.Port port : ports) {
      Tensor tensor = tensors.get(port.name());
      if (tensor != null) {
        arrays.put(port.name(), array(metadata, port, kind + port.name(), tensor, rows));
      }
    }
  }

  private static Object array(
      Metadata metadata, Metadata.Port port, String binding, Tensor tensor, int rows) {
    int[] shape = port.shape(rows);
    if (!Arrays.equals(shape, tensor.shape())) {
      throw new IllegalArgumentException(Messages.shape(metadata, port, binding, shape, tensor));
    }
    if (port.type() == Metadata.Type.BOOL) {
      return tensor.dtype() == DType.BOOL ? tensor.array() : tensor.booleans();
    }
    return port.type() == Metadata.Type.INDEX
        ? indices(metadata, port, binding, tensor)
        : real(metadata, port, binding, tensor);
  }

  private static Object real(
      Metadata metadata, Metadata.Port port, String binding, Tensor tensor) {
    if (tensor.dtype() == DType.BOOL) {
      throw new IllegalArgumentException(
          Messages.type(metadata, binding, port.line(), "numbers", "truth values"));
    }
    boolean wide = tensor.dtype() == DType.I32 || tensor.dtype() == DType.I64;
    return wide ? tensor.doubles() : tensor.array();
  }

  private static Object indices(
      Metadata metadata, Metadata.Port port, String binding, Tensor tensor) {
    for (int i = 0; i < tensor.elements(); i++) {
      double value = tensor.get(i);
      if (!port.accepts(value)) {
        throw new IllegalArgumentException(
            Messages.range(metadata, port, binding, i / Math.max(1, port.elements()), value));
      }
    }
    return tensor.dtype() == DType.I32 ? tensor.array() : tensor.ints();
  }
}
