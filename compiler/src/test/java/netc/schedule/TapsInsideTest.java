package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import netc.ir.Extent;
import netc.ir.Index;
import netc.loop.Ints;
import netc.loop.Scalar;
import org.junit.jupiter.api.Test;

/** Ranges of taps beside trying each of them. */
class TapsInsideTest {
  @Test
  void aRangeHoldsTheTapsThatLieInsideAndNoOthers() {
    for (int constant : new int[] {-7, -2, 0, 3}) {
      for (int step : new int[] {-2, -1, 1, 3}) {
        for (int direction : new int[] {-1, 1}) {
          for (int size : new int[] {1, 4, 9}) {
            compare(axis(constant, step, direction, size));
          }
        }
      }
    }
  }

  private static void compare(TapsInside.Axis axis) {
    var tried = new ArrayList<List<Integer>>();
    for (int place = 0; place < axis.place().extent().size(); place++) {
      var taps = new ArrayList<Integer>();
      for (int tap = 0; tap < axis.tap().extent().size(); tap++) {
        int at = axis.constant() + axis.step() * place + axis.direction() * tap;
        if (at >= 0 && at < axis.size()) {
          taps.add(tap);
        }
      }
      tried.add(taps);
      int end = value(axis.end(Ints.of(place)));
      for (int tap = 0; tap < axis.tap().extent().size(); tap++) {
        boolean isInRange = tap >= value(axis.first(Ints.of(place))) && tap < end;
        assertEquals(taps.contains(tap), isInRange, axis + ", place " + place + ", tap " + tap);
      }
    }
    int next = 0;
    for (TapsInside.Run run : axis.runs()) {
      assertEquals(next, run.from());
      for (; next < run.to(); next++) {
        assertEquals(tried.get(next).size(), run.taps(), axis + ", place " + next);
        assertTrue(run.taps() == 0 || tried.get(next).getFirst() == run.first(), axis + ", place " + next);
      }
    }
    assertEquals(tried.size(), next);
  }

  private static TapsInside.Axis axis(int constant, int step, int direction, int size) {
    return new TapsInside.Axis(index("i", 10), index("k", 5), constant, step, direction, size);
  }

  private static Index index(String name, int size) {
    return new Index(name, Extent.of(size));
  }

  private static int value(Scalar constant) {
    return ((Scalar.IntLiteral) constant).value();
  }
}
