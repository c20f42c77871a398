package netc.emit;

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
}
