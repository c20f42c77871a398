package netc.bench.report;

import java.util.Arrays;
import java.util.Locale;

/** Several measurements of one thing. */
record Figure(double[] values) {

  static Figure of(String spaced) {
    double[] values = Arrays.stream(spaced.split(" ")).mapToDouble(Double::parseDouble).toArray();
    Arrays.sort(values);
    return new Figure(values);
  }

  double median() {
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  double least() {
    return values[0];
  }

  double most() {
    return values[values.length - 1];
  }

  /** Each measurement as a rate: {@code factor} by it. */
  Figure inverse(double factor) {
    double[] rates = Arrays.stream(values).map(value -> factor / value).sorted().toArray();
    return new Figure(rates);
  }

  /** The median, and how far the measurements lie apart. */
  @Override
  public String toString() {
    return number(median()) + " (" + number(least()) + "–" + number(most()) + ")";
  }

  /** Three digits. */
  static String number(double value) {
    int digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
