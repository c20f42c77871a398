package netc.bench.cold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RampTest {
  private static final int SLOW = 1_000_000;
  private static final int FAST = 100_000;

  /** Half a second of slow calls, then one and a half of fast ones. */
  private static int[] durations() {
    int[] durations = new int[500 + 15_000];
    Arrays.fill(durations, 0, 500, SLOW);
    Arrays.fill(durations, 500, durations.length, FAST);
    return durations;
  }

  private static Ramp of(int[] durations) {
    return Ramp.of(durations, durations.length);
  }

  @Test
  void theFirstFastCallIsFound() {
    Ramp ramp = of(durations());
    assertEquals(FAST, ramp.last());
    assertEquals(500.0 * SLOW + FAST, ramp.fastAfter());
  }

  @Test
  void aLuckyCallIsNotFast() {
    int[] durations = durations();
    durations[20] = FAST;
    assertEquals(499.0 * SLOW + 2.0 * FAST, of(durations).fastAfter());
  }

  @Test
  void disturbancesDoNotMatter() {
    int[] durations = durations();
    for (int i = 510; i < durations.length; i += 50) {
      durations[i] = 5 * SLOW;
    }
    assertEquals(500.0 * SLOW + FAST, of(durations).fastAfter());
  }

  @Test
  void ninetyPercentIsEnough() {
    int[] durations = durations();
    Arrays.fill(durations, 500, 2_000, 112_000); // slower than 100,000 / 0.9
    Arrays.fill(durations, 2_000, 4_000, 110_000);
    assertEquals(500.0 * SLOW + 1_500.0 * 112_000 + 110_000, of(durations).fastAfter());
  }

  @Test
  void whatIsFastAtOnceIsSo() {
    int[] durations = new int[5_000];
    Arrays.fill(durations, FAST);
    assertEquals(FAST, of(durations).fastAfter());
  }
}
