package netc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** The shares of a kernel: each once, and what one of them throws reaches the caller. */
class SharesTest {
  private interface Share {
    void compute(int share, int shares);
  }

  private static Code code(Share one) {
    return new Code() {
      @Override
      public void run(
          int form, int phase, Weights weights, Block block, int rows, int firstRow, int batchRows) {
        throw new AssertionError("no form is run");
      }

      @Override
      public void share(int kernel, Weights weights, Block block, int share, int shares) {
        assertEquals(7, kernel);
        one.compute(share, shares);
      }
    };
  }

  @Test
  void eachShareIsComputedOnce() {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      var times = new AtomicIntegerArray(100);
      var count = new int[1];
      Code code =
          code(
              (share, shares) -> {
                count[0] = shares;
                times.incrementAndGet(share);
              });
      new Shares(code, new Team(executor, 3)).run(7, null, null);
      for (int i = 0; i < times.length(); i++) {
        assertEquals(i < count[0] ? 1 : 0, times.get(i), "share " + i);
      }
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void whatAShareThrowsReachesTheCaller() {
    ExecutorService executor = Executors.newFixedThreadPool(1);
    try {
      var broken = new IllegalStateException("share 3");
      Code code =
          code(
              (share, shares) -> {
                if (share == 3) {
                  throw broken;
                }
              });
      var shares = new Shares(code, new Team(executor, 2));
      assertSame(broken, assertThrows(IllegalStateException.class, () -> shares.run(7, null, null)));
    } finally {
      executor.shutdown();
    }
  }
}
