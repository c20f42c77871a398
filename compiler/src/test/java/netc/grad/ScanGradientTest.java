package netc.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import netc.ir.Printer;
import netc.ir.Program;
import netc.ir.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrences against differences: the adjoint of a scan is a scan the other way round. */
class ScanGradientTest {
  private static final String INPUTS =
      """
      parameter w[3, 3]
      parameter u[3, 2]
      parameter h0[3]
      input x[batch, 4, 2]
      input g0[batch, 3]
      input n[batch, 4] : int 0..2
      """;

  private static final String ALL = "y[batch, t in 4, j in 3] = h[batch, t, j]^2";

  static Stream<String> scans() {
    return Stream.of(
        // one tensor: simple, from a parameter, from an input, two steps back, reverse
        """
        scan t in 4 of h[batch, 4, 3] {
          h[batch, t in 4, j in 3] = sum[k in 3] w[j, k] * h[batch, t - 1, k else 0.0] + u[j, 1] * x[batch, t, 0] / 3.0
        }
        """,
        """
        scan t in 4 of s[batch, 4, 3], h[batch, 4, 3] {
          s[batch, t in 4, j in 3] = sum[k in 3] w[j, k] * h[batch, t - 1, k else h0[k]]
          h[batch, t in 4, j in 3] = tanh(s[batch, t, j] + u[j, 0] * x[batch, t, 1])
        }
        """,
        """
        scan t in 4 of h[batch, 4, 3] {
          h[batch, t in 4, j in 3] = tanh(h[batch, t - 1, j else g0[batch, j]] * h0[j] + x[batch, t, 0])
        }
        """,
        """
        scan t in 4 of h[batch, 4, 3] {
          h[batch, t in 4, j in 3] = h[batch, t - 1, j else h0[j]] * h[batch, t - 2, 2 - j else g0[batch, j]] / 4.0 + x[batch, t, 0]
        }
        """,
        """
        scan t in reverse 4 of h[batch, 4, 3] {
          h[batch, t in 4, j in 3] = tanh(h[batch, t + 1, j else g0[batch, j]] * h0[j] + x[batch, t, 0])
        }
        """,
        // two tensors that depend on each other
        """
        scan t in 4 of c[batch, 4, 3], h[batch, 4, 3] {
          c[batch, t in 4, j in 3] = c[batch, t - 1, j else h0[j]] * x[batch, t, 1] + tanh(h[batch, t - 1, 2 - j else 0.5])
          h[batch, t in 4, j in 3] = tanh(c[batch, t, j]) * sin(c[batch, t - 1, j else 1.0])
        }
        """,
        // not carried: before, behind, and summed inside
        """
        scan t in 4 of a[batch, 4, 3], h[batch, 4, 3], q[batch, 4] {
          a[batch, t in 4, j in 3] = sum[i in 2] u[j, i] * x[batch, t, i]
          q[batch, t in 4] = sum[j in 3] h[batch, t - 1, j else h0[j]] * a[batch, t, j]
          h[batch, t in 4, j in 3] = tanh(a[batch, t, j] + q[batch, t] * h0[j])
        }
        """,
        // a maximum, gathers and a window over the carried tensor
        """
        scan t in 4 of m[batch, 4], h[batch, 4, 3] {
          m[batch, t in 4] = max[j in 3] h[batch, t - 1, j else g0[batch, j]] * h0[j]
          h[batch, t in 4, j in 3] = m[batch, t] * w[j, 1] + h[batch, t - 1, {n[batch, t]} else h0[j]] + x[batch, t, 0]
        }
        """,
        """
        scan t in 4 of h[batch, 4, 3] {
          h[batch, t in 4, j in 3] = x[batch, t, 1] * h[batch, t - 1, clamp(j + 1, 3) else h0[j]] + h[batch, t - 2, j - 1 else g0[batch, j]]
        }
        """,
        // shared by all examples
        """
        scan t in 4 of p[4, 3], h[batch, 4, 3] {
          p[t in 4, j in 3] = p[t - 1, j else h0[j]] * u[j, 0]
          h[batch, t in 4, j in 3] = p[t, j] * x[batch, t, 0]
        }
        """,
        // conditions, a function with its own derivative
        """
        scan t in 4 of h[batch, 4, 3], s[batch, 4, 3] {
          h[batch, t in 4, j in 3] = (if t < 1 then h0[j] else s[batch, t - 1, j] * x[batch, t, 0])
          s[batch, t in 4, j in 3] = tanh(h[batch, t, j]) by h[batch, t, j] deriv 1.0 - s[batch, t, j]^2
        }
        """,
        // an axis in front of the time
        """
        scan t in 2 of h[batch, 4, 2] {
          h[batch, l in 4, t in 2] = h[batch, l, t - 1 else h0[1]] * x[batch, l, t] + h0[0]
        }
        """);
  }

  @ParameterizedTest
  @MethodSource("scans")
  void agreesWithDifferences(String scan) {
    String y = scan.contains("t in 2") ? "y[batch, l in 4] = h[batch, l, 1]^2" : ALL;
    GradientCheck.check(INPUTS + scan + y);
    GradientCheck.check(INPUTS + scan + y.replace("[batch, t in 4, j in 3]", "[batch, j in 3]").replace("h[batch, t, j]", "h[batch, 3, j]"));
    GradientCheck.checkTwice(INPUTS + scan + y);
  }

  @Test
  void weightsAreSummedOutside() {
    Program derived =
        GradientCheck.check(
            INPUTS
                + """
                scan t in 4 of h[batch, 4, 3] {
                  h[batch, t in 4, j in 3] = sum[k in 3] w[j, k] * h[batch, t - 1, k else h0[k]] + x[batch, t, 0]
                }
                """
                + ALL);
    List<Step.Scan> scans =
        derived.steps().stream()
            .filter(Step.Scan.class::isInstance)
            .map(Step.Scan.class::cast)
            .toList();
    assertEquals(2, scans.size());
    assertTrue(scans.getLast().isReverse());
    assertEquals(
        """
        scan t in reverse 4 of grad.h'2[batch, 4, 3], grad.h'1[batch, 4, 3] {
          grad.h'2[batch, t in 4, k in 3] = sum[j in 3] grad.h'1[batch, t + 1, j else 0.0] * w[j, k]
          grad.h'1[batch, t in 4, i2 in 3] = grad.h[batch, t, i2] + grad.h'2[batch, t, i2]
        }""",
        Printer.print(scans.getLast()));
  }
}
