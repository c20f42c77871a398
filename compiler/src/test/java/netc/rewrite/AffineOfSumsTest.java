package netc.rewrite;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Norms behind contractions are a product and an addition. */
class AffineOfSumsTest {
  private static final String SUM = "s[batch, j in 3, i in 2] = sum[k in 3] w[j, k] * x[batch, k + i]\n";

  @Test
  void aNormBehindASumIsAProductAndAnAddition() {
    PassesTest.assertRewrites(
        new AffineOfSums(),
        SUM + "y[batch, j in 3, i in 2] = exp(b[j] * ((s[batch, j, i] - w[j, 0]) / w[j, 1]) + w[j, 2])",
        SUM
            + """
            y'1[j in 3] = 1.0 / w[j, 1] * b[j]
            y'2[j in 3] = -(w[j, 0]) / w[j, 1] * b[j] + w[j, 2]
            y[batch, j in 3, i in 2] = exp(y'1[j] * s[batch, j, i] + y'2[j])
            """);
    PassesTest.assertRewrites(
        new AffineOfSums(),
        SUM + "y[batch, j in 3, i in 2] = w[j, 2] - (b[j] - s[batch, j, i]) * w[j, 1]",
        SUM
            + """
            y'1[j in 3] = -(b[j] * w[j, 1]) + w[j, 2]
            y[batch, j in 3, i in 2] = w[j, 1] * s[batch, j, i] + y'1[j]
            """);
  }

  /** Of what is exact, of few operations or positions, of what changes with the example, or under a condition. */
  @Test
  void othersStay() {
    for (String line :
        List.of(
            "y[batch, j in 3, i in 2] = b[j] * ((x[batch, i] - w[j, 0]) / w[j, 1]) + w[j, 2]",
            "y[batch, j in 3, i in 2] = (s[batch, j, i] - w[j, 0]) / w[j, 1]",
            "y[batch, j in 3] = b[j] * ((s[batch, j, 0] - w[j, 0]) / w[j, 1]) + w[j, 2]",
            "y[batch, j in 3, i in 2] = b[j] * s[batch, j, i] / w[j, 0] / w[j, 1]",
            "y[batch, j in 3, i in 2] = b[j] * ((s[batch, j, i] - x[batch, i]) / w[j, 1]) + w[j, 2]",
            "y[batch, j in 3, i in 2] = b[j] * ((s[batch, j, i] - s[batch, 0, i]) / w[j, 1]) + w[j, 2]",
            "y[batch, j in 3, i in 2] = (if b[j] > 0.0 then b[j] * (s[batch, j, i] - b[j]) + w[j, 2] else 0.0)",
            "y[batch, i in 2] = sum[j in 3] b[j] * ((s[batch, j, i] - w[j, 0]) / w[j, 1]) + w[j, 2]")) {
      PassesTest.assertRewrites(new AffineOfSums(), SUM + line, SUM + line + "\n");
    }
    String plain = "s[batch] = sum[k in 4] x[batch, k]\ny[batch] = 2.0 * ((s[batch] - b[0]) / b[1]) + b[2]";
    PassesTest.assertRewrites(new AffineOfSums(), plain, plain + "\n");
  }
}
