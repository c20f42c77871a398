package netc.schedule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import netc.loop.ArrayType;
import netc.loop.Ints;
import netc.loop.Kernel;
import netc.loop.Scalar;
import netc.loop.ScalarType;
import netc.loop.Statement;
import org.junit.jupiter.api.Test;

/** When a result may be written over an operand: {@code y} over {@code x}. */
class InPlaceTest {
  private static final Scalar I = Ints.local("i");

  private static boolean allows(int rank, Statement... body) {
    var type = new ArrayType(ScalarType.FLOAT, rank);
    return InPlace.allows(
        new Kernel(
            List.of(new Kernel.Argument("y", type), new Kernel.Argument("x", type)),
            List.of("n"),
            List.of(body)),
        "y",
        "x");
  }

  private static Statement loop(String variable, Statement... body) {
    return new Statement.For(variable, Ints.of(0), Ints.local("n"), 1, List.of(body));
  }

  private static Scalar load(String array, Scalar index) {
    return new Scalar.Load(array, index, ScalarType.FLOAT);
  }

  private static Statement store(Scalar index, Scalar value) {
    return new Statement.Store("y", index, value);
  }

  private static Scalar sum(Scalar left, Scalar right) {
    return new Scalar.Arithmetic(Scalar.Operator.ADD, left, right);
  }

  @Test
  void anElementIsReadWhereItIsWritten() {
    assertTrue(allows(1, loop("i", store(I, sum(load("x", I), load("x", I))))));
    Statement named = new Statement.Let("t", load("x", I));
    assertTrue(allows(1, loop("i", named, store(I, new Scalar.Local("t", ScalarType.FLOAT)))));
  }

  @Test
  void rowsOfLanesOfTheSameElement() {
    Statement y = new Statement.LetRow("r", "y", ScalarType.FLOAT, I);
    Statement x = new Statement.LetRow("q", "x", ScalarType.FLOAT, I);
    Statement next = new Statement.LetRow("q", "x", ScalarType.FLOAT, sum(I, Ints.of(1)));
    Scalar lane = Ints.local("b");
    Statement each = loop("b", new Statement.Store("r", lane, load("q", lane)));
    assertTrue(allows(2, loop("i", y, x, each)));
    assertFalse(allows(2, loop("i", y, next, each)), "another row");
    Statement direct =
        loop("b", new Statement.Store("r", lane, new Scalar.LoadLane("x", I, lane, ScalarType.FLOAT)));
    assertTrue(allows(2, loop("i", y, direct)));
  }

  @Test
  void branchesOfOneCondition() {
    Scalar condition = new Scalar.Compare(Scalar.Comparison.LESS, I, Ints.of(3));
    Statement choice =
        new Statement.If(
            condition, List.of(store(I, load("x", I))), List.of(store(I, Ints.of(0))));
    assertTrue(allows(1, loop("i", choice)));
    assertFalse(allows(1, loop("i", choice, store(I, load("x", I)))), "read after it was written");
  }

  @Test
  void anotherElementIsRead() {
    assertFalse(allows(1, loop("i", store(I, load("x", sum(I, Ints.of(1)))))));
    assertFalse(allows(1, loop("i", store(I, sum(load("x", I), load("x", Ints.of(0)))))));
  }

  @Test
  void theResultIsReadOrTheOperandWritten() {
    assertFalse(allows(1, loop("i", store(I, sum(load("x", I), load("y", I))))));
    assertFalse(
        allows(1, loop("i", store(I, load("x", I))), loop("j", new Statement.Store("x", I, I))));
  }

  @Test
  void theOperandIsReadInAnotherLoop() {
    Statement first = loop("i", store(I, load("x", I)));
    Statement second = loop("i", new Statement.Let("t", load("x", I)));
    assertFalse(allows(1, first, second));
  }

  /** As where a function's arguments are computed in a loop of their own. */
  @Test
  void theOperandIsReadInTheSameRoundsBefore() {
    Statement arguments = loop("i", new Statement.Store("row", I, load("x", I)));
    Statement rest = loop("i", store(I, sum(load("row", I), load("x", I))));
    assertTrue(allows(1, arguments, rest));
    assertFalse(allows(1, rest, arguments), "read after it was written");
    assertFalse(allows(1, loop("j", new Statement.Store("row", Ints.local("j"), load("x", I))), rest), "other rounds");
    Statement shorter =
        new Statement.For("i", Ints.of(0), Ints.of(3), 1, List.of(store(I, load("row", I))));
    assertFalse(allows(1, arguments, shorter), "other rounds");
    Statement next = loop("i", new Statement.Store("row", I, load("x", sum(I, Ints.of(1)))));
    assertFalse(allows(1, next, rest), "another element");
  }

  /** The last vector of a row reads elements that the one before it has written. */
  @Test
  void vectorsThatOverlap() {
    Scalar vector = new Scalar.LoadVector("x", I, ScalarType.FLOATS);
    Statement stored = new Statement.StoreVector("y", I, vector);
    assertTrue(allows(1, vectors("i", stored)));
    Statement again = new Statement.Let("i", Ints.min(Ints.local("next"), Ints.local("n")));
    assertFalse(allows(1, vectors("next", again, stored)));
  }

  private static Statement vectors(String variable, Statement... body) {
    return new Statement.ForVectors(
        variable, Ints.of(0), Ints.local("n"), 1, ScalarType.FLOAT, List.of(body));
  }

  @Test
  void anotherKernelGetsTheArrays() {
    var flat = new ArrayType(ScalarType.FLOAT, 1);
    var inner =
        new Kernel(
            List.of(new Kernel.Argument("p", flat), new Kernel.Argument("q", flat)),
            List.of("at"),
            List.of(
                new Statement.Store("p", Ints.local("at"), load("q", Ints.local("at")))));
    assertFalse(allows(1, loop("i", new Statement.Invoke(inner, List.of("y", "x"), List.of(I)))));
  }
}
