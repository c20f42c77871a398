package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import netc.ir.Bounds;
import netc.ir.Extent;
import netc.ir.Index;
import netc.ir.Interval;
import netc.ir.Subscript;
import netc.ir.Tensor;
import org.junit.jupiter.api.Test;

/** The times at which a factor lies inside, beside trying each of them. */
class TimesInsideTest {
  private static final int TIMES = 8;
  private static final Index TIME = new Index("t", Extent.of(TIMES));
  private static final Index TAP = new Index("k", Extent.of(5));

  @Test
  void theyAreThoseAtWhichThePositionLiesInside() {
    for (int size : new int[] {1, 3, TIMES, 2 * TIMES}) {
      for (int step : new int[] {-3, -2, -1, 1, 2, 3}) {
        for (int constant = -2 * TIMES; constant <= 3 * TIMES; constant++) {
          compare(size, step, constant);
        }
      }
    }
  }

  private static void compare(int size, int step, int constant) {
    Optional<TimesInside> times = TimesInside.of(access(size, time(step, constant), tap(0)));
    for (int time = 0; time < TIMES; time++) {
      int at = constant + step * time;
      boolean isInside = times.isEmpty() || time >= times.get().low() && time <= times.get().high();
      assertEquals(at >= 0 && at < size, isInside, step + " * " + time + " + " + constant + " of " + size);
    }
  }

  @Test
  void thereAreNoneWhereSomeTapsAloneLieOutside() {
    assertEquals(Optional.empty(), TimesInside.of(access(TIMES, time(1, -1), tap(-2))));
    var both =
        new Subscript.Affine(-1, List.of(new Subscript.Term(TIME, 1), new Subscript.Term(TAP, 1)));
    assertEquals(Optional.empty(), TimesInside.of(access(TIMES, both, tap(0))));
  }

  private static Subscript.Affine time(int step, int constant) {
    return new Subscript.Affine(constant, List.of(new Subscript.Term(TIME, step)));
  }

  private static Subscript.Affine tap(int constant) {
    return new Subscript.Affine(constant, List.of(new Subscript.Term(TAP, 1)));
  }

  private static Access access(int size, Subscript.Affine first, Subscript.Affine second) {
    Tensor tensor =
        Tensor.real("h", Tensor.Role.VALUE, List.of(Extent.of(size), TAP.extent()));
    return new Access(tensor, List.of(first, second), List.of(atTime0(first), atTime0(second)), Optional.of(TIME));
  }

  private static Interval atTime0(Subscript.Affine at) {
    return Bounds.NONE.of(
        new Subscript.Affine(
            at.constant(), at.terms().stream().filter(t -> !t.index().equals(TIME)).toList()));
  }
}
