package netc.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /** Floats of every sign and exponent. */
  @Test
  void functionsOfFloatsAreWithin055Ulp() {
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += 4099) {
      float x = Float.intBitsToFloat((int) bits);
      compare("exp", x, Math.exp(x), Numerics.exp(x));
      compare("expm1", x, Math.expm1(x), Numerics.expm1(x));
      compare("tanh", x, Math.tanh(x), Numerics.tanh(x));
      compare("erf", x, Numerics.erf((double) x), Numerics.erf(x));
    }
  }

  private static void compare(String function, float x, double exact, float found) {
    if ((float) exact != found) {
      double ulp = Math.abs(found - exact) / Math.ulp((float) exact);
      assertTrue(Double.isNaN(exact) ? Float.isNaN(found) : ulp <= 0.55, () -> function + "(" + x + ") = " + found);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0", "-0.0, 1, -0.0", "Infinity, Infinity, 1", "-Infinity, 0, -1", "NaN, NaN, NaN"})
  void functionsOfFloatsAtTheEdges(float x, float exp, float tanh) {
    assertEquals(exp, Numerics.exp(x));
    assertEquals(exp - 1 == 0 ? x : exp - 1, Numerics.expm1(x));
    assertEquals(tanh, Numerics.tanh(x));
    assertEquals(tanh, Numerics.erf(x));
  }

  @Test
  void exponentialsEndInDenormalsAndInInfinity() {
    assertEquals(Float.MIN_VALUE, Numerics.exp(-103.5f));
    assertEquals(0f, Numerics.exp(-104.5f));
    assertEquals(Float.POSITIVE_INFINITY, Numerics.exp(89f));
    assertEquals(Float.POSITIVE_INFINITY, Numerics.expm1(89f));
  }
}
