package netc.runtime;

/**
 * The scalar functions that {@code java.lang.Math} lacks, in one place, so that generated code and the
 * reference interpreter compute the same bits.
 */
public final class Numerics {
  private Numerics() {}

  private static final double[] ERF_NUMERATOR = {
    1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2,
    3.20937758913846947e3
  };
  private static final double[] ERF_DENOMINATOR = {
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
  };
  private static final double[] MIDDLE_NUMERATOR = {
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1,
    2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
    1.23033935479799725e3
  };
  private static final double[] MIDDLE_DENOMINATOR = {
    1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
    3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3
  };
  private static final double[] TAIL_NUMERATOR = {
    1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
    1.60837851487422766e-2, 6.58749161529837803e-4
  };
  private static final double[] TAIL_DENOMINATOR = {
    1, 2.56852019228982242e0, 1.87295284992346725e0, 5.27905102951428412e-1, 6.05183413124413191e-2,
    2.33520497626869185e-3
  };
  private static final double INVERSE_SQRT_PI = 0.56418958354775628695;

  /**
   * The error function, with a relative error below 1e-15. Source: W. J. Cody, Rational Chebyshev
   * approximations for the error function, Mathematics of Computation 23 (1969).
   */
  public static double erf(double x) {
    double size = Math.abs(x);
    if (size <= 0.46875) {
      double square = x * x;
      return x * (polynomial(ERF_NUMERATOR, square) / polynomial(ERF_DENOMINATOR, square));
    }
    return Math.copySign(1 - complement(size), x);
  }

  /** erfc(x) for x > 0.46875, accurate to 1e-16 absolutely. */
  private static double complement(double x) {
    if (x >= 6) {
      return 0;
    }
    double scale = Math.exp(-x * x);
    if (x <= 4) {
      return scale * (polynomial(MIDDLE_NUMERATOR, x) / polynomial(MIDDLE_DENOMINATOR, x));
    }
    double z = 1 / (x * x);
    double ratio = z * polynomial(TAIL_NUMERATOR, z) / polynomial(TAIL_DENOMINATOR, z);
    return scale * (INVERSE_SQRT_PI - ratio) / x;
  }

  // The functions of floats are arithmetic in double without a branch, so that the JIT compiler makes vectors of a
  // plain loop over them; within 0.55 units in the last place.

  /** e^x, as the 1024th power of e^(x/1024). */
  public static float exp(float x) {
    double power = 1 + growth(Math.max(Math.min(x, 100f), -110f) / 1024d);
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    return (float) power;
  }

  /** e^x - 1, from e^(x/1024) - 1: e^2r - 1 = (e^r - 1) · (e^r - 1 + 2), again and again. */
  public static float expm1(float x) {
    double grown = growth(Math.max(Math.min(x, 100f), -110f) / 1024d);
    grown *= grown + 2;
    grown *= grown + 2;
    grown *= grown + 2;
    grown *= grown + 2;
    grown *= grown + 2;
    grown *= grown + 2;
    grown *= grown + 2;
    grown *= grown + 2;
    grown *= grown + 2;
    grown *= grown + 2;
    return (float) grown;
  }

  /** e^r - 1 for |r| below 0.11: its series. */
  private static double growth(double r) {
    double sum = 1 / 5040d;
    sum = Math.fma(sum, r, 1 / 720d);
    sum = Math.fma(sum, r, 1 / 120d);
    sum = Math.fma(sum, r, 1 / 24d);
    sum = Math.fma(sum, r, 1 / 6d);
    sum = Math.fma(sum, r, 1 / 2d);
    return Math.fma(sum, r, 1) * r;
  }

  /**
   * A quotient of polynomials up to 9.1, from where on it is 1. Source: a minimax fit of its own (iteratively
   * reweighted least squares, relative error 1.1e-9).
   */
  public static float tanh(float x) {
    double inRange = Math.max(Math.min(x, 9.1f), -9.1f);
    double square = inRange * inRange;
    double above = 5.038719208423162e-08;
    above = Math.fma(above, square, 3.148241606632116e-05);
    above = Math.fma(above, square, 0.004003608668734105);
    above = Math.fma(above, square, 0.13781520085933605);
    above = Math.fma(above, square, 0.999999998954477);
    double below = 7.29892451018777e-10;
    below = Math.fma(below, square, 1.6092137951289743e-06);
    below = Math.fma(below, square, 0.00041985440301011204);
    below = Math.fma(below, square, 0.027719799845551382);
    below = Math.fma(below, square, 0.47114852400723944);
    below = Math.fma(below, square, 1);
    return (float) (inRange * above / below);
  }

  /** As {@link #tanh(float)}, up to 4, from where on it is 1; relative error 2.6e-9. */
  public static float erf(float x) {
    double inRange = Math.max(Math.min(x, 4f), -4f);
    double square = inRange * inRange;
    double above = 6.7913192662415025e-06;
    above = Math.fma(above, square, 0.0004112770013207908);
    above = Math.fma(above, square, 0.004226493688009892);
    above = Math.fma(above, square, 0.055749544139119096);
    above = Math.fma(above, square, 0.19287893051298707);
    above = Math.fma(above, square, 1.1283791699673071);
    double below = 2.6048316431047866e-07;
    below = Math.fma(below, square, 7.256357778495987e-05);
    below = Math.fma(below, square, 0.0014212066730568173);
    below = Math.fma(below, square, 0.0162951446278405);
    below = Math.fma(below, square, 0.11749541043241042);
    below = Math.fma(below, square, 0.5042679353742024);
    below = Math.fma(below, square, 1);
    return (float) (inRange * above / below);
  }

  /** sin of each argument beyond ± bound into the value at its place. */
  public static void sinBeyond(float[] values, float[] arguments, float bound) {
    for (int i = 0; i < values.length; i++) {
      if (Math.abs(arguments[i]) > bound) {
        values[i] = (float) Math.sin(arguments[i]);
      }
    }
  }

  /** As {@link #sinBeyond}. */
  public static void cosBeyond(float[] values, float[] arguments, float bound) {
    for (int i = 0; i < values.length; i++) {
      if (Math.abs(arguments[i]) > bound) {
        values[i] = (float) Math.cos(arguments[i]);
      }
    }
  }

  /** As {@link #sinBeyond}. */
  public static void tanBeyond(float[] values, float[] arguments, float bound) {
    for (int i = 0; i < values.length; i++) {
      if (Math.abs(arguments[i]) > bound) {
        values[i] = (float) Math.tan(arguments[i]);
      }
    }
  }

  /** Horner's scheme, the highest coefficient first. */
  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (double coefficient : coefficients) {
      sum = sum * x + coefficient;
    }
    return sum;
  }

  /** {@code base} multiplied with itself, by squaring; the inverse of that for a negative exponent; x^0 = 1. */
  public static double power(double base, int exponent) {
    double result = 1;
    double factor = base;
    for (long left = Math.abs((long) exponent); left > 0; left >>= 1) {
      if ((left & 1) != 0) {
        result *= factor;
      }
      factor *= factor;
    }
    return exponent < 0 ? 1 / result : result;
  }

  /** As {@link #power(double, int)}, in float throughout. */
  public static float power(float base, int exponent) {
    float result = 1;
    float factor = base;
    for (long left = Math.abs((long) exponent); left > 0; left >>= 1) {
      if ((left & 1) != 0) {
        result *= factor;
      }
      factor *= factor;
    }
    return exponent < 0 ? 1 / result : result;
  }

  /**
   * Offsets in row-major order over some axes; for generated code.
   *
   * @param axes extent and stride of each axis, from outside to inside
   */
  public static int[] offsets(int... axes) {
    int[] offsets = {0};
    for (int axis = 0; axis < axes.length; axis += 2) {
      int extent = axes[axis];
      int[] more = new int[offsets.length * extent];
      for (int i = 0; i < more.length; i++) {
        more[i] = offsets[i / extent] + i % extent * axes[axis + 1];
      }
      offsets = more;
    }
    return offsets;
  }
}
