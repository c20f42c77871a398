package netc.emit;

import java.util.Map;
import netc.interpret.Values;
import netc.runtime.Tensor;

/**
 * Whether numbers agree. An error counts in proportion to the largest number of its tensor, or to a
 * share of the largest of the group where all of the tensor's are smaller: numbers that cancel carry the
 * rounding of what they are made of.
 *
 * @param relative the largest error in proportion
 * @param floor an error that never counts: of numbers that are 0 in theory
 * @param share of the largest number of the group, a thousandth unless a net says otherwise
 * @param allowsNaN whether a NaN that both sides have is a result like another
 */
record Closeness(double relative, double floor, double share, boolean allowsNaN) {
  static final double SMALLEST_SHARE = 1e-3;

  /** So close in proportion, and no NaN. */
  static Closeness within(double relative) {
    return new Closeness(relative, 0, SMALLEST_SHARE, false);
  }

  Closeness allowingNaN() {
    return new Closeness(relative, floor, share, true);
  }

  /** Tensors by name, expected and found: the same names, shapes and numbers. */
  void check(String what, Map<String, Values> expected, Map<String, Tensor> found) {
    if (!expected.keySet().equals(found.keySet())) {
      throw new AssertionError(
          what + ": expected " + expected.keySet() + ", found " + found.keySet());
    }
    double largest = expected.values().stream().mapToDouble(v -> largest(v.data())).max().orElse(0);
    expected.forEach(
        (name, values) -> {
          Tensor tensor = found.get(name);
          if (!java.util.Arrays.equals(values.shape(), tensor.shape())) {
            throw new AssertionError(
                what + ": " + name + " has shape " + java.util.Arrays.toString(values.shape())
                    + ", not " + java.util.Arrays.toString(tensor.shape()));
          }
          check(what + ": " + name, values.data(), tensor.doubles(), largest);
        });
  }

  void check(String what, double[] expected, double[] found) {
    check(what, expected, found, 0);
  }

  void check(String what, double expected, double found) {
    check(what, new double[] {expected}, new double[] {found}, 0);
  }

  private void check(String what, double[] expected, double[] found, double largestOfGroup) {
    if (expected.length != found.length) {
      throw new AssertionError(
          what + ": expected " + expected.length + " numbers, found " + found.length);
    }
    double scale = Math.max(largest(expected), share * largestOfGroup);
    for (int i = 0; i < expected.length; i++) {
      boolean isClose =
          Double.compare(expected[i] + 0.0, found[i] + 0.0) == 0
              || Math.abs(expected[i] - found[i]) <= Math.max(floor, relative * scale);
      if (!isClose) {
        throw new AssertionError(
            what + "[" + i + "]: expected " + expected[i] + ", found " + found[i]);
      }
      if (Double.isNaN(expected[i]) && !allowsNaN) {
        throw new AssertionError(what + "[" + i + "] is NaN: this data shows nothing");
      }
    }
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }
}
