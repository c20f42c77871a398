package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Printer;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import netc.source.Place;
import org.junit.jupiter.api.Test;

/** Loops of one example with a function, and what becomes of them. */
class FunctionsInRowsTest {
  private static final ArrayType FLAT = new ArrayType(ScalarType.FLOAT, 1);
  private static final Scalar I = Ints.local("i");
  private static final Scalar X = new Scalar.Load("a1", Ints.plus(I, Ints.of(7)), ScalarType.FLOAT);
  private static final Scalar ONE = new Scalar.RealLiteral(1, ScalarType.FLOAT);

  private static String apart(int length, Scalar value) {
    var store = new Statement.Store("a0", I, value);
    var kernel =
        new Kernel(
            List.of(new Kernel.Argument("a0", FLAT), new Kernel.Argument("a1", FLAT)),
            false,
            List.of(new Statement.For("i", Ints.of(0), Ints.of(length), 1, List.of(store))));
    var arrays = new Arrays(Layout.SINGLE, ScalarType.FLOAT, 1, Map.of(), Set.of());
    List<ArrayReference> given = List.of(arrays.scratch(FLAT, length), arrays.scratch(FLAT, length));
    var call = new KernelCall(kernel, given, new Place("a.net", 1), new Role.Loops(), Optional.empty());
    List<Phase> phases = FunctionsInRows.apart(List.of(new Phase(List.of(call), List.of())), arrays);
    KernelCall found = phases.getFirst().calls().getFirst().kernels().getFirst();
    return found.equals(call) ? "" : Printer.print(found.kernel());
  }

  private static Scalar call(Scalar.Function function, Scalar argument) {
    return new Scalar.Call(function, List.of(argument), ScalarType.FLOAT);
  }

  private static Scalar sum(Scalar left, Scalar right) {
    return new Scalar.Arithmetic(Scalar.Operator.ADD, left, right);
  }

  @Test
  void argumentsThenTheFunctionThenTheRest() {
    assertEquals(
        """
        kernel(float[] a0, float[] a1, float[] a2) {
          for (int i = 0; i < 20; i++) {
            a2[i] = a1[i + 7] + 1.0f;
          }
          for (int i = 0; i < 20; i++) {
            a2[i] = tanh(a2[i]);
          }
          for (int i = 0; i < 20; i++) {
            a0[i] = a1[i + 7] + (-a2[i]);
          }
        }
        """,
        apart(20, sum(X, new Scalar.Negate(call(Scalar.Function.TANH, sum(X, ONE))))));
  }

  @Test
  void insideOfAnotherFunction() {
    Scalar exp = call(Scalar.Function.EXP, X);
    String found = apart(16, new Scalar.Call(Scalar.Function.MAX, List.of(ONE, exp), ScalarType.FLOAT));
    assertEquals(1, found.split("a0\\[i] = max\\(1.0f, a2\\[i]\\)", -1).length - 1, found);
  }

  @Test
  void loopsThatStayAsTheyAre() {
    assertEquals("", apart(15, call(Scalar.Function.EXP, X)), "shorter than a vector");
    assertEquals("", apart(20, sum(X, ONE)), "no function");
    assertEquals("", apart(20, call(Scalar.Function.LOG, X)), "the runtime has it with branches only");
    Scalar condition = new Scalar.Compare(Scalar.Comparison.LESS, I, Ints.of(3));
    Scalar chosen = new Scalar.Choose(condition, call(Scalar.Function.EXP, X), ONE);
    assertEquals("", apart(20, chosen), "where the condition is false, the argument may not be there");
  }
}
