package netc.interpret;

import netc.ir.Reduction;

/** One reduction under way: takes values in row-major order of the indices, then gives the result. */
final class Fold {
  private final Reduction.Operator operator;
  private double value;
  private long first;

  Fold(Reduction.Operator operator) {
    this.operator = operator;
    this.value =
        switch (operator) {
          case SUM, ANY -> 0;
          case PROD, ALL -> 1;
          case MAX, ARGMAX -> Double.NEGATIVE_INFINITY;
          case MIN, ARGMIN -> Double.POSITIVE_INFINITY;
        };
    this.first = -1;
  }

  /** The next value, and its row-major position among all points of the reduction. */
  void take(double next, long position) {
    switch (operator) {
      case SUM -> value += next;
      case PROD -> value *= next;
      case ANY -> value = Math.max(value, next);
      case ALL -> value = Math.min(value, next);
      case MAX, ARGMAX -> replaceIf(Double.isNaN(next) || next > value, next, position);
      case MIN, ARGMIN -> replaceIf(Double.isNaN(next) || next < value, next, position);
    }
  }

  /** The first extremum stays; NaN is one that nothing replaces. */
  private void replaceIf(boolean better, double next, long position) {
    if (first < 0 || better && !Double.isNaN(value)) {
      value = next;
      first = position;
    }
  }

  double result() {
    return switch (operator) {
      case SUM, PROD, MAX, MIN, ANY, ALL -> value;
      case ARGMAX, ARGMIN -> Math.max(first, 0);
    };
  }
}
