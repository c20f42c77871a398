package netc.interpret;

import netc.ir.Primitive;
import netc.runtime.Numerics;

/** The value of every primitive, in double. */
final class Scalars {
  private Scalars() {}

  static double apply(Primitive primitive, double[] x) {
    return switch (primitive) {
      case ADD -> x[0] + x[1];
      case SUBTRACT -> x[0] - x[1];
      case MULTIPLY -> x[0] * x[1];
      case DIVIDE -> x[0] / x[1];
      case NEGATE -> -x[0];
      case POWER -> Math.pow(x[0], x[1]);
      case POWER_WHOLE -> Numerics.power(x[0], (int) x[1]);
      case EXP -> Math.exp(x[0]);
      case EXPM1 -> Math.expm1(x[0]);
      case LOG -> Math.log(x[0]);
      case LOG1P -> Math.log1p(x[0]);
      case SQRT -> Math.sqrt(x[0]);
      case ABS -> Math.abs(x[0]);
      case SIGN -> Math.signum(x[0]);
      case SIN -> Math.sin(x[0]);
      case COS -> Math.cos(x[0]);
      case TAN -> Math.tan(x[0]);
      case TANH -> Math.tanh(x[0]);
      case ATAN -> Math.atan(x[0]);
      case ERF -> Numerics.erf(x[0]);
      case FLOOR -> Math.floor(x[0]);
      case CEIL -> Math.ceil(x[0]);
      case ROUND -> Math.rint(x[0]);
      case MIN -> Math.min(x[0], x[1]);
      case MAX -> Math.max(x[0], x[1]);
      case CLAMP -> Math.min(Math.max(x[0], x[1]), x[2]);
      case FLOOR_DIVIDE -> Math.floorDiv((long) x[0], (long) x[1]);
      case REMAINDER -> Math.floorMod((long) x[0], (long) x[1]);
      case EQUAL -> truth(x[0] == x[1]);
      case DIFFERENT -> truth(x[0] != x[1]);
      case LESS -> truth(x[0] < x[1]);
      case AT_MOST -> truth(x[0] <= x[1]);
      case GREATER -> truth(x[0] > x[1]);
      case AT_LEAST -> truth(x[0] >= x[1]);
      case NOT -> truth(x[0] == 0);
      case AND -> truth(x[0] != 0 && x[1] != 0);
      case OR -> truth(x[0] != 0 || x[1] != 0);
      case TO_REAL, STOP -> x[0];
    };
  }

  static double truth(boolean value) {
    return value ? 1 : 0;
  }
}
