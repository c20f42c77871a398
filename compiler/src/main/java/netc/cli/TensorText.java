package netc.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.DType;
import netc.runtime.Tensor;

/** Tensors as text and as JSON. */
final class TensorText {
  private static final int MOST = 12;

  private TensorText() {}

  /** A line a tensor: name, type, shape, and its first elements. */
  static List<String> lines(Map<String, Tensor> tensors) {
    var cells = new ArrayList<List<String>>();
    tensors.forEach(
        (name, tensor) -> {
          var elements = new StringBuilder();
          for (int i = 0; i < Math.min(MOST, tensor.elements()); i++) {
            elements.append(i == 0 ? "" : " ").append(element(tensor, i));
          }
          elements.append(tensor.elements() > MOST ? " …" : "");
          cells.add(
              List.of(
                  name,
                  tensor.dtype().toString(),
                  Arrays.toString(tensor.shape()),
                  elements.toString()));
        });
    return Columns.of(cells);
  }

  /** Every tensor with all its elements, and the comparison when there was one. */
  static Map<String, Object> data(Map<String, Tensor> tensors, Comparison comparison) {
    var all = new LinkedHashMap<String, Object>();
    tensors.forEach(
        (name, tensor) -> {
          var elements = new ArrayList<Object>();
          for (int i = 0; i < tensor.elements(); i++) {
            elements.add(element(tensor, i));
          }
          var one = new LinkedHashMap<String, Object>();
          one.put("dtype", tensor.dtype().toString());
          one.put("shape", tensor.shape());
          one.put("data", elements);
          all.put(name, one);
        });
    var data = new LinkedHashMap<String, Object>();
    if (!all.isEmpty()) {
      data.put("tensors", all);
    }
    if (comparison != null) {
      data.put("comparison", comparison.data());
    }
    return data;
  }

  /** With the digits that its own type needs. */
  private static Object element(Tensor tensor, int at) {
    DType type = tensor.dtype();
    double value = tensor.get(at);
    return switch (type) {
      case F32 -> Double.isFinite(value) ? new java.math.BigDecimal(Float.toString((float) value)) : (Object) value;
      case F64 -> value;
      case BOOL -> value != 0;
      case I64, I32, U8 -> (long) value;
    };
  }
}
