package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As few pieces as can be, of nearly equal length. */
class SplitTest {
  @ParameterizedTest
  @CsvSource({"8, 4, 4, 0, 4", "10, 4, 4, 4, 3", "5, 4, 3, 3, 2", "3, 4, 3, 0, 3", "7, 2, 2, 6, 1", "6, 1, 1, 0, 1", "0, 4, 0, 0, 0"})
  void pieces(int size, int most, int large, int covered, int small) {
    assertEquals(new Split(large, covered, small), Split.of(size, most));
  }
}
