package netc.loop;

import java.util.Optional;
import netc.loop.Scalar.Arithmetic;
import netc.loop.Scalar.IntLiteral;
import netc.loop.Scalar.Operator;

/** Integer arithmetic that folds what is constant, so that offsets stay short. */
public final class Ints {
  private Ints() {}

  public static Scalar of(int value) {
    return new IntLiteral(value);
  }

  public static Scalar local(String name) {
    return new Scalar.Local(name, ScalarType.INT);
  }

  public static Scalar plus(Scalar left, Scalar right) {
    if (left instanceof IntLiteral(int a) && right instanceof IntLiteral(int b)) {
      return of(Math.addExact(a, b));
    }
    if (left instanceof IntLiteral(int a) && a == 0) {
      return right;
    }
    if (right instanceof IntLiteral(int b)) {
      if (b == 0) {
        return left;
      }
      if (b < 0 && b != Integer.MIN_VALUE) {
        return new Arithmetic(Operator.SUBTRACT, left, of(-b));
      }
    }
    return new Arithmetic(Operator.ADD, left, right);
  }

  public static Scalar times(Scalar left, int factor) {
    if (left instanceof IntLiteral(int a)) {
      return of(Math.multiplyExact(a, factor));
    }
    return switch (factor) {
      case 0 -> of(0);
      case 1 -> left;
      default -> new Arithmetic(Operator.MULTIPLY, left, of(factor));
    };
  }

  public static Scalar times(Scalar left, Scalar right) {
    if (right instanceof IntLiteral(int factor)) {
      return times(left, factor);
    }
    return left instanceof IntLiteral(int factor)
        ? times(right, factor)
        : new Arithmetic(Operator.MULTIPLY, left, right);
  }

  /** The greatest multiple of a number that is not above a value. */
  public static Scalar floor(Scalar value, int number) {
    Scalar quotient =
        new Scalar.Call(
            Scalar.Function.FLOOR_DIVIDE, java.util.List.of(value, of(number)), ScalarType.INT);
    return times(quotient, number);
  }

  public static Scalar min(Scalar left, Scalar right) {
    if (left instanceof IntLiteral(int a) && right instanceof IntLiteral(int b)) {
      return of(Math.min(a, b));
    }
    return new Scalar.Call(
        Scalar.Function.MIN, java.util.List.of(left, right), ScalarType.INT);
  }

  public static Scalar max(Scalar left, Scalar right) {
    if (left instanceof IntLiteral(int a) && right instanceof IntLiteral(int b)) {
      return of(Math.max(a, b));
    }
    return new Scalar.Call(
        Scalar.Function.MAX, java.util.List.of(left, right), ScalarType.INT);
  }

  /**
   * Where an index begins that grows by one with each round of the loop over {@code variable}, from 0 on;
   * empty where it grows otherwise, or reads arrays.
   */
  public static Optional<Scalar> start(Scalar index, String variable) {
    Scalar round = local(variable);
    if (index.equals(round)) {
      return Optional.of(of(0));
    }
    return index instanceof Arithmetic(var operator, var base, var last)
            && operator == Operator.ADD
            && last.equals(round)
            && isFixed(base, round)
        ? Optional.of(base)
        : Optional.empty();
  }

  private static boolean isFixed(Scalar index, Scalar round) {
    return switch (index) {
      case Scalar.Local _ -> !index.equals(round);
      case IntLiteral _ -> true;
      case Arithmetic(_, var left, var right) -> isFixed(left, round) && isFixed(right, round);
      default -> false;
    };
  }
}
