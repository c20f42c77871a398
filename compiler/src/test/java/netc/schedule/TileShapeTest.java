package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of a tile where there are 16 registers: as many as the JIT compiler's code was seen to keep there. */
class TileShapeTest {
  @ParameterizedTest
  @CsvSource({
    "7, 2, 6, 5", "6, 2, 6, 5", "5, 2, 5, 5", "4, 3, 3, 3", "3, 4, 2, 2", "7, 1, 7, 7", "2, 5, 1, 1", "1, 8, 1, 1"
  })
  void rowsInFewRegisters(int rows, int width, int even, int byTable) {
    var shape = new TileShape(rows, width);
    assertEquals(even, shape.rowsInFewRegisters(false));
    assertEquals(byTable, shape.rowsInFewRegisters(true));
  }
}
