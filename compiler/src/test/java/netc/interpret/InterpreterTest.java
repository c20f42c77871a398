package netc.interpret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import netc.ir.Program;
import netc.ir.Reader;
import netc.ir.Verifier;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;
  private final Map<String, Values> inputs = new LinkedHashMap<>();

  private void given(String name, double... data) {
    inputs.put(name, Values.vector(data));
  }

  /** The value of {@code y} in a program with the input {@code a} of four numbers and the given steps. */
  private double[] y(String... steps) {
    Program program = Reader.read("input a[4]\ninput n[3] : int 0..3\n" + String.join("\n", steps));
    given("n", 3, 0, 2);
    Verifier.verified(program, Verifier.Stage.FORM, "the test");
    return Interpreter.run(program, inputs, 2).data("y");
  }

  @Test
  void sumsAndProducts() {
    given("a", 1, 2, 3, 4);
    assertArrayEquals(new double[] {10}, y("y = sum[i in 4] a[i]"));
    assertArrayEquals(new double[] {8}, y("y = prod[i in 4 if i == 1 or i == 3] a[i]"));
    assertArrayEquals(new double[] {0}, y("y = sum[i in 4 if i > 5] a[i]"));
    assertArrayEquals(new double[] {1}, y("y = prod[i in 4 if i > 5] a[i]"));
    assertArrayEquals(new double[] {-INF}, y("y = max[i in 4 if i > 5] a[i]"));
    assertArrayEquals(new double[] {INF}, y("y = min[i in 4 if i > 5] a[i]"));
    assertArrayEquals(new double[] {0}, y("y : int = argmax[i in 4 if i > 5] a[i]"));
    assertArrayEquals(new double[] {0}, y("y : bool = any[i in 4 if i > 5] a[i] > 0.0"));
    assertArrayEquals(new double[] {1}, y("y : bool = all[i in 4 if i > 5] a[i] > 9.0"));
    assertArrayEquals(new double[] {1}, y("y : bool = any[i in 4] a[i] > 3.0"));
    assertArrayEquals(new double[] {0}, y("y : bool = all[i in 4] a[i] > 1.0"));
  }

  @Test
  void theFirstExtremumCounts() {
    given("a", 2, 5, 5, 2);
    assertArrayEquals(new double[] {1}, y("y : int = argmax[i in 4] a[i]"));
    assertArrayEquals(new double[] {0}, y("y : int = argmin[i in 4] a[i]"));
    assertArrayEquals(new double[] {2}, y("y : int = argmax[p in 2, q in 2 if p + q > 1 or p == 1] a[2*p + q]"));
  }

  @Test
  void minusInfinityIsAMaximumToo() {
    given("a", 0, -INF, -INF, 0);
    assertArrayEquals(new double[] {1}, y("y : int = argmax[i in 4 if i == 1 or i == 2] a[i]"));
  }

  @Test
  void nanIsAnExtremum() {
    given("a", 7, NAN, 9, NAN);
    assertArrayEquals(new double[] {NAN}, y("y = max[i in 4] a[i]"));
    assertArrayEquals(new double[] {NAN}, y("y = min[i in 4] a[i]"));
    assertArrayEquals(new double[] {1}, y("y : int = argmax[i in 4] a[i]"));
    assertArrayEquals(new double[] {1}, y("y : int = argmin[i in 4] a[i]"));
    assertArrayEquals(new double[] {9}, y("y = max[i in 4 if i == 0 or i == 2] a[i]"));
  }

  @Test
  void subscriptsOfEveryKind() {
    given("a", 10, 11, 12, 13);
    assertArrayEquals(new double[] {13, 12, 11}, y("y[i in 3] = a[3 - i]"));
    assertArrayEquals(new double[] {10, 10, 11, 11}, y("y[i in 4] = a[div(i, 2)]"));
    assertArrayEquals(new double[] {10, 11, 10, 11}, y("y[i in 4] = a[mod(i, 2)]"));
    assertArrayEquals(new double[] {10, -1, 11, -1}, y("y[i in 4] = a[exact(i, 2) else -1.0]"));
    assertArrayEquals(new double[] {-1, 10, 11, 12}, y("y[i in 4] = a[i - 1 else -1.0]"));
    assertArrayEquals(new double[] {10, 10, 11, 12}, y("y[i in 4] = a[clamp(i - 1, 4)]"));
    assertArrayEquals(new double[] {13, 10, 11, 12}, y("y[i in 4] = a[wrap(i - 1, 4)]"));
    assertArrayEquals(new double[] {13, 10, 12}, y("y[i in 3] = a[{n[i]}]"));
    assertArrayEquals(new double[] {10, 11, -1}, y("y[i in 3] = a[plus({n[i]}, 4*i - 3) else -1.0]"));
    assertArrayEquals(new double[] {10, 11, 12, 13}, y("y[(p in 2, q in 2)] = a[2*p + q]"));
  }

  @Test
  void onlyTheTakenBranchIsEvaluated() {
    given("a", 4, -1, 9, 0);
    assertArrayEquals(
        new double[] {0, 4, -1, 9}, y("y[i in 4] = (if i > 0 then a[i - 1] else 0.0)"));
  }

  @Test
  void theBatch() {
    Program program =
        Reader.read(
            """
            input x[batch, 2]
            y[batch] = sum[k in 2] x[batch, k] * real(batch) / real(rows)
            m = max[batch] y[batch]
            result m = m
            """);
    inputs.put("x", new Values(new int[] {2, 2}, new double[] {1, 2, 3, 4}));
    var run = Interpreter.run(program, inputs, 2);
    assertArrayEquals(new double[] {0, 3.5}, run.data("y"));
    assertArrayEquals(new double[] {3.5}, run.data("m"));
  }

  @Test
  void scatterAddsInOrderAndLeavesOutWhatIsOutside() {
    given("a", 1, 2, 3, 4);
    assertArrayEquals(
        new double[] {2, 0, 3, 1}, y("scatter y[4] for [i in 3] at [{n[i]}] += a[i]"));
    assertArrayEquals(
        new double[] {0, 4}, y("scatter y[2] for [i in 4 if i != 2] at [i - 2] += a[i]"));
  }

  @Test
  void functionsWithADerivativeHaveTheirValue() {
    given("a", 0, 1, 2, 3);
    assertArrayEquals(
        new double[] {0, 1, 4, 9}, y("y[i in 4] = a[i]^2 by a[i] deriv 2.0 * a[i]"));
  }

  @Test
  void primitivesAtTheirEdges() {
    given("a", 0, 0, 0, 0);
    assertArrayEquals(new double[] {1}, y("y = pow(0.0, 0.0)"));
    assertArrayEquals(new double[] {1}, y("y = 0.0^0"));
    assertArrayEquals(new double[] {0.25}, y("y = 2.0^-2"));
    assertArrayEquals(new double[] {NAN}, y("y = pow(-8.0, 0.5)"));
    assertArrayEquals(new double[] {2}, y("y = round(2.5)"));
    assertArrayEquals(new double[] {NAN}, y("y = max(1.0, nan)"));
    assertArrayEquals(new double[] {-2}, y("y : int = div(-3, 2)"));
    assertArrayEquals(new double[] {1}, y("y : int = mod(-3, 2)"));
    assertArrayEquals(new double[] {0.8427007929497149}, y("y = erf(1.0)"), 1e-15);
  }

  @Test
  void aMissingInputIsNamed() {
    Program program = Reader.read("input a[4]\ny = a[0]");
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> Interpreter.run(program, Map.of(), 1));
    assertEquals("there is no value for `a`", error.getMessage());
  }
}
