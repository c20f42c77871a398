package netc.emit;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrences as classes: in both precisions they say what the interpreter says, gradients included. */
class ScanTest {

  private static Arguments net(String name, String body) {
    return Arguments.of(name, "package demo\nnet Scanned {\n" + body.indent(2) + "}\n");
  }

  static Stream<Arguments> nets() {
    return Stream.of(
        net(
            "a simple recurrence, the whole sequence",
            """
            input x[5, 3]
            target y[5, 4]
            param w[4, 4], u[4, 3] ~ normal(0, 0.5)
            param b[4] ~ normal(0, 1)
            scan t in 5 {
              h[t, j in 4] = tanh(sum[k] w[j,k] * h[t-1, k else 0] + (sum[i] u[j,i] * x[t,i]) + b[j])
            }
            output h
            loss l = sum[t, j] (h[t,j] - y[t,j])^2
            """),
        net(
            "a temporary of one step, the last step only",
            """
            input x[5, 3]
            target y[4]
            param w[4, 4], u[4, 3] ~ normal(0, 0.5)
            scan t in 5 {
              z[j] = sum[k] w[j,k] * h[t-1, k else 0] + sum[i] u[j,i] * x[t,i]
              h[t,j] = tanh(z[j])
            }
            output p = h[4]
            loss l = sum[j] (h[4,j] - y[j])^2
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nets")
  void classAgreesWithInterpreter(String name, String text) {
    GeneratedVersusInterpreter.check(text);
  }
}
