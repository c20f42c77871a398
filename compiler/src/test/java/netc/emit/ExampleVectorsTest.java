package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import netc.schedule.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines of one example in vectors, element by element and reduced, say what the interpreter says: of axes
 * shorter than a vector, as long as one, and no multiple of one.
 */
class ExampleVectorsTest {
  /** How many kernels of the form for one example compute along a row. */
  private static long inVectors(String body) {
    return OneExample.schedule(body).calls().stream()
        .flatMap(call -> call.kernels().stream())
        .filter(call -> call.role() instanceof Role.RowVectors)
        .count();
  }

  // ---------- along the terms of a reduction ----------

  private static String rows(String operator, int length, String term) {
    return "input x[3, " + length + "]\ny[i] = " + operator + "[k] (" + term + ")\noutput y";
  }

  @ParameterizedTest
  @CsvSource({
    "sum, 16", "sum, 15", "sum, 17", "sum, 47", "sum, 128", "prod, 33", "max, 31", "max, 64", "min, 19"
  })
  void reductionsOfRowsAgree(String operator, int length) {
    OneExample.agrees(rows(operator, length, "x[i, k]"));
    OneExample.agrees(rows(operator, length, "exp(x[i, k] - x[i, 0]) + 0.5"));
    assertEquals(length < 16 ? 0 : 1, inVectors(rows(operator, length, "exp(x[i, k])")));
  }

  @Test
  void sumsOverSeveralAxesAndWithinBordersAgree() {
    OneExample.agrees("input x[5, 18]\ny = sum[i, k] x[i, k]^2\noutput y");
    OneExample.agrees("input x[5, 18]\ny[i in 5] = sum[j in 3, k] x[i + j - 1, k else 0]\noutput y");
    OneExample.agrees("input x[20]\ny = sum[k in 20 if k != 3] x[k] * x[19 - k]\noutput y");
    OneExample.agrees("input x[20], a[20]\ny = max[k] (if a[k] > 0 then x[k] else -2)\noutput y");
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 16, 21, 64})
  void softmaxAndNormsOfRowsAgree(int width) {
    OneExample.agrees("input x[5, " + width + "]\ny[t] = softmax(x[t])\noutput y");
    OneExample.agrees("input x[5, " + width + "]\nlet n = layer_norm()\ny[t] = n(x[t])\noutput y\nloss e = sum[t, k] y[t, k]^2");
  }

  // ---------- along the results ----------

  /** A convolution in front puts the channels last. */
  private static String pool(int channels, String pool) {
    return "input x[2, 9, 8]\nlet c = conv2d(" + channels + ", 3)\np = x |> c |> relu |> " + pool
        + "\noutput p\nloss e = sum[i, j, k] p[i, j, k]^2";
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 20, 32, 40})
  void poolsAgree(int channels) {
    OneExample.agrees(pool(channels, "max_pool2d(3, stride = 2, padding = 1)"));
    OneExample.agrees(pool(channels, "avg_pool2d(2)"));
    OneExample.agrees("input x[2, 9, 8]\nlet c = conv2d(" + channels + ", 3)\np = x |> c |> global_avg_pool\noutput p");
  }

  /** Twice the last vector of a sum would count some terms twice: such rows stay plain loops. */
  @Test
  void channelsOfAPoolAreInTheLanes() {
    String body = "input x[2, 9, 8]\nlet c = conv2d(%d, 3)\nh = x |> c\np[k] = %s[i, j] h[k, i, j]\noutput p";
    assertTrue(inVectors(String.format(body, 40, "max")) > 0);
    assertTrue(inVectors(String.format(body, 32, "sum")) > inVectors(String.format(body, 40, "sum")));
  }

  // ---------- in place ----------

  /** What follows is written over what nobody reads any more, where no vector comes back to it. */
  @ParameterizedTest
  @ValueSource(ints = {16, 17, 31, 32, 100})
  void linesOfALongChainAgree(int width) {
    OneExample.agrees(
        "input x[3, " + width + "]\na = x * 2 + 1\nb = stop(a) * a\nc = b - x\nd = c * c + b\noutput d\noutput c");
  }

  @Test
  void aChainInPlaceAgrees() {
    String chain =
        """
        input x[4, %d]
        m[i] = max[k] x[i, k]
        a[i, k] = x[i, k] - m[i]
        s[i] = sum[k] a[i, k]
        b[i, k] = a[i, k] * s[i] + 1
        n[i] = max[k] b[i, k]
        c[i, k] = b[i, k] + n[i]
        output c
        """;
    OneExample.agrees(chain.formatted(16));
    OneExample.agrees(chain.formatted(19));
    assertEquals(6, inVectors(chain.formatted(19)), () -> OneExample.schedule(chain.formatted(19)).calls().toString());
  }
}
