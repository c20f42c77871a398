package netc.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import netc.Netc;
import netc.source.SourceFile;
import org.junit.jupiter.api.Test;

/** Formulas as on paper; the lesson's last line comes out. */
class ExplanationTest {

  private static Explanation explain(String statements) {
    var checked = Netc.check(new SourceFile("t.net", "package t\nnet T {\n" + statements + "\n}\n"), Map.of());
    assertEquals(1, checked.models().size(), () -> checked.diagnostics().toString());
    return Explanation.of(checked.models().getFirst());
  }

  private static List<String> formulas(String text) {
    return text.lines().map(line -> line.replaceFirst(" *//.*", "")).toList();
  }

  /** A single layer with the very letters of the lesson. */
  private static final String NODE =
      """
      input a[4]
      target y[2]
      param w[2, 4] ~ zeros
      z[j] = sum[k] w[j,k] * a[k]
      g[j] = sigmoid(z[j])
      output g
      loss C0 = sum[j] (g[j] - y[j])^2
      """;

  @Test
  void theLastLineOfTheLesson() {
    var explanation = explain(NODE);
    assertEquals(
        List.of("∂C₀/∂w_jk = 2(g_j − y_j)·g_j(1 − g_j)·a_k"), formulas(explanation.derivative()));
    assertEquals(
        """
        \\begin{align*}
        \\frac{\\partial C_{0}}{\\partial w_{jk}} &= 2\\,\\left(g_{j} - y_{j}\\right) \\cdot g_{j}\\,\\left(1 - g_{j}\\right) \\cdot a_{k}
        \\end{align*}
        """,
        explanation.derivativeInLatex());
  }

  /** What many rows give to one stays a sum over them; only that of a parameter is one term. */
  @Test
  void rowsThatSeeEachOther() {
    var explanation =
        explain(
            """
            input a[4], b[4]
            param w[4] ~ zeros
            k[i] = w[i] * b[i]
            keys = batch_stack(k)
            s[n] = sum[i] a[i] * keys[n,i]
            loss l = sum[n] s[n]^3
            """);
    assertEquals(
        List.of(
            "∂l/∂s_n = 3·s_n²",
            "∂l/∂keys_ni = Σ_{batch} ∂l/∂s_n·a_i",
            "∂l/∂k_j = ∂l/∂keys_{batch,j}",
            "∂l/∂w_i = ∂l/∂k_i·b_i"),
        formulas(explanation.steps()));
  }

  @Test
  void theChainRuleGoesStepByStep() {
    assertEquals(
        List.of("∂C₀/∂g_j = 2(g_j − y_j)", "∂C₀/∂z_j = ∂C₀/∂g_j·g_j(1 − g_j)", "∂C₀/∂w_jk = ∂C₀/∂z_j·a_k"),
        formulas(explain(NODE).steps()));
  }

  @Test
  void theNetworkIsPrintedAsWritten() {
    assertEquals(
        List.of("z_j = Σ_k w_jk·a_k", "g_j = 1/(1 + exp(−z_j))", "C0 = Σ_j (g_j − y_j)²"),
        formulas(explain(NODE).network()));
  }

  @Test
  void aHiddenNodeGathersFromAllNodesBehindIt() {
    var explanation =
        explain(
            """
            input x[3]
            target y[2]
            param w@1[4, 3], w@2[2, 4] ~ zeros
            a@1[j] = tanh(sum[k] w@1[j,k] * x[k])
            a@2[j] = sum[k] w@2[j,k] * a@1[k]
            loss C = sum[j] (a@2[j] - y[j])^2
            """);
    var lines = formulas(explanation.derivative());
    assertTrue(lines.contains("∂C/∂w⁽²⁾_jk = 2(a⁽²⁾_j − y_j)·a⁽¹⁾_k"), lines::toString);
    assertTrue(lines.contains("∂C/∂a⁽¹⁾_k = Σ_j 2(a⁽²⁾_j − y_j)·w⁽²⁾_jk"), lines::toString);
  }

  @Test
  void operatorsKeepTheirMeaning() {
    var lines =
        formulas(
            explain(
                """
                input x, y
                param p ~ zeros
                a = (x - (y - p)) / (x * y)
                b = (x + y)^3 - (-p)^2
                c = if x > 0 and not (y == 1) then x / y / 2 else -(x + y)
                loss l = a * (b + c) * 2
                """)
                .network());
    assertEquals(
        List.of(
            "a = (x − (y − p))/(x·y)",
            "b = (x + y)³ − (−p)²",
            "c = (if x > 0 and not (y = 1) then x/y/2 else −(x + y))"),
        lines.subList(0, 3));
    assertTrue(lines.getLast().startsWith("l = 2·a(b + c)"), lines::toString);
  }

  @Test
  void aNetWithoutLossHasNoDerivative() {
    var explanation = explain("input x[2]\noutput y = x");
    assertFalse(explanation.hasDerivative());
    assertEquals("", explanation.derivative());
  }
}
