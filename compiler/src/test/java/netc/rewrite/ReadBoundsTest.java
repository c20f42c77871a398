package netc.rewrite;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Choices that keep a number on one side of a bound. */
class ReadBoundsTest {
  @Test
  void choicesByABoundAreExtrema() {
    String x = "y[i in 4] = (if b[i] ";
    PassesTest.assertRewrites(new ReadBounds(), x + "<= 2.0 then 2.0 else b[i])", "y[i in 4] = max(b[i], 2.0)\n");
    PassesTest.assertRewrites(new ReadBounds(), x + ">= 2.0 then 2.0 else b[i])", "y[i in 4] = min(b[i], 2.0)\n");
    PassesTest.assertRewrites(
        new ReadBounds(),
        x + "<= 0.0 then 0.0 else (if b[i] >= 6.0 then 6.0 else b[i]))",
        "y[i in 4] = max(min(b[i], 6.0), 0.0)\n");
    PassesTest.assertRewrites(
        new ReadBounds(),
        x + ">= 1.0 then 1.0 else (if b[i] <= -1.0 then -1.0 else b[i]))",
        "y[i in 4] = min(max(b[i], -1.0), 1.0)\n");
  }

  /** Of NaN, of zeros, of bounds the wrong way round, or of another operand it would be something else. */
  @Test
  void otherChoicesStay() {
    for (String choice :
        List.of(
            "b[i] < 0.0 then 0.0 else b[i]",
            "b[i] > 2.0 then b[i] else 2.0",
            "b[i] <= -0.0 then -0.0 else b[i]",
            "b[i] >= 0.0 then 0.0 else b[i]",
            "b[i] <= 2.0 then 1.0 else b[i]",
            "b[i] <= 2.0 then 2.0 else w[0, i]",
            "b[i] <= 6.0 then 6.0 else min(b[i], 2.0)",
            "b[i] <= 0.0 then 0.0 else min(w[0, i], 6.0)",
            "not b[i] <= 0.0 then 0.0 else b[i]")) {
      String step = "y[i in 4] = (if " + choice + ")";
      PassesTest.assertRewrites(new ReadBounds(), step, step + "\n");
    }
  }
}
