package netc.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import netc.runtime.Backward;
import netc.runtime.Lesson.Net32;
import netc.runtime.Lesson.Net64;
import org.junit.jupiter.api.Test;

class HeapTest {

  @Test
  void aBatchTooLargeIsRefusedWithTheLargestThatFits() {
    var failure =
        assertThrows(
            TrainingException.class,
            () -> Heap.check("demo.Net", 5000, rows -> rows * 1_000_000L, () -> 1_234_567_890L));
    assertEquals(
        "demo.Net: a batch of 5000 rows needs about 5000 MB, but the heap has 1235 MB left; "
            + "batch_size = 1234 fits, or start Java with a larger heap (-Xmx)",
        failure.getMessage());
  }

  @Test
  void whereNoRowFitsOnlyALargerHeapHelps() {
    var failure =
        assertThrows(
            TrainingException.class,
            () -> Heap.check("demo.Net", 2, rows -> rows * 2_000_000L, () -> 1_000_000L));
    assertEquals(
        "demo.Net: a batch of 2 rows needs about 4 MB, but the heap has 1 MB left; "
            + "no batch fits: start Java with a larger heap (-Xmx)",
        failure.getMessage());
  }

  @Test
  void whatFitsPasses() {
    Heap.check("demo.Net", 7, rows -> rows * 10L, () -> 70L);
    assertTrue(Heap.free() > 0);
  }

  @Test
  void aBatchNeedsMoreTheMoreBlocksItHasAndDoublesNeedMore() {
    var floats = new Backward(Net32.init(1), 8);
    var doubles = new Backward(Net64.init(1), 8);
    assertTrue(floats.bytes(1, 1) > 0);
    assertTrue(floats.bytes(10_000, 1) > floats.bytes(1, 1));
    assertTrue(doubles.bytes(1, 1) > floats.bytes(1, 1));
    assertTrue(floats.bytes(Integer.MAX_VALUE, 1) >= floats.bytes(10_000, 1));
  }
}
