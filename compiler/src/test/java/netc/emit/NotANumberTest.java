package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.UnaryOperator;
import netc.runtime.Network;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;

/** NaN and empty means are what the interpreter says, in extrema, comparisons, powers and gradients. */
class NotANumberTest {

  @Test
  void classesSeeNaNAsTheInterpreterDoes() {
    GeneratedVersusInterpreter.of(
            """
            package demo
            net Nan {
              input x[5], c
              param w[5] ~ ones
              r[k] = sqrt(x[k]) * w[k]
              output m = max[k] r[k]
              output n = min[k] r[k]
              output at = argmax[k] r[k]
              output low = argmin[k] r[k]
              output a = mean[k in 5 if x[k] > 2] x[k]
              output above[k] = r[k] > 0
              output below[k] = r[k] <= 0
              output same[k] = r[k] == r[k]
              output other[k] = r[k] != r[k]
              output biggest[k] = max(r[k], c)
              output least[k] = min(c, r[k])
              output held[k] = clamp(r[k], 0, 0.5)
              output inside[k] = if r[k] >= 0.5 then 1 else 2
              output power[k] = x[k]^0.5
              output zero = 0^x[0] + (c - c)^0
              output best = argmax[k in 4] (if k > 1 then r[k] else 1)
              output none = not (r[0] < 1)
              output p = prod[k] r[k]
              output pos = any[k] (r[k] > 0)
              loss l = (max[k] r[k]) + (min[k] r[k])
            }
            """)
        .allowingNaN()
        .check();
  }

  private static final float[] VALUES = {
    Float.NaN, -0f, 0f, -1, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE
  };

  private static void areBitsOf(String formula, UnaryOperator<Float> expected) {
    for (Precision precision : Precision.values()) {
      areBitsOf(formula, precision, expected);
    }
  }

  /** Element by element, of examples alone and of batches, in both flavours. */
  private static void areBitsOf(String formula, Precision precision, UnaryOperator<Float> expected) {
    var text = "net N {\n  input x[16]\n  output y[k] = " + formula + "\n}\n";
    Flavours.each(
        () -> {
          Network net = Nets.compile(new SourceFile("test.net", text), precision).load().init(1);
          for (int rows : new int[] {1, 40}) {
            var x = new float[rows * 16];
            for (int i = 0; i < x.length; i++) {
              x[i] = VALUES[i % VALUES.length];
            }
            Tensor y = net.predict(Map.of("x", Tensor.of(x, rows, 16)), rows).get("y");
            for (int i = 0; i < x.length; i++) {
              long bits = Double.doubleToLongBits(expected.apply(x[i]));
              assertEquals(bits, Double.doubleToLongBits(y.get(i)), formula + " of " + x[i]);
            }
          }
        });
  }

  /** {@code max(x, 0)} by a comparison has no negative zero, and NaN stays NaN. */
  @Test
  void extremaWithANumberAreThoseOfMath() {
    areBitsOf("max(x[k], 0)", x -> Math.max(x, 0f));
    areBitsOf("max(x[k], -1)", x -> Math.max(x, -1f));
    areBitsOf("min(x[k], 1)", x -> Math.min(x, 1f));
    areBitsOf("min(x[k], 0)", x -> Math.min(x, 0f));
    areBitsOf("max(x[k], -0.0)", x -> Math.max(x, -0f));
  }

  /** Choices are made among bits, or become extrema. */
  @Test
  void choicesKeepZerosAndNaN() {
    areBitsOf("if x[k] <= 0 then 0 else if x[k] >= 1 then 1 else x[k]", x -> x <= 0 ? 0f : x >= 1 ? 1f : x);
    areBitsOf("if x[k] < 0 then 0 else x[k]", x -> x < 0 ? 0f : x);
    areBitsOf("if x[k] >= 0 then 0 else x[k]", x -> x >= 0 ? 0f : x);
    areBitsOf("if x[k] > 0 then x[k] else 0", x -> x > 0 ? x : 0f);
    areBitsOf("if x[k] > -1 and x[k] < 1 then x[k] else -x[k]", x -> x > -1 && x < 1 ? x : -x);
    areBitsOf("if x[k] < -1 or x[k] != x[k] then 1 else x[k]", x -> x < -1 || x.isNaN() ? 1f : x);
  }

  /** The first of equals, the first NaN, and the first of all where none is more than minus infinity. */
  @Test
  void positionsOfExtremaAreTheFirst() {
    String text = "net N {\n  input x[3]\n  output most = argmax[k] x[k]\n  output least = argmin[k] x[k]\n}\n";
    int count = VALUES.length;
    Flavours.each(
        () -> {
          Network net = Nets.compile(text).load().init(1);
          int rows = count * count * count;
          var x = new float[rows * 3];
          for (int row = 0; row < rows; row++) {
            x[3 * row] = VALUES[row % count];
            x[3 * row + 1] = VALUES[row / count % count];
            x[3 * row + 2] = VALUES[row / count / count];
          }
          var found = net.predict(Map.of("x", Tensor.of(x, rows, 3)), rows);
          for (int row = 0; row < rows; row++) {
            float[] of = {x[3 * row], x[3 * row + 1], x[3 * row + 2]};
            String message = java.util.Arrays.toString(of);
            assertEquals(first(of, 1), (int) found.get("most").get(row), message);
            assertEquals(first(of, -1), (int) found.get("least").get(row), message);
          }
        });
  }

  private static int first(float[] values, int sign) {
    int best = 0;
    for (int i = 0; i < values.length; i++) {
      boolean isBetter = sign * values[i] > sign * values[best] || Float.isNaN(values[i]);
      best = isBetter && !Float.isNaN(values[best]) ? i : best;
    }
    return best;
  }
}
