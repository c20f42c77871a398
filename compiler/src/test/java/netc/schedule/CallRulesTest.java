package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.source.Place;
import org.junit.jupiter.api.Test;

class CallRulesTest {
  private static final ArrayType FLOATS = new ArrayType(ScalarType.FLOAT, 1);
  private static final ArrayType ROWS = new ArrayType(ScalarType.FLOAT, 2);
  private static final ArrayReference FIRST = new ArrayReference.InBuffer(0);
  private static final ArrayReference SECOND = new ArrayReference.InBuffer(1);
  private static final ArrayReference WEIGHT = new ArrayReference.InWeights(0);

  @Test
  void goodCallsPass() {
    assertEquals(List.of(), check(copy(FLOATS), FIRST, WEIGHT));
  }

  /** Else the schedules of all other tests would go unchecked. */
  @Test
  void assertionsAreOn() {
    assertTrue(ProgramToLoops.class.desiredAssertionStatus());
  }

  @Test
  void noArrayIsPassedTwiceWhenWritten() {
    Statement shifted =
        new Statement.Store(
            "a0", Ints.of(0), new Scalar.Load("a1", Ints.of(1), ScalarType.FLOAT));
    var moves = new Kernel(copy(FLOATS).arrays(), false, List.of(shifted));
    fails("`a0` and `a1` are one array, which is written", moves, FIRST, FIRST);
    assertEquals(List.of(), check(copy(FLOATS), FIRST, FIRST), "an element over itself");
    Statement load =
        new Statement.Let("t", new Scalar.Load("a1", Ints.of(0), ScalarType.FLOAT));
    var reads = new Kernel(copy(FLOATS).arrays(), false, List.of(load));
    assertEquals(List.of(), check(reads, FIRST, FIRST));
  }

  @Test
  void aRowWrittenToIsItsArray() {
    var writesRow =
        new Kernel(
            List.of(new Kernel.Argument("a0", ROWS), new Kernel.Argument("a1", ROWS)),
            false,
            List.of(
                new Statement.LetRow("r", "a0", ScalarType.FLOAT, Ints.of(0)),
                new Statement.Store("r", Ints.of(0), new Scalar.RealLiteral(1, ScalarType.FLOAT))));
    fails("`a0` and `a1` are one array, which is written", writesRow, SECOND, SECOND);
  }

  @Test
  void arraysHaveTheTypesOfTheArguments() {
    fails("`a1` is float[] and gets a buffer of float[][]", copy(FLOATS), FIRST, SECOND);
    fails("1 arrays are passed for 2", copy(FLOATS), FIRST);
    var rows =
        new Kernel(
            List.of(new Kernel.Argument("a0", ROWS)), false, List.of());
    fails("`a0` is float[][] and gets a weight", rows, WEIGHT);
  }

  @Test
  void everyKernelIsVerified() {
    var broken = new Kernel(List.of(), false, List.of(new Statement.Assign("t", Ints.of(0))));
    fails("`t` is assigned before it is declared", broken);
  }

  private static Kernel copy(ArrayType type) {
    return new Kernel(
        List.of(new Kernel.Argument("a0", type), new Kernel.Argument("a1", type)),
        false,
        List.of(
            new Statement.Store(
                "a0", Ints.of(0), new Scalar.Load("a1", Ints.of(0), ScalarType.FLOAT))));
  }

  private static void fails(String sentence, Kernel kernel, ArrayReference... arrays) {
    assertEquals(sentence, check(kernel, arrays).getFirst());
  }

  private static List<String> check(Kernel kernel, ArrayReference... arrays) {
    return CallRules.check(schedule(kernel, arrays));
  }

  private static Schedule schedule(Kernel kernel, ArrayReference... arrays) {
    return new Schedule(
        "train",
        ScalarType.FLOAT,
        8,
        List.of(new Buffer(FLOATS, 4, 0, 0), new Buffer(ROWS, 4, 8, 0)),
        Map.of(),
        Map.of(),
        List.of(
            new Phase(
                List.of(
                    new KernelCall(
                        kernel, List.of(arrays), new Place("test.net", 1), new Role.Loops())),
                List.of())),
        false,
        List.of(),
        Flavours.EACH);
  }
}
