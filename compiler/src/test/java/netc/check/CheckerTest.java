package netc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CheckerTest {
  @Test
  void theLessonsFormulasBecomeOneEquationEach() {
    String steps =
        Checked.steps(
            """
            input x[3]
            target y[2]
            param w[2, 3] ~ uniform(-1, 1)
            z[j] = sum[k] w[j,k] * x[k]
            a[j] = tanh(z[j])
            output a
            loss C0 = sum[j] (a[j] - y[j])^2
            """);
    assertEquals(
        """
        z[batch, j in 2] = sum[k in 3] w[j, k] * x[batch, k]    // test.net:6
        a[batch, j in 2] = tanh(z[batch, j])    // test.net:7
        C0[batch] = sum[j in 2] (a[batch, j] - y[batch, j])^2    // test.net:9""",
        steps);
  }

  @Test
  void aDerivativeOfItsOwnReadsWhatItsEquationDefines() {
    String steps =
        Checked.steps(
            """
            input x[3]
            y[i] = sigmoid(x[i])
            output y
            """);
    assertEquals(
        "y[batch, i in 3] = 1.0 / (1.0 + exp(-(x[batch, i]))) by x[batch, i] deriv y[batch, i] * (1.0"
            + " - y[batch, i])    // test.net:4",
        steps);
  }

  /** Code of the JIT compiler throws overflows without a message; what is said must not depend on that. */
  @Test
  void anOverflowIsOneEvenWithoutAMessage() {
    var span = new netc.source.Span(new netc.source.SourceFile("o.net", "9 * 9"), 0, 5);
    var told = netc.check.errors.SizeErrors.arithmetic(span, "", new ArithmeticException("long overflow"));
    var untold = netc.check.errors.SizeErrors.arithmetic(span, "", new ArithmeticException());
    assertEquals(told, untold);
  }
}
