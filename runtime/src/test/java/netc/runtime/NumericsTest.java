package netc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumericsTest {
  /** Values as tabulated (C library and Abramowitz and Stegun). */
  @ParameterizedTest
  @CsvSource({
    "1e-300, 1.1283791670955125739e-300",
    "1e-9, 1.1283791670955125735e-9",
    "0.25, 0.27632639016823693",
    "0.46875, 0.49261347321793797",
    "0.5, 0.52049987781304653768",
    "1, 0.84270079294971486934",
    "2, 0.99532226501895273416",
    "3.5, 0.99999925690162765859",
    "5, 0.99999999999846254021",
    "30, 1"
  })
  void erfIsAccurateAndOdd(double x, double expected) {
    assertEquals(expected, Numerics.erf(x), 1e-15 * expected);
    assertEquals(-Numerics.erf(x), Numerics.erf(-x));
  }

  @Test
  void erfAtTheEdges() {
    assertEquals(0.0, Numerics.erf(0.0));
    assertEquals(-0.0, Numerics.erf(-0.0));
    assertEquals(-1.0, Numerics.erf(Double.NEGATIVE_INFINITY));
    assertEquals(Double.NaN, Numerics.erf(Double.NaN));
  }

  @Test
  void powersMultiply() {
    assertEquals(-32.0, Numerics.power(-2.0, 5));
    assertEquals(0.04, Numerics.power(5.0, -2));
    assertEquals(1.0, Numerics.power(Double.NaN, 0));
    assertEquals(0.0, Numerics.power(2.0, Integer.MIN_VALUE));
    assertEquals(9f, Numerics.power(3f, 2));
  }
}
