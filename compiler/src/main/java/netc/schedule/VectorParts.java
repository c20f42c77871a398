package netc.schedule;

import java.util.ArrayList;
import java.util.List;
import netc.loop.Ints;
import netc.loop.Scalar;
import netc.loop.Scalar.Comparison;
import netc.loop.Scalar.Function;
import netc.loop.Scalar.Operator;
import netc.loop.ScalarType;
import netc.loop.Statement;

/** Expressions of float vectors, and names for those that are used more than once. */
final class VectorParts {
  /** 1.5 · 2^23: adding it leaves the nearest integer in the last bits. */
  static final float ROUNDER = 12582912f;

  private final List<Statement> statements = new ArrayList<>();
  private final String prefix;

  /**
   * @param prefix of the names, unique in the kernel
   */
  VectorParts(String prefix) {
    this.prefix = prefix;
  }

  /** What defines the names. */
  List<Statement> statements() {
    return statements;
  }

  Scalar named(Scalar value) {
    if (value instanceof Scalar.Local) {
      return value;
    }
    String name = prefix + statements.size();
    statements.add(new Statement.Let(name, value));
    return new Scalar.Local(name, value.type());
  }

  /** Horner's rule, the highest power first. */
  static Scalar polynomial(Scalar x, float... coefficients) {
    Scalar sum = all(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      sum = fma(sum, x, all(coefficients[i]));
    }
    return sum;
  }

  static Scalar all(float value) {
    return new Scalar.Broadcast(new Scalar.RealLiteral(value, ScalarType.FLOAT));
  }

  static Scalar ints(int value) {
    return new Scalar.Broadcast(Ints.of(value));
  }

  static Scalar fma(Scalar a, Scalar b, Scalar c) {
    return new Scalar.Call(Function.FMA, List.of(a, b, c), ScalarType.FLOATS);
  }

  static Scalar abs(Scalar x) {
    return call(Function.ABS, x);
  }

  static Scalar call(Function function, Scalar... arguments) {
    return new Scalar.Call(function, List.of(arguments), ScalarType.FLOATS);
  }

  static Scalar choose(Scalar condition, Scalar then, Scalar otherwise) {
    return new Scalar.Choose(condition, then, otherwise);
  }

  static Scalar compare(Scalar left, Comparison comparison, float right) {
    return new Scalar.Compare(comparison, left, all(right));
  }

  /** The value, but x where x is 0: a zero keeps its sign. */
  static Scalar keepingZero(Scalar x, Scalar value) {
    return choose(compare(x, Comparison.EQUAL, 0), x, value);
  }

  /** Minus the value where x is below 0. */
  static Scalar signed(Scalar x, Scalar value) {
    return choose(compare(x, Comparison.LESS, 0), new Scalar.Negate(value), value);
  }

  static Scalar add(Scalar left, Scalar right) {
    return new Scalar.Arithmetic(Operator.ADD, left, right);
  }

  static Scalar subtract(Scalar left, Scalar right) {
    return new Scalar.Arithmetic(Operator.SUBTRACT, left, right);
  }

  static Scalar multiply(Scalar left, Scalar right) {
    return new Scalar.Arithmetic(Operator.MULTIPLY, left, right);
  }

  static Scalar divide(Scalar left, Scalar right) {
    return new Scalar.Arithmetic(Operator.DIVIDE, left, right);
  }
}
