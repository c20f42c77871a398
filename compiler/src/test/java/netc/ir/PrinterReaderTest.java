package netc.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import netc.source.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrinterReaderTest {
  private static final String XOR =
      """
      program Xor.train
      parameter w@1[3, 2]
      input x[batch, 2]
      z@1[batch, j in 3] = sum[k in 2] w@1[j, k] * x[batch, k]    // xor.net:13
      a@1[batch, j in 3] = 1.0 / (1.0 + exp(-(z@1[batch, j]))) by z@1[batch, j] deriv a@1[batch, j] * (1.0 - a@1[batch, j])    // std/prelude.net:5
      C0[batch] = sum[j in 3] (a@1[batch, j] - 0.5)^2    // xor.net:16
      result loss.C0 = C0
      """;

  private static final String SCAN =
      """
      program Rnn.predict
      parameter w[3, 3]
      parameter h0[3]
      input x[batch, 5, 3]
      scan t in reverse 5 of s[batch, 5, 3], h[batch, 5, 3], n[5] : int 0..7 {    // rnn.net:4
        s[batch, t in 5, j in 3] = sum[k in 3] w[j, k] * h[batch, t + 1, k else h0[k]]    // rnn.net:5
        h[batch, t in 5, j in 3] = tanh(s[batch, t, j] + x[batch, t, j])    // rnn.net:5
        n[t in 5] : int 0..7 = clamp(n[t + 2 else 3] + 1, 0, 7)    // rnn.net:6
      }
      result out.h = h
      """;

  @Test
  void printsTheScanThatItReads() {
    Program program = Reader.read(SCAN);
    assertEquals(SCAN, Printer.print(program));
    assertEquals(List.of(), Verifier.check(program, Verifier.Stage.FORM));
    assertEquals(3, program.inputs().size());
  }

  @Test
  void printsWhatItReads() {
    assertEquals(XOR, Printer.print(Reader.read(XOR)));
  }

  @Test
  void readsThePlaceAndTheShape() {
    Step step = Reader.read(XOR).steps().getFirst();
    assertEquals(new Place("xor.net", 13), step.place());
    assertEquals(List.of(Extent.BATCH, Extent.of(3)), step.targets().getFirst().shape());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y[i in 4] = a[2*i - 1 else -1.5]",
        "y[i in 4] = a[div(i, 2)] - (a[mod(i, 2)] - a[exact(i + 1, 3) else 0.0])",
        "y[i in 4] = a[clamp(i - 3, 8)] / a[wrap(-i, 8)] / 2.0E-5",
        "y[i in 4] = a[{n[i] + 1}] * a[plus({n[i]}, i)]",
        "y[i in 4] = (if n[i] < i and not c[i] or true then inf else -inf)",
        "y[i in 4] = max[k in 8 if k != i] -(a[k])^2 * -2.0",
        "y[(p in 2, q in 2)] = pow(a[2*p + q], nan) + real(n[p]) - -0.0",
        "y[batch, i in 4] = real(batch) / real(rows)",
        "y = sum[i in 4, k in 3] (if training then 1.0 else 0.0)",
        "y[i in 4] : bool = (n[i] == i) == (1 < 2)",
        "y[i in 4] : int -3..8 = argmax[k in 8] a[k]",
        "y[a in 4] = a[a]",
        "y[s in 4] = s[] * s[]",
        "scatter y[8, 2] for [i in 4, d in 2 if c[i]] at [{n[i]}, d] += a[i]",
        "scatter y for [i in 4] at [] += a[i]",
        "y[n in rows, i in 4] = sum[batch if batch == n] real(batch) * a[i]",
        "scatter y[rows, 2] for [batch, d in 2] at [{batch}, d] += a[d]",
        "`odd name`[`in` in 4] = a[`in`] * `sum`[`in`]",
      })
  void everyFormOfStepComesBack(String step) {
    String text =
        """
        program p
        input a[8]
        input s
        input n[4] : int 0..6
        input c[4] : bool
        input `sum`[4]
        """
            + step
            + "\n";
    Program program = Reader.read(text);
    assertEquals(step, Printer.print(program.steps().getFirst()));
    assertEquals(program, Reader.read(Printer.print(program)));
  }

  @Test
  void namesTheLineThatItCannotRead() {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> Reader.read("program p\ny[i in 2] = unknown[i]\n"));
    assertEquals(true, error.getMessage().startsWith("line 2: no tensor or index"));
  }

  @Test
  void negationIsNotANegativeNumber() {
    Expr negated = Expr.apply(Primitive.NEGATE, new Expr.Real(2));
    assertEquals("-(2.0)", Printer.print(negated));
    assertEquals("-2.0", Printer.print(new Expr.Real(-2)));
    var target = new Tensor("y", Tensor.Role.VALUE, ElementType.REAL, List.of(), Optional.empty());
    var step = new Step.Equation(target, List.of(), Optional.empty(), negated, new Place("", 0));
    assertEquals(step, Reader.read(Printer.print(step)).steps().getFirst());
  }
}
