package netc.rewrite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Printer;
import netc.ir.Program;
import netc.ir.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of a few nets means the same after each pass as before all of them. */
class PipelineTest {
  private static final int ROWS = 3;

  private static final String DENSE =
      """
      input x[batch, 4]
      target t[batch] : int 0..2
      parameter w1[5, 4]
      parameter b1[5]
      parameter w2[3, 5]
      s1[batch, j in 5] = sum[k in 4] w1[j, k] * x[batch, k]
      z1[batch, j in 5] = s1[batch, j] + b1[j]
      h[batch, j in 5] = tanh(z1[batch, j])
      z2[batch, j in 3] = sum[k in 5] w2[j, k] * h[batch, k]
      m[batch] = max[k in 3] z2[batch, k]
      l'1[batch] = sum[k in 3] exp(z2[batch, k] - stop(m[batch]))
      l[batch] = stop(m[batch]) + log(l'1[batch])
      p[batch, k in 3] = exp(z2[batch, k] - l[batch])
      C[batch] = l[batch] - z2[batch, {t[batch]}]
      R = sum[j in 5, k in 4] w1[j, k]^2
      result out.p = p
      result loss.C = C
      result penalty.R = R
      """;

  private static final String IMAGE =
      """
      input img[batch, 5, 6]
      target t[batch, 2]
      parameter w[2, 1, 3, 3]
      parameter c[2]
      parameter v[2, 8]
      x[batch, c in 1, i in 5, j in 6] = img[batch, i, j] / 255.0
      s[batch, f in 2, i in 5, j in 6] = sum[c in 1, u in 3, v in 3] w[f, c, u, v] * x[batch, c, i + u - 1, j + v - 1 else 0.0]
      y[batch, f in 2, i in 5, j in 6] = max(s[batch, f, i, j] + c[f], 0.0)
      q[batch, f in 2, i in 2, j in 2] = max[u in 2, v in 2] y[batch, f, 2*i + u, 2*j + v]
      r[batch, (f in 2, i in 2, j in 2)] = q[batch, f, i, j]
      a'1[batch, o in 2] = sum[k in 8] v[o, k] * r[batch, k]
      a[batch, o in 2] = 1.0 / (1.0 + exp(-(a'1[batch, o]))) by a'1[batch, o] deriv a[batch, o] * (1.0 - a[batch, o])
      C[batch] = sum[o in 2] (a[batch, o] - t[batch, o])^2
      result out.a = a
      result loss.C = C
      """;

  private static final String NORM =
      """
      input x[batch, 4]
      parameter g[4]
      parameter o[4]
      parameter E[6, 4]
      input tok[batch, 2] : int 0..5
      e[batch, t in 2, d in 4] = E[{tok[batch, t]}, d] + x[batch, d]
      m'1[batch, t in 2] = sum[d in 4] e[batch, t, d]
      m[batch, t in 2] = m'1[batch, t] / 4.0
      v'1[batch, t in 2] = sum[d in 4] (e[batch, t, d] - m[batch, t])^2
      v[batch, t in 2] = v'1[batch, t] / 4.0
      n[batch, t in 2, d in 4] = g[d] * (e[batch, t, d] - m[batch, t]) / sqrt(v[batch, t] + 1.0E-5) + o[d]
      u[batch, t in 2, d in 4] = 0.5 * n[batch, t, d] * (1.0 + erf(n[batch, t, d] / sqrt(2.0)))
      C[batch] = sum[t in 2, d in 4] u[batch, t, d]^2 * x[batch, d]
      result out.u = u
      result loss.C = C
      """;

  private static final String LOGISTIC =
      """
      input x[batch, 4]
      target t[batch]
      parameter w[4]
      z[batch] = sum[k in 4] w[k] * x[batch, k]
      p[batch] = 1.0 / (1.0 + exp(-(z[batch]))) by z[batch] deriv p[batch] * (1.0 - p[batch])
      C[batch] = -(t[batch] * log(p[batch]) + (1.0 - t[batch]) * log(1.0 - p[batch]))
      result out.p = p
      result loss.C = C
      """;

  @Test
  void textbookLogisticRegressionSurvivesLargeNumbers() {
    Program train = Forms.optimised(Models.model(LOGISTIC), false).get("train");
    var x = new Values(new int[] {2, 4}, new double[] {2000, 0, 0, 0, 0, 0, 0, 0});
    var inputs =
        Map.of("x", x, "t", Values.vector(0, 1), "w", Values.vector(1, 1, 1, 1), "seed", Values.vector(1, 1));
    var run = Interpreter.run(train, inputs, 2);
    assertArrayEquals(new double[] {2000, Math.log(2)}, run.data("loss.C"), 1e-15);
    assertArrayEquals(new double[] {2000, 0, 0, 0}, run.data("grad.param.w"), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(strings = {DENSE, IMAGE, NORM, LOGISTIC})
  void meaningStays(String net) {
    Forms.of(Models.model(net), true).forEach((_, form) -> {
      Map<String, Values> inputs = inputs(form);
      var before = Interpreter.run(form, inputs, ROWS);
      Pipeline.dump(form)
          .forEach((stage, program) -> {
            var after = Interpreter.run(program, inputs, ROWS);
            before.results()
                .forEach((name, values) ->
                    assertArrayEquals(
                        values.data(),
                        after.results().get(name).data(),
                        1e-12,
                        () -> name + " after " + stage + "\n" + Printer.print(program)));
          });
    });
  }

  private static Map<String, Values> inputs(Program program) {
    var random = new Random(7);
    var inputs = new HashMap<String, Values>();
    for (Tensor tensor : program.inputs()) {
      int[] shape = tensor.shape().stream().mapToInt(e -> e.isBatch() ? ROWS : e.size()).toArray();
      double[] data = new double[java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
      for (int i = 0; i < data.length; i++) {
        data[i] =
            tensor.interval()
                .map(range -> (double) random.nextLong(range.low(), range.high() + 1))
                .orElseGet(() -> random.nextDouble(-1, 1));
      }
      inputs.put(tensor.name(), new Values(shape, data));
    }
    return inputs;
  }
}
