package netc.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netc.runtime.Tensor;

/**
 * Results beside expected values. The difference of two tensors is the largest of their elements'
 * differences over the largest magnitude expected (over 1, where only zeros are expected).
 *
 * @param rows one a tensor that both have
 * @param leftAside results that the expected values lack, and expected results that the run did not give
 */
record Comparison(double tolerance, List<Row> rows, List<String> leftAside) {

  /**
   * @param difference relative; infinite when shapes differ or one is no number where the other is
   * @param at where the difference is largest
   */
  record Row(
      String name,
      double difference,
      List<Integer> at,
      double found,
      double expected,
      boolean agrees,
      String remark) {}

  static Comparison of(
      Map<String, Tensor> results, Map<String, Tensor> expected, double tolerance) {
    var rows = new ArrayList<Row>();
    var aside = new ArrayList<String>();
    results.forEach(
        (name, found) -> {
          if (expected.containsKey(name)) {
            rows.add(row(name, found, expected.get(name), tolerance));
          } else {
            aside.add(name + " is not in the file");
          }
        });
    for (String name : expected.keySet()) {
      boolean isResult =
          name.equals("loss") || name.startsWith("loss.") || name.startsWith("out.") || name.startsWith("grad.");
      if (isResult && !results.containsKey(name)) {
        aside.add(name + " is not in the results");
      }
    }
    return new Comparison(tolerance, List.copyOf(rows), List.copyOf(aside));
  }

  boolean agrees() {
    return !rows.isEmpty() && rows.stream().allMatch(Row::agrees);
  }

  private static Row row(String name, Tensor found, Tensor expected, double tolerance) {
    if (!Arrays.equals(shape(found), shape(expected))) {
      String remark =
          "has shape " + Arrays.toString(found.shape()) + ", not " + Arrays.toString(expected.shape());
      return new Row(name, Double.POSITIVE_INFINITY, List.of(), 0, 0, false, remark);
    }
    double scale = 0;
    for (int i = 0; i < expected.elements(); i++) {
      double magnitude = Math.abs(expected.get(i));
      scale = magnitude > scale && !Double.isInfinite(magnitude) ? magnitude : scale;
    }
    int worst = 0;
    double most = 0;
    for (int i = 0; i < expected.elements(); i++) {
      double difference = difference(found.get(i), expected.get(i)) / (scale == 0 ? 1 : scale);
      if (difference > most) {
        most = difference;
        worst = i;
      }
    }
    boolean isEmpty = expected.elements() == 0;
    return new Row(
        name,
        most,
        position(worst, found.shape()),
        isEmpty ? 0 : found.get(worst),
        isEmpty ? 0 : expected.get(worst),
        most <= tolerance,
        "");
  }

  private static double difference(double found, double expected) {
    if (found == expected || Double.isNaN(found) && Double.isNaN(expected)) {
      return 0;
    }
    double difference = Math.abs(found - expected);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  /** Without a batch axis of one row, which only one side may have written. */
  private static int[] shape(Tensor tensor) {
    int[] shape = tensor.shape();
    int from = 0;
    while (from < shape.length && shape[from] == 1) {
      from++;
    }
    return Arrays.copyOfRange(shape, from, shape.length);
  }

  private static List<Integer> position(int element, int[] shape) {
    var position = new ArrayList<Integer>();
    int rest = element;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      int size = Math.max(1, shape[axis]);
      position.addFirst(rest % size);
      rest /= size;
    }
    return List.copyOf(position);
  }

  /** A line a tensor, then the verdict, then what was not compared. */
  List<String> lines() {
    var cells = new ArrayList<List<String>>();
    for (Row row : rows) {
      String verdict = row.agrees() ? "agrees" : "DIFFERS";
      boolean isExact = row.difference() == 0 || !row.remark().isEmpty();
      String where =
          isExact
              ? row.remark()
              : (row.at().isEmpty() ? "" : "at " + row.at() + ": ")
                  + row.found() + ", expected " + row.expected();
      cells.add(List.of(row.name(), verdict, "%.2e".formatted(row.difference()), where));
    }
    List<String> lines = new ArrayList<>(Columns.of(cells));
    long agreeing = rows.stream().filter(Row::agrees).count();
    lines.add(
        rows.isEmpty()
            ? "nothing to compare: the file has none of the results"
            : agreeing + " of " + rows.size() + " agree within " + tolerance
                + " of the largest magnitude");
    leftAside.forEach(name -> lines.add("not compared: " + name));
    return lines;
  }

  /** As JSON shows it. */
  Map<String, Object> data() {
    var data = new LinkedHashMap<String, Object>();
    data.put("agrees", agrees());
    data.put("tolerance", tolerance);
    data.put("tensors", rows);
    data.put("notCompared", leftAside);
    return data;
  }
}
