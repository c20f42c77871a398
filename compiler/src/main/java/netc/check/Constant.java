package netc.check;

import java.util.OptionalLong;

/** A value known at compile time. */
sealed interface Constant extends Value {

  /** A rational number in lowest terms; {@code denominator > 0}. */
  record Exact(long numerator, long denominator) implements Constant {
    @Override
    public String toString() {
      return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
    }
  }

  /** What comes of a literal with a point, or of an irrational function. */
  record Decimal(double value) implements Constant {
    @Override
    public String toString() {
      return Double.toString(value).replace(".0E", "E").replace('E', 'e');
    }
  }

  record Truth(boolean value) implements Constant {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  record Text(String value) implements Constant {
    @Override
    public String toString() {
      return '"' + value + '"';
    }
  }

  static Constant of(long whole) {
    return new Exact(whole, 1);
  }

  default boolean isNumber() {
    return this instanceof Exact || this instanceof Decimal;
  }

  /** The number as a double; not for truth values and texts. */
  default double toDouble() {
    return switch (this) {
      case Exact(long numerator, long denominator) -> (double) numerator / denominator;
      case Decimal(double value) -> value;
      case Truth(boolean value) -> value ? 1 : 0;
      case Text _ -> Double.NaN;
    };
  }

  /** The whole number that this is, if it is one. */
  default OptionalLong whole() {
    return switch (this) {
      case Exact(long numerator, long denominator) ->
          denominator == 1 ? OptionalLong.of(numerator) : OptionalLong.empty();
      case Decimal(double value) ->
          value == Math.rint(value) && Math.abs(value) < 0x1p53
              ? OptionalLong.of((long) value)
              : OptionalLong.empty();
      case Truth _, Text _ -> OptionalLong.empty();
    };
  }
}
