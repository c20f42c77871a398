package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Printer;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import org.junit.jupiter.api.Test;

/** What several statements load is loaded in front of them, in the order in which it is needed. */
class SharedLoadsTest {
  private static Scalar load(String row) {
    return new Scalar.Load(row, Ints.local("b"), ScalarType.FLOAT);
  }

  private static Scalar fma(String factor, String row, Scalar sum) {
    Scalar number = new Scalar.Local(factor, ScalarType.FLOAT);
    return new Scalar.Call(Scalar.Function.FMA, List.of(number, load(row), sum), ScalarType.FLOAT);
  }

  private static Statement store(String row, Scalar value) {
    return new Statement.Store(row, Ints.local("b"), value);
  }

  private static List<Statement> twoSums() {
    return List.of(
        store("y1", fma("w2", "x2", fma("w1", "x1", load("y1")))),
        store("y2", fma("w4", "x2", fma("w3", "x1", load("y2")))));
  }

  private static String printed(List<Statement> statements) {
    return Printer.print(new Kernel(List.of(), List.of(), statements));
  }

  @Test
  void whatIsNeededFirstIsLoadedFirst() {
    assertEquals(
        """
        kernel() {
          float shared0 = x1[b];
          float shared1 = x2[b];
          y1[b] = fma(w2, shared1, fma(w1, shared0, y1[b]));
          y2[b] = fma(w4, shared1, fma(w3, shared0, y2[b]));
        }
        """,
        printed(SharedLoads.of(twoSums())));
  }

  @Test
  void noMoreThanAskedFor() {
    assertEquals(
        """
        kernel() {
          float shared0 = x1[b];
          y1[b] = fma(w2, x2[b], fma(w1, shared0, y1[b]));
          y2[b] = fma(w4, x2[b], fma(w3, shared0, y2[b]));
        }
        """,
        printed(SharedLoads.of(twoSums(), 1)));
    assertEquals(printed(twoSums()), printed(SharedLoads.of(twoSums(), 0)));
  }

  /** Elsewhere the position may lie outside of the array. */
  @Test
  void underAConditionItStays() {
    Scalar test = new Scalar.Compare(Scalar.Comparison.AT_LEAST, Ints.local("b"), Ints.of(3));
    Scalar inside = new Scalar.Choose(test, load("x1"), new Scalar.RealLiteral(0, ScalarType.FLOAT));
    List<Statement> statements = List.of(store("y1", inside), store("y2", inside));
    assertEquals(statements, SharedLoads.of(statements));
  }
}
