package netc.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import netc.ir.Printer;
import netc.ir.Program;
import netc.ir.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientTest {
  private static final String INPUTS =
      """
      parameter w[3, 4]
      parameter b[4]
      input x[batch, 4]
      input s
      input img[2, 5, 5]
      input n[3] : int 0..3
      input m[batch] : int 0..3
      input c[4] : bool
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // contractions, elementwise, transposes, diagonals
        "y[batch, j in 3] = sum[k in 4] w[j, k] * x[batch, k]",
        "y[batch, k in 4] = x[batch, k] * b[k] + s",
        "y[k in 4, j in 3] = w[j, k]^2 / (b[k]^2 + 1.0)",
        "y[i in 3] = w[i, i] * w[i, i + 1]",
        "y = sum[j in 3, k in 4] w[j, k]^3",
        "y = sum[i in 4, j in 4] (b[i] - b[j])^2",
        "y[k in 4] = sum[batch] x[batch, k]^2 * b[k]",
        "y[batch] = sum[k in 4 if k != 2] exp(x[batch, k]) * b[k]",
        // affine maps, guards, outside-values
        "y[i in 3] = b[i + 1] - b[i]",
        "y[i in 4] = b[3 - i] * b[i]",
        "y[i in 4] = b[i - 1 else 0.0] * b[i + 1 else s^2]",
        "y[i in 2] = b[2*i + 1] * b[2*i]",
        "y[j in 4] = sum[k in 4] b[k] * b[j - k else s]",
        "y[i in 6] = b[i else 1.0]",
        "y[i in 3] = b[i]",
        "y[i in 3] = w[1, i] * w[2, 3]",
        // convolutions: same, stride, transposed
        "y[c in 2, i in 5, j in 5] = sum[u in 3, v in 3] w[u, v] * img[c, i + u - 1, j + v - 1 else 0.0]",
        "y[c in 2, i in 2, j in 2] = sum[u in 3, v in 3] w[u, v] * img[c, 2*i + u, 2*j + v]",
        "y[c in 2, i in 3, j in 3] = sum[u in 3, v in 3] w[u, v] * img[c, 2*i + u - 1, 2*j + v - 1 else 0.0]",
        "y[c in 2, i in 9, j in 9] = sum[u in 3, v in 3] w[u, v] * img[c, exact(i - u, 2), exact(j - v + 1, 2) else 0.0]",
        "y[c in 2, i in 2, j in 2] = sum[u in 2, v in 2] w[u, v] * img[c, 3*i + u, 3*j + v]",
        // windows longer than what comes out, of which the adjoint reads only the place
        "y[i in 2] = sum[u in 3] b[i + u]",
        "y[i in 2] = sum[u in 4] b[2*i + u - 1 else s]",
        "y[c in 2, i in 2, j in 4] = sum[u in 4, v in 2] img[c, 3*i + u - 2, j + v else 0.0]",
        // pooling
        "y[c in 2, i in 2, j in 2] = max[u in 2, v in 2] img[c, 2*i + u, 2*j + v]",
        "y[c in 2, i in 4, j in 4] = max[u in 2, v in 2] img[c, i + u, j + v]",
        "y[c in 2, i in 3, j in 3] = max[u in 3, v in 3] img[c, 2*i + u - 1, 2*j + v - 1 else -inf]",
        "y[c in 2, j in 5] = min[i in 5 if i != 1] img[c, i, j]^2 * s",
        "y[c in 2, i in 2, j in 2] = sum[u in 2, v in 2] img[c, 2*i + u, 2*j + v] / 4.0",
        "y[batch] = max[k in 4] x[batch, k] * b[k]",
        // fused axes
        "y[(c in 2, i in 5, j in 5)] = img[c, i, j]^2",
        "y[p in 2, q in 2] = b[2*p + q]^2",
        "y[q in 2] = b[q + 2] * b[q]",
        "y[p in 2, j in 3] = img[p, 2, j]",
        "y[(p in 2, q in 2), j in 3] = w[j, 2*p + q]",
        // upsampling, and what has no inverse
        "y[i in 8] = b[div(i, 2)]^2 * b[mod(i, 4)]",
        "y[i in 7] = b[div(i, 2)]^2",
        "y[i in 6] = b[clamp(i - 1, 4)]^2",
        "y[i in 6] = b[wrap(i - 1, 4)]^2",
        "y[t in 3, d in 4] = w[{2 - min(n[t], 2)}, d]^2",
        "y[t in 3] = b[{n[t]}]^2 * b[t]",
        "y[batch] = b[{m[batch]}] * x[batch, {m[batch]}]",
        "y[t in 3] = b[plus({n[t]}, t - 1) else 0.0]^2",
        // products with and without zeros
        "y[batch] = prod[k in 4] x[batch, k]",
        "y[j in 3] = prod[k in 4 if k != j] w[j, k] - s",
        // branches
        "y[i in 4] = (if c[i] then b[i]^2 else s * b[i])",
        "y[batch, k in 4] = (if x[batch, k] > 0.0 then x[batch, k]^2 else b[k])",
        "y = sum[i in 4 if c[i]] b[i]^3",
        // functions with a derivative of their own
        "y[i in 4] = 1.0 / (1.0 + exp(-(b[i]))) by b[i] deriv y[i] * (1.0 - y[i])",
      })
  void agreesWithDifferences(String step) {
    GradientCheck.check(INPUTS + step);
    GradientCheck.checkTwice(INPUTS + step);
  }

  @Test
  void severalUsesAddUp() {
    GradientCheck.checkTwice(
        INPUTS
            + """
            h[batch, j in 3] = sum[k in 4] w[j, k] * x[batch, k]
            a[batch, j in 3] = tanh(h[batch, j])
            z[batch, k in 4] = sum[j in 3] w[j, k] * a[batch, j]
            y[batch] = sum[k in 4] (z[batch, k] + x[batch, k] * s)^2
            """);
  }

  @Test
  void softmaxAndCrossEntropy() {
    GradientCheck.checkTwice(
        INPUTS
            + """
            m0[batch] = max[k in 4] stop(x[batch, k])
            e[batch] = sum[k in 4] exp(x[batch, k] - m0[batch])
            l[batch] = m0[batch] + log(e[batch])
            p[batch, k in 4] = exp(x[batch, k] - l[batch])
            y[batch] = l[batch] - x[batch, {m[batch]}] + p[batch, 1] * s
            """);
  }

  private static Step last(String step) {
    List<Step> steps = GradientCheck.check(INPUTS + step).steps();
    return steps.getLast();
  }

  private static String gradientOf(String tensor, String step) {
    Program derived = GradientCheck.check(INPUTS + step);
    var target =
        derived.results().stream().filter(r -> r.name().equals(tensor)).findFirst().orElseThrow().tensor();
    return derived.steps().stream()
        .filter(s -> s.targets().contains(target))
        .map(Printer::print)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theGradientsOfAContractionAreContractions() {
    String step = "y[batch, j in 3] = sum[k in 4] w[j, k] * x[batch, k]";
    assertEquals(
        "grad.w[j in 3, k in 4] = sum[batch] seed[batch, j] * x[batch, k]", gradientOf("w", step));
    assertEquals(
        "grad.x[batch, k in 4] = sum[j in 3] seed[batch, j] * w[j, k]", gradientOf("x", step));
  }

  @Test
  void theGradientOfAConvolutionIsACorrelation() {
    assertEquals(
        "grad.img[c in 2, i' in 5, j' in 5] = sum[u in 3, v in 3] "
            + "seed[c, i' - u + 1, j' - v + 1 else 0.0] * w[u, v]",
        gradientOf(
            "img",
            "y[c in 2, i in 5, j in 5] = sum[u in 3, v in 3] w[u, v] * img[c, i + u - 1, j + v - 1 else 0.0]"));
  }

  @Test
  void aStrideBecomesAnExactDivision() {
    assertEquals(
        "grad.img[c in 2, i' in 5, j' in 5] = sum[u in 3, v in 3] "
            + "seed[c, exact(i' - u + 1, 2), exact(j' - v + 1, 2) else 0.0] * w[u, v]",
        gradientOf(
            "img",
            "y[c in 2, i in 3, j in 3] = sum[u in 3, v in 3] w[u, v] * img[c, 2*i + u - 1, 2*j + v - 1 else 0.0]"));
  }

  @Test
  void poolingWindowsThatDoNotOverlapAreReadOnce() {
    assertEquals(
        "grad.img[c in 2, i' in 5, j' in 5] = (if y'at[c, div(i', 2), div(j', 2) else -1] == "
            + "2*mod(i', 2) + mod(j', 2) then seed[c, div(i', 2), div(j', 2) else 0.0] else 0.0)",
        gradientOf("img", "y[c in 2, i in 2, j in 2] = max[u in 2, v in 2] img[c, 2*i + u, 2*j + v]")
            .replace("2 * mod(", "2*mod("));
  }

  @Test
  void fusedAxesStayFused() {
    assertEquals(
        "grad.b[(p in 2, q in 2)] = seed[p, q] * (2.0 * b[2*p + q])",
        gradientOf("b", "y[p in 2, q in 2] = b[2*p + q]^2"));
  }

  @Test
  void gathersAreScattered() {
    Step step = last("y[t in 3] = b[{n[t]}]^2");
    assertTrue(step instanceof Step.Scatter, () -> Printer.print(step));
  }

  @Test
  void aClassPickedFromItsOwnRowIsNoScatter() {
    assertEquals(
        "grad.x[batch, p in 4] = (if m[batch] == p then seed[batch] else 0.0)",
        gradientOf("x", "y[batch] = x[batch, {m[batch]}]"));
  }

  @Test
  void theFirstMaximumTakesTheGradient() {
    String text = "input a[3]\ny = max[i in 3] a[i]";
    var derived = GradientCheckAtTie.gradient(text, 1, 1, 0);
    assertEquals(List.of(1.0, 0.0, 0.0), derived);
  }

  @Test
  void aBranchNotTakenDoesNoHarm() {
    String text = "input a[3]\ny = sum[i in 3] (if a[i] > 0.0 then sqrt(a[i]) else 0.0)";
    var derived = GradientCheckAtTie.gradient(text, 4, 0, -1);
    assertEquals(List.of(0.25, 0.0, 0.0), derived);
    assertFalse(derived.contains(Double.NaN));
  }
}
