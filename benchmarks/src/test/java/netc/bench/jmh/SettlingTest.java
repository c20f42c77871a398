package netc.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private int calls;

  /** Else it would settle at once, whatever they do. */
  @Test
  void theCompilersOfThisJvmAreFound() {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/task")));
    assertFalse(Settling.compilers().isEmpty());
  }

  @Test
  void itCallsForASecondAtLeastAndEnds() {
    long start = System.nanoTime();
    Settling.settle(() -> calls++);
    assertTrue(calls > 100_000, calls + " calls");
    assertTrue(System.nanoTime() - start >= 1_000_000_000);
  }
}
