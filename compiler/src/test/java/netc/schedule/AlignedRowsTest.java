package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Printer;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.source.Place;
import org.junit.jupiter.api.Test;

/** Loops of one example along rows at different places, and what becomes of them. */
class AlignedRowsTest {
  private static final ArrayType FLAT = new ArrayType(ScalarType.FLOAT, 1);
  private static final Scalar K = Ints.local("k");
  private static final Scalar PIXEL = Ints.plus(Ints.times(Ints.local("i"), 20), K);
  private static final Scalar IMAGE = load("a1", PIXEL);
  private static final Scalar CHANNELS = load("a2", K);

  private static Scalar load(String array, Scalar index) {
    return new Scalar.Load(array, index, ScalarType.FLOAT);
  }

  private static Scalar times(Scalar left, Scalar right) {
    return new Scalar.Arithmetic(Scalar.Operator.MULTIPLY, left, right);
  }

  /** The inner loop of {@code a0[index] = value}, as it is written then; empty where it stays. */
  private static String aligned(int length, Scalar index, Scalar value) {
    var inner =
        new Statement.For(
            "k", Ints.of(0), Ints.of(length), 1, List.of(new Statement.Store("a0", index, value)));
    List<Kernel.Argument> arguments =
        List.of(
            new Kernel.Argument("a0", FLAT), new Kernel.Argument("a1", FLAT), new Kernel.Argument("a2", FLAT));
    var kernel =
        new Kernel(arguments, false, List.of(new Statement.For("i", Ints.of(0), Ints.of(7), 1, List.of(inner))));
    var arrays = new Arrays(Layout.SINGLE, ScalarType.FLOAT, 1, Map.of(), Set.of());
    List<ArrayReference> given =
        List.of(
            arrays.scratch(FLAT, 7 * length), arrays.scratch(FLAT, 7 * length), arrays.scratch(FLAT, length));
    var call = new KernelCall(kernel, given, new Place("a.net", 1), new Role.Loops(), Optional.empty());
    List<Phase> phases = AlignedRows.of(List.of(new Phase(List.of(call), List.of())), arrays);
    KernelCall found = phases.getFirst().calls().getFirst().kernels().getFirst();
    return found.equals(call) ? "" : Printer.print(found.kernel());
  }

  @Test
  void whatLiesElsewhereIsCopiedAndTheResultBack() {
    assertEquals(
        """
        kernel(float[] a0, float[] a1, float[] a2, float[] a3) {
          for (int i = 0; i < 7; i++) {
            for (int k = 0; k < 32; k++) {
              a3[k] = a1[(i * 20) + k];
            }
            for (int k = 0; k < 32; k++) {
              a3[k] = a3[k] * a2[k];
            }
            for (int k = 0; k < 32; k++) {
              a0[(i * 20) + k] = a3[k];
            }
          }
        }
        """,
        aligned(32, PIXEL, times(IMAGE, CHANNELS)));
  }

  @Test
  void whatIsReadTwiceIsCopiedOnce() {
    assertEquals(
        """
        kernel(float[] a0, float[] a1, float[] a2, float[] a3, float[] a4) {
          for (int i = 0; i < 7; i++) {
            for (int k = 0; k < 32; k++) {
              a3[k] = a1[(i * 20) + k];
            }
            for (int k = 0; k < 32; k++) {
              a4[k] = a2[i + k];
            }
            for (int k = 0; k < 32; k++) {
              a0[k] = (a3[k] * a3[k]) * a4[k];
            }
          }
        }
        """,
        aligned(32, K, times(times(IMAGE, IMAGE), load("a2", Ints.plus(Ints.local("i"), K)))));
  }

  @Test
  void loopsThatStayAsTheyAre() {
    Scalar value = times(IMAGE, CHANNELS);
    assertEquals("", aligned(31, PIXEL, value), "two copies take longer");
    assertEquals("", aligned(5000, PIXEL, value), "longer than the cache holds");
    assertEquals("", aligned(32, PIXEL, IMAGE), "a copy");
    assertEquals("", aligned(32, PIXEL, times(IMAGE, load("a2", PIXEL))), "all at the same place");
    assertEquals("", aligned(32, K, times(CHANNELS, load("a1", K))), "all at the same place, the loop's");
    assertEquals("", aligned(32, Ints.times(PIXEL, 2), value), "results apart from each other");
    assertEquals("", aligned(32, PIXEL, times(value, load("a1", Ints.times(K, 3)))), "operands apart");
    assertEquals("", aligned(32, PIXEL, times(value, load("a1", Ints.local("i")))), "one number for all");
    Scalar isLess = new Scalar.Compare(Scalar.Comparison.LESS, IMAGE, CHANNELS);
    assertEquals("", aligned(32, PIXEL, new Scalar.Choose(isLess, IMAGE, CHANNELS)), "a choice");
    Scalar log = new Scalar.Call(Scalar.Function.LOG, List.of(value), ScalarType.FLOAT);
    assertEquals("", aligned(32, PIXEL, log), "a function without vectors");
  }
}
