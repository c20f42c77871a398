package netc.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import netc.runtime.Metadata.Variable;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  /** Checkpoints and papers depend on these: a change of the generator must not go unnoticed. */
  @Test
  void drawsAreFixedForEver() {
    var stream = new RandomStream(42, "h.dense.weight");
    var other = new RandomStream(42, "h.dense.bias");
    assertEquals(1685128501271383115L, stream.bits(0));
    assertEquals(8299996956860433504L, stream.bits(1));
    assertEquals(0.09135099909978373, stream.uniform(0));
    assertEquals(-0.4162420927243778, stream.normal(0));
    assertEquals(0.13540795486770302, stream.normal(1));
    assertArrayEquals(
        new int[] {5, 4, 3, 1, 2, 6, 0, 7}, new RandomStream(3, "shuffle").permutation(8));
    assertNotEquals(other.bits(0), stream.bits(0));
    assertNotEquals(new RandomStream(43, "h.dense.weight").bits(0), stream.bits(0));
  }

  @Test
  void momentsAreThoseOfTheDistributions() {
    var stream = new RandomStream(1, "moments");
    int n = 200_000;
    double uniform = 0;
    double normal = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      uniform += stream.uniform(i) / n;
      normal += stream.normal(i) / n;
      square += stream.normal(i) * stream.normal(i) / n;
    }
    assertEquals(0.5, uniform, 0.005);
    assertEquals(0, normal, 0.01);
    assertEquals(1, square, 0.02);
  }

  @Test
  void permutationsHaveEveryRowOnce() {
    int[] order = new RandomStream(3, "shuffle").permutation(1000);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, sorted[i]);
    }
  }

  @Test
  void initialisersHaveTheirDeviation() {
    assertEquals(2.0 / (300 + 100), variance("glorot_normal", 0, 0), 2e-4);
    assertEquals(2.0 / (300 + 100), variance("glorot_uniform", 0, 0), 2e-4);
    assertEquals(2.0 / 300, variance("he_normal", 0, 0), 2e-4);
    assertEquals(2.0 / 300, variance("he_uniform", 0, 0), 2e-4);
    assertEquals(0.25, variance("normal", 3, 0.5), 1e-2);
    assertEquals(1.0 / 3, variance("uniform", -1, 1), 1e-2);
  }

  private static double variance(String initializer, double first, double second) {
    double[] values = Initializers.draw(variable(initializer, first, second, 100, 300), 9);
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }

  private static Variable variable(String kind, double first, double second, int... shape) {
    return new Variable("w", shape, true, kind, first, second, 300, 100, 1);
  }

  @Test
  void orthogonalRowsAreOrthonormal() {
    double[] q = Initializers.draw(variable("orthogonal", 0, 0, 4, 3, 2), 9);
    double[] tall = Initializers.draw(variable("orthogonal", 0, 0, 5, 2), 9);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double dot = 0;
        for (int k = 0; k < 6; k++) {
          dot += q[6 * i + k] * q[6 * j + k];
        }
        assertEquals(i == j ? 1 : 0, dot, 1e-12);
      }
    }
    double dot = 0;
    for (int k = 0; k < 5; k++) {
      dot += tall[2 * k] * tall[2 * k + 1];
    }
    assertEquals(0, dot, 1e-12);
  }

  @Test
  void constantsAreConstant() {
    assertArrayEquals(new double[2], Initializers.draw(variable("zeros", 0, 0, 2), 1));
    assertArrayEquals(new double[] {1, 1}, Initializers.draw(variable("ones", 0, 0, 2), 1));
    assertArrayEquals(new double[] {3.5}, Initializers.draw(variable("constant", 3.5, 0), 1));
  }
}
