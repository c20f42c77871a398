package netc.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import netc.source.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
  private static final String INPUTS =
      """
      input a[8]
      input x[batch, 8]
      input n[4] : int 0..6
      input c[4] : bool
      input r[rows, 2]
      input m[batch] : int 0..2147483645
      """;

  private static List<String> errors(String steps) {
    return Verifier.check(Reader.read(INPUTS + steps), Verifier.Stage.FORM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y[i in 7] = a[i + 1] - a[i]",
        "y[i in 4] = a[2*i + 1]",
        "y[i in 9] = (if i < 8 then a[i] else a[i - 8])",
        "y[i in 9] = (if i < 3 or i >= 8 then 0.0 else a[i - 3])",
        "y[i in 9] = (if i == 0 then 0.0 else a[i - 1])",
        "y[i in 9] = (if i != 8 then a[i] else 0.0)",
        "y = sum[i in 9, k in 9 if i + k == 7] a[i] * a[k]",
        "y[i in 9, k in 9] = (if i < 4 and k < 5 then a[i + k] else 0.0)",
        "y[i in 9, k in 9] = (if i < 4 then (if k < i then a[i + k + 1] else 0.0) else 0.0)",
        "y[i in 9] = (if mod(i + -1, 2) == 0 and i >= 1 then (if div(i + -1, 2) < 1 then a[i + 6] else 0.0) else 0.0)",
        "y[i in 9, k in 9 ] = (if 2*i + k < 3 and 2*i + k != 2 then a[7*k + 14*i] else 0.0)",
        "y[i in 9] = (if i < 8 and a[i] > 0.0 then 1.0 else 0.0)",
        "y[p in 5, q in 5] = (if 2*div(p - q + -1, 2) + mod(p - q + -1, 2) >= 0 then a[{2*div(p - q - 1, 2) + mod(p - q - 1, 2)}] else 0.0)",
        "y[i in 4, j in 3] = (if 2*div(3*i + j, 3) + mod(3*i + j, 3) < 8 then a[{2*i + j}] else 0.0)",
        "y[i in 9] = (if i >= 8 or a[i] > 0.0 then 1.0 else 0.0)",
        "y = sum[i in 9, k in 9 if i < 3 and k - 3*i < 2] a[k]",
        "y[i in 4] = a[{n[i]}] + a[{n[i] + 1}]",
        "y[i in 16] = a[div(i, 2)] + a[mod(i, 8)] + a[clamp(i - 4, 8)] + a[wrap(i - 9, 8)]",
        "y[i in 16] = a[exact(i, 3) else 0.0] + a[i - 4 else 1.0]",
        "y[i in 4] = a[{div(i + 4, 2)}]",
        "y[batch, i in 8] = x[batch, i]",
        "y[i in 8] = sum[n in batch] x[n, i]",
        "y[(i in 2, j in 4)] = a[4*i + j]",
        "y[i in 8] = exp(a[i]) by a[i] deriv y[i]",
        "scatter y[3] for [i in 4] at [{n[i]}] += a[i]",
        "y[n in rows] = r[n, 0] + r[0, 1] + r[n - 1, 0 else 0.0] + r[n + 1, 0 else 0.0]",
        "y[batch] = r[{batch}, 0] + r[{m[batch]}, 1]",
        "y[n in rows] = (if n + 2 < rows then r[n + 2, 0] else 0.0)",
        "y[n in rows] = (if n > 0 then r[n - 1, 0] else 0.0)",
      })
  void goodStepsPass(String step) {
    assertEquals(List.of(), errors(step));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      value = {
        "y[i in 8] = a[i + 1] :: axis 0 of `a` is 0..7 but read at 1..8",
        "y[n in rows] = r[n + 1, 0] :: axis 0 of `r` is all rows but read at no position of one",
        "y[n in rows] = r[n - 1, 0] :: axis 0 of `r` is all rows but read at no position of one",
        "y[i in 4] = r[i, 0] :: axis 0 of `r` is all rows but read at no position of one",
        "y[i in 4] = r[{n[i]}, 0] :: axis 0 of `r` is all rows but read at no position of one",
        "y[n in rows] = a[n] :: axis 0 of `a` is 0..7 but read at 0..2147483645",
        "y[n in rows] = x[n, 0] :: the batch of `x` is read by no batch index",
        "y[i in 9] = (if i < 8 then 0.0 else a[i]) :: read at 8..8",
        "y[i in 4] = a[{n[i] + 2}] :: read at 2..8",
        "y[i in 9, k in 9] = (if i < 4 and k < 6 then a[i + k] else 0.0) :: read at 0..8",
        "y[i in 9] = (if a[i] > 0.0 and i < 8 then 1.0 else 0.0) :: read at 0..8",
        "y[i in 9] = (if i < 8 or a[i] > 0.0 then 1.0 else 0.0) :: read at 8..8",
        "y[i in 9] = (if div(i, 2) < 4 and mod(i, 2) != 0 then a[i + 1] else 0.0) :: read at 1..8",
        "y[i in 8] = a[exact(i, 2)] :: exact division without `else`",
        "y[i in 8] = a[i, i] :: read with 2 subscripts",
        "y[i in 8] = real(a[i]) :: TO_REAL does not take [REAL]",
        "y[i in 4] = a[i] + n[i] :: ADD does not take [REAL, INT]",
        "y[i in 4] : int = div(n[i], n[i]) :: FLOOR_DIVIDE does not take",
        "y[i in 4] = a[i]^a[i] :: POWER_WHOLE does not take",
        "y[i in 4] : int = n[i] / n[i] :: DIVIDE does not take",
        "y[i in 4] : bool = not n[i] :: NOT does not take",
        "y[i in 4] = (if n[i] then 1.0 else 0.0) :: a condition is BOOL, not INT",
        "y[i in 4] = (if c[i] then 1.0 else 0) :: branches are REAL and INT",
        "y[i in 4] = a[i else 0] :: branches are REAL and INT",
        "y[i in 4] = n[i] :: `y` is REAL but gets INT",
        "y = argmax[i in 8] a[i] :: `y` is REAL but gets INT",
        "y : bool = any[i in 8] a[i] :: ANY does not reduce REAL",
        "y[i in 4] = sum[i in 8] a[i] :: index `i` is bound twice",
        "y[i in 8, batch] = x[batch, i] :: the batch is the first output",
        "y[n in batch] = x[n, 0] :: the batch is the first output",
        "y[i in 8] = x[0, i] :: is read by no batch index",
        "y[i in 8] = (if training then 1.0 else a[i]) :: `training` is decided",
        "y = sum[i in 8] a[i] by a[i] deriv 1.0 :: stands in no reduction",
        "scatter y[3, 2] for [i in 4] at [i] += a[i] :: one subscript an axis",
        "scatter y[3] : int 0..1 for [i in 4] at [i] += n[i] :: a scatter adds REAL to REAL",
      })
  void eachRuleIsCaught(String step, String message) {
    List<String> errors;
    try {
      errors = errors(step);
    } catch (IllegalArgumentException e) {
      errors = List.of(e.getMessage());
    }
    assertEquals(1, errors.size(), errors::toString);
    assertTrue(errors.getFirst().contains(message), errors.getFirst());
  }

  private static final Place PLACE = new Place("", 0);
  private static final Tensor Y =
      Tensor.real("y", Tensor.Role.VALUE, List.of(Extent.of(2)));
  private static final Index I = new Index("i", Extent.of(2));

  private static Step.Equation equation(Tensor target, List<Index> outputs, Expr body) {
    return new Step.Equation(target, outputs, Optional.empty(), body, PLACE);
  }

  private static String onlyError(Step... steps) {
    List<String> errors =
        Verifier.check(new Program("p", List.of(steps), List.of()), Verifier.Stage.FORM);
    assertEquals(1, errors.size(), errors::toString);
    return errors.getFirst();
  }

  @Test
  void aTensorIsDefinedOnce() {
    Step step = equation(Y, List.of(I), Expr.real(1));
    assertTrue(onlyError(step, step).contains("`y` is defined twice"));
  }

  @Test
  void aTensorIsDefinedBeforeItsUses() {
    Tensor z = Tensor.real("z", Tensor.Role.VALUE, List.of(Extent.of(2)));
    Step use = equation(z, List.of(I), Expr.read(Y, List.of(Subscript.of(I))));
    Step definition = equation(Y, List.of(I), Expr.real(1));
    assertTrue(onlyError(use, definition).contains("`y` is read before its definition"));
  }

  @Test
  void outputsMakeTheShape() {
    Index wrong = new Index("i", Extent.of(3));
    assertTrue(onlyError(equation(Y, List.of(wrong), Expr.real(1))).contains("do not make"));
  }

  @Test
  void onlyValuesAreDefined() {
    Tensor w = Tensor.real("w", Tensor.Role.PARAMETER, List.of(Extent.of(2)));
    assertTrue(onlyError(equation(w, List.of(I), Expr.real(1))).contains("has role PARAMETER"));
  }

  @Test
  void indicesAreBound() {
    Index other = new Index("k", Extent.of(2));
    Expr body = Expr.apply(Primitive.TO_REAL, new Expr.Position(other));
    assertTrue(onlyError(equation(Y, List.of(I), body)).contains("index `k` is not bound"));
  }

  @Test
  void customIsTheWholeBody() {
    Expr.Read read = Expr.read(Y, List.of(Subscript.of(I)));
    Expr custom = new Expr.Custom(read, read, Expr.real(1));
    Tensor z = Tensor.real("z", Tensor.Role.VALUE, List.of(Extent.of(2)));
    Step step = equation(z, List.of(I), Expr.apply(Primitive.NEGATE, custom));
    Step definition = equation(Y, List.of(I), Expr.real(1));
    assertTrue(onlyError(definition, step).contains("whole body"));
  }

  @Test
  void affineSubscriptsAreNormal() {
    var twice = new Subscript.Affine(0, List.of(new Subscript.Term(I, 0)));
    Tensor z = Tensor.real("z", Tensor.Role.INPUT, List.of(Extent.of(2)));
    Step step = equation(Y, List.of(I), Expr.read(z, List.of(twice)));
    assertTrue(onlyError(step).contains("no coefficient 0"));
  }

  @Test
  void divisorsArePositive() {
    Tensor z = Tensor.real("z", Tensor.Role.INPUT, List.of(Extent.of(2)));
    Expr read =
        new Expr.Read(
            z, List.of(new Subscript.Exact(Subscript.of(I), 0)), Optional.of(Expr.real(0)));
    assertTrue(onlyError(equation(Y, List.of(I), read)).contains("divides by 0"));
  }

  @Test
  void resultNamesAreUnique() {
    Step step = equation(Y, List.of(I), Expr.real(1));
    var result = new Program.Result("r", Y);
    var program = new Program("p", List.of(step), List.of(result, result));
    assertTrue(
        Verifier.check(program, Verifier.Stage.FORM).getFirst().contains("two results"));
  }

  @Test
  void inputsHaveNamesOfTheirOwnAndSoundTypes() {
    assertTrue(input(named("z"), named("z")).contains("two inputs are called `z`"));
    var counted =
        new Tensor(
            "z",
            Tensor.Role.INPUT,
            ElementType.REAL,
            List.of(Extent.of(2)),
            Optional.of(new Interval(0, 3)));
    assertTrue(input(counted).contains("`z` has an interval but is not INT"));
    var turned = Tensor.real("z", Tensor.Role.INPUT, List.of(Extent.of(2), Extent.BATCH));
    Index row = new Index("batch", Extent.BATCH);
    Expr read = Expr.read(turned, List.of(Subscript.of(I), Subscript.of(row)));
    var sum = new Reduction(Reduction.Operator.SUM, List.of(row), Optional.empty());
    Step step = new Step.Equation(Y, List.of(I), Optional.of(sum), read, PLACE);
    assertTrue(onlyError(step).contains("`z` has the batch behind its first axis"));
  }

  private static Tensor named(String name) {
    return Tensor.real(name, Tensor.Role.INPUT, List.of(Extent.of(2)));
  }

  /** The only error of an equation that adds the inputs, the second with one axis more. */
  private static String input(Tensor... inputs) {
    Expr sum = Expr.read(inputs[0], List.of(Subscript.of(I)));
    if (inputs.length > 1) {
      var other =
          Tensor.real(inputs[1].name(), Tensor.Role.INPUT, List.of(Extent.of(2), Extent.of(2)));
      Expr read = Expr.read(other, List.of(Subscript.of(I), Subscript.of(I)));
      sum = Expr.apply(Primitive.ADD, sum, read);
    }
    return onlyError(equation(Y, List.of(I), sum));
  }

  @Test
  void reductionsRunOverSomething() {
    var nothing = new Reduction(Reduction.Operator.SUM, List.of(), Optional.empty());
    Step step = new Step.Equation(Y, List.of(I), Optional.of(nothing), Expr.real(1), PLACE);
    assertTrue(onlyError(step).contains("a reduction runs over no index"));
  }

  @Test
  void operationsTakeTheirNumberOfArguments() {
    Expr two = new Expr.Apply(Primitive.EXP, List.of(Expr.real(1), Expr.real(2)));
    assertTrue(onlyError(equation(Y, List.of(I), two)).contains("EXP takes 1 arguments"));
  }

  @Test
  void gatheredPositionsAreWhole() {
    Tensor z = named("z");
    Expr position = Expr.read(z, List.of(Subscript.of(I)));
    Expr read =
        new Expr.Read(
            z, List.of(new Subscript.Gathered(position)), Optional.of(Expr.real(0)));
    assertTrue(
        onlyError(equation(Y, List.of(I), read)).contains("a gathered position is INT, not REAL"));
  }

  @Test
  void trainingStaysOpenInAModel() {
    Program program = Reader.read("y = (if training then 1.0 else 0.0)");
    assertEquals(List.of(), Verifier.check(program, Verifier.Stage.OPEN));
  }

  @Test
  void scansReadTheirPast() {
    assertEquals(
        List.of(),
        errors(
            """
            scan t in 8 of b[batch, 8], d[8, 2] {
              b[batch, t in 8] = x[batch, t] * d[t - 1, 0 else 1.0]
              d[t in 8, i in 2] = d[t - 2, i else a[i]] + a[t]
            }
            y[batch, t in 8] = b[batch, 7 - t]
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " :: ",
      value = {
        "t in 8 :: b[t in 8] = d[t else 0.0] :: `d` is read before it is computed",
        "t in 8 :: b[t in 8] = b[t + 1 else 0.0] :: `b` is read before it is computed",
        "t in reverse 8 :: b[t in 8] = b[t - 1 else 0.0] :: `b` is read before it is computed",
        "t in 8 :: b[t in 8] = sum[k in 8] b[k] :: at no constant distance in time",
        "t in 8 :: b[k in 8] = a[k] :: `b` has no axis of the time of its scan alone",
        "t in 8 :: b[t in 8] = a[t + 1] :: read at 1..8",
      })
  void theScanAtFaultIsNamed(String header, String step, String error) {
    List<String> errors =
        errors("scan " + header + " of b[8], d[8] {\n" + step + "\nd[t in 8] = a[t]\n}");
    assertEquals(1, errors.size(), errors::toString);
    assertTrue(errors.getFirst().contains(error), errors::toString);
  }
}
