package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import netc.runtime.Network;
import netc.runtime.Tensor;
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

  /** {@code max(x, 0)} by a comparison has no negative zero, and NaN stays NaN. */
  @Test
  void thePositivePartIsThatOfMath() {
    float[] values = {
      Float.NaN, -0f, 0f, -1, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE
    };
    Flavours.each(
        () -> {
          Network net = Nets.compile("net N {\n  input x[16]\n  output y[k] = max(x[k], 0)\n}\n").load().init(1);
          var x = new float[40 * 16];
          for (int i = 0; i < x.length; i++) {
            x[i] = values[i % values.length];
          }
          Tensor y = net.predict(Map.of("x", Tensor.of(x, 40, 16)), 40).get("y");
          for (int i = 0; i < x.length; i++) {
            float expected = Math.max(x[i], 0f);
            assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits((float) y.get(i)));
          }
        });
  }
}
