package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import netc.ir.Extent;
import netc.ir.Index;
import org.junit.jupiter.api.Test;

/** Runs of taps of an image of 10 by 10 with 4 channels last, and of a matrix. */
class EvenTapsTest {
  private static final Index ROW = new Index("i", Extent.of(3));
  private static final Index COLUMN = new Index("j", Extent.of(3));
  private static final Index CHANNEL = new Index("c", Extent.of(4));
  private static final Index HEIGHT = new Index("h", Extent.of(10));
  private static final Index WIDTH = new Index("w", Extent.of(10));

  @Test
  void aWindowsRowIsOne() {
    Access.Strides image = window(HEIGHT, WIDTH, CHANNEL);
    assertEquals(
        new EvenTaps(List.of(ROW), 12, 1), EvenTaps.of(List.of(ROW, COLUMN, CHANNEL), image));
    assertEquals(new EvenTaps(List.of(), 4, 1), EvenTaps.of(List.of(CHANNEL), image));
    assertEquals(new EvenTaps(List.of(), 3, 40), EvenTaps.of(List.of(ROW), image));
    assertEquals(
        new EvenTaps(List.of(ROW, CHANNEL), 3, 4), EvenTaps.of(List.of(ROW, CHANNEL, COLUMN), image));
    assertEquals(new EvenTaps(List.of(), 1, 0), EvenTaps.of(List.of(), image));
  }

  /** The strides of the taps are those of the axes along which the window moves. */
  private static Access.Strides window(Index height, Index width, Index channel) {
    Access.Strides whole = Access.Strides.rowMajor(List.of(height, width, channel));
    return new Access.Strides(
        0,
        Map.of(
            ROW, whole.stride(height), COLUMN, whole.stride(width), CHANNEL, whole.stride(channel)));
  }
}
