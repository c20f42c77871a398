package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import netc.schedule.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients of small windows that move over images, with plain loops: sums for every example and every
 * place along one axis, of odd sizes, at borders, of blocks that are not full.
 */
class PlacesInRowsTest {
  private static String net(String lines) {
    return "package test\nnet N {\n" + lines + "\noutput p\nloss e = sum[t, j] (p[t, j] - 1)^2\n}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // a border on each side, and a wider one
        "x[1, 9, 8]; w[3, 1, 3, 3]; 9, 8; sum[c, u, v] w[o, c, u, v] * x[c, i+u-1, k+v-1 else 0]; 256",
        "x[2, 7, 8]; w[3, 2, 3, 2]; 9, 9; sum[c, u, v] w[o, c, u, v] * x[c, i+u-3, k+v-1 else 0]; 288",
        // two pixels at a time, a window with gaps
        "x[1, 17, 15]; w[5, 1, 3, 3]; 9, 8; sum[c, u, v] w[o, c, u, v] * x[c, 2*i+u-1, 2*k+v-1 else 0]; 256",
        "x[1, 12, 13]; w[4, 1, 3, 3]; 8, 9; sum[c, u, v] w[o, c, u, v] * x[c, i+2*u, k+2*v]; 256",
        // turned round: a transposed convolution
        "x[1, 6, 6]; w[5, 1, 3, 3]; 8, 8; sum[c, u, v] w[o, c, u, v] * x[c, i-u, k-v else 0]; 256",
        // pixels without a window
        "x[10, 5, 6]; w[4, 10]; 5, 6; sum[c] w[o, c] * x[c, i, k]; 160",
      })
  void windowsAgree(String input, String weight, String places, String value, int length) {
    String[] sizes = places.split(", ");
    String net =
        net(
            "input " + input + "\nparam " + weight + " ~ normal(0, 0.4)\n" + "y[o, i in " + sizes[0]
                + ", k in " + sizes[1] + "] = " + value + "\np[t, j] = sum[o] y[o, t, j]^2");
    assertEquals(new Role.Rows(length, false), PlainGradients.role(net, "w"));
    PlainGradients.agree(net);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // one filter: the results of a pair have the same row of the adjoint
        "input x[12, 13]\nparam w[5, 5] ~ normal(0, 1)\n"
            + "p[t in 8, j in 9] = sum[u, v] w[u, v] * x[t + u, j + v]",
        // groups of channels
        "input x[3, 14, 14]\nparam w[3, 3, 3, 3] ~ normal(0, 0.4)\n"
            + "y[g, o, i in 14, k in 14] = sum[u, v] w[g, o, u, v] * x[g, i+u-1, k+v-1 else 0]\n"
            + "p[t, j] = sum[g, o] y[g, o, t, j]^2",
      })
  void othersAgree(String lines) {
    assertEquals(Role.Rows.class, PlainGradients.role(net(lines), "w").getClass());
    PlainGradients.agree(net(lines));
  }

  /** Short rows, copies that take as long as the products, copies too large for the cache. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "input x[9, 3]\nparam w[2, 2, 2] ~ normal(0, 1)\n"
            + "y[o, i in 3, k in 3] = sum[u, v] w[o, u, v] * x[3*i+u, k+v-1 else 0]\n"
            + "p[t, j] = sum[o] y[o, t, j]^2",
        "input x[9, 9]\nparam w[2, 2] ~ normal(0, 1)\n"
            + "p[t in 8, j in 8] = sum[u, v] w[u, v] * x[t + u, j + v]",
        "input x[100, 100]\nparam w[3, 3] ~ normal(0, 1)\n"
            + "p[t in 98, j in 98] = sum[u, v] w[u, v] * x[t + u, j + v]",
      })
  void thereAreLoopsOverLanesElsewhere(String lines) {
    assertEquals(new Role.Loops(), PlainGradients.role(net(lines), "w"));
  }
}
