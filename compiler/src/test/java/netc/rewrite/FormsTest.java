package netc.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Model;
import netc.ir.Printer;
import netc.ir.Program;
import netc.ir.Reader;
import netc.ir.Reduction;
import netc.ir.Step;
import netc.ir.Tensor;
import netc.ir.Verifier;
import org.junit.jupiter.api.Test;

class FormsTest {
  private static final String NET =
      """
      input x[batch, 2]
      target t[batch]
      parameter w[2]
      parameter unused[3]
      z[batch] = sum[k in 2] w[k] * x[batch, k]
      p[batch] = (if training then z[batch] else tanh(z[batch]))
      q[batch] = p[batch]^2
      C[batch] = (p[batch] - t[batch])^2
      S = sum[k in 2] abs(w[k])
      result out.p = p
      result out.q = q
      result loss.C = C
      result loss.S = S
      result penalty.S = S
      """;

  private static List<String> results(Program program) {
    return program.results().stream().map(Program.Result::name).toList();
  }

  @Test
  void everyFormHasItsResults() {
    Map<String, Program> forms = Forms.of(Models.model(NET), true);
    assertEquals(
        List.of("predict", "predict:p", "predict:q", "evaluate", "train", "penalty"),
        List.copyOf(forms.keySet()));
    assertEquals(List.of("out.p", "out.q"), results(forms.get("predict")));
    assertEquals(List.of("out.q"), results(forms.get("predict:q")));
    assertEquals(List.of("loss.C", "loss.S"), results(forms.get("evaluate")));
    assertEquals(
        List.of("loss.C", "loss.S", "out.p", "out.q", "grad.param.w", "grad.input.x"),
        results(forms.get("train")));
    assertEquals(List.of("penalty.S", "grad.param.w"), results(forms.get("penalty")));
    forms.forEach((name, form) -> Verifier.verified(form, Verifier.Stage.FORM, name));
  }

  @Test
  void whatIsGivenIsReadInsteadOfComputed() {
    String text =
        """
        package demo
        net A {
          input x
          a = tanh(x)
          z = a
          output y = a * z given z, a
        }
        """;
    var model = netc.Netc.check(new netc.source.SourceFile("a.net", text), Map.of()).models().getFirst();
    Program form = Forms.of(model, false).get("given:y");
    assertEquals(1, form.steps().size());
    assertEquals(List.of("a", "z"), form.inputs().stream().map(Tensor::name).sorted().toList());
    var given = Map.of("a", Values.vector(3), "z", Values.vector(5));
    assertEquals(15, Interpreter.run(form, given, 1).data("out.y")[0]);
    assertEquals(List.of("given:y"), List.copyOf(Forms.of(model, false).keySet()));
  }

  @Test
  void trainingIsDecidedPerForm() {
    Map<String, Program> forms = Forms.of(Models.model(NET), false);
    assertTrue(Printer.print(forms.get("predict")).contains("tanh"));
    assertFalse(Printer.print(forms.get("train")).contains("tanh"));
    assertEquals(List.of("x", "w"), List.copyOf(
        forms.get("predict").inputs().stream().map(Tensor::name).sorted(java.util.Comparator.reverseOrder()).toList()));
  }

  @Test
  void theObjectiveIsTheMeanOverTheRowsAndSharedLossesCountOnce() {
    Program train = Forms.of(Models.model(NET), false).get("train");
    var inputs =
        Map.of(
            "x", new Values(new int[] {2, 2}, new double[] {1, 2, 3, -1}),
            "t", Values.vector(0, 1),
            "w", Values.vector(0.5, -0.25),
            "seed", Values.vector(0.5, 0.5));
    double[] gradient = Interpreter.run(train, inputs, 2).data("grad.param.w");
    // z = (0, 1.75); mean of 2 (z - t) x + sign(w)
    assertEquals(0.5 * 2 * 0.75 * 3 + 1, gradient[0], 1e-12);
    assertEquals(0.5 * 2 * 0.75 * -1 - 1, gradient[1], 1e-12);
  }

  @Test
  void aLossNamedTwiceCountsTwice() {
    String text = NET.replace("result loss.S = S", "result loss.D = C");
    Program train = Forms.of(Models.model(text), false).get("train");
    var inputs =
        Map.of(
            "x", new Values(new int[] {1, 2}, new double[] {1, 0}),
            "t", Values.vector(0),
            "w", Values.vector(0.5, 0),
            "seed", Values.vector(1));
    assertEquals(2, Interpreter.run(train, inputs, 1).data("grad.param.w")[0], 1e-12);
  }

  @Test
  void metricsAndFitsAreFinishedInFormsOfTheirOwn() {
    Program steps =
        Reader.read(
            """
            input x[batch, 2]
            state mu[2]
            parameter w[2]
            e[batch] = (x[batch, 0] - mu[0])^2
            accumulated total
            accumulated totals[2]
            d[batch, k in 2] = x[batch, k]
            m = sqrt(total / real(rows))
            f[k in 2] = totals[k] / real(rows)
            """);
    List<Step> all = steps.steps();
    Tensor total = tensor(steps, "total");
    Tensor totals = tensor(steps, "totals");
    var source = new Model.Accumulation(total, Reduction.Operator.SUM, all.get(0).targets().getFirst());
    var fitSource = new Model.Accumulation(totals, Reduction.Operator.SUM, all.get(1).targets().getFirst());
    var place = all.get(0).place();
    var metric =
        new Model.Metric("rmse", List.of(source), List.of(all.get(2)), all.get(2).targets().getFirst(), place);
    var fit =
        new Model.Fit(
            tensor(steps, "mu"), List.of(fitSource), List.of(all.get(3)), all.get(3).targets().getFirst(), place);
    Model model =
        Models.model(
            Printer.print(
                new Program(
                    "Test",
                    all.subList(0, 2),
                    List.of(new Program.Result("out.e", all.get(0).targets().getFirst())))),
            List.of(metric),
            List.of(fit));
    Map<String, Program> forms = Forms.of(model, false);
    assertEquals(
        List.of("predict", "evaluate", "metric.rmse", "fit.mu", "fit.mu.finish"),
        List.copyOf(forms.keySet()));
    assertEquals(List.of("accumulate.0"), results(forms.get("evaluate")));
    Map<String, Values> given = Map.of("accumulated.0", Values.scalar(36));
    assertEquals(3, Interpreter.run(forms.get("metric.rmse"), given, 4).data("value")[0]);
    assertEquals(List.of("accumulate.0"), results(forms.get("fit.mu")));
    given = Map.of("accumulated.0", Values.vector(4, 8));
    assertEquals(2, Interpreter.run(forms.get("fit.mu.finish"), given, 4).data("value")[1]);
  }

  private static Tensor tensor(Program program, String name) {
    return program.inputs().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }
}
