package netc.loop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import netc.loop.Scalar.Comparison;
import org.junit.jupiter.api.Test;

/** Which conditions are computed whole: nothing is read, and nothing divided, that a jump protects. */
class WholeTestsTest {
  private static final Scalar I = Ints.local("i");
  private static final Scalar X = new Scalar.Load("x", I, ScalarType.FLOAT);
  private static final Scalar Y = new Scalar.Load("y", I, ScalarType.FLOAT);
  private static final Scalar ONE = new Scalar.RealLiteral(1, ScalarType.FLOAT);

  private static Scalar isLess(Scalar left, Scalar right) {
    return new Scalar.Compare(Comparison.LESS, left, right);
  }

  @Test
  void whatTheLeftSideHasReadMayBeReadAgain() {
    assertTrue(WholeTests.isWhole(new Scalar.And(isLess(X, ONE), isLess(ONE, X))));
    assertTrue(WholeTests.isWhole(new Scalar.Or(isLess(X, Y), new Scalar.Not(isLess(Y, X)))));
    assertTrue(
        WholeTests.isWhole(new Scalar.Or(isLess(X, ONE), new Scalar.And(isLess(I, Ints.of(3)), isLess(X, X)))));
    assertFalse(WholeTests.isWhole(new Scalar.And(isLess(X, ONE), isLess(Y, ONE))));
    assertFalse(WholeTests.isWhole(new Scalar.And(isLess(I, Ints.of(3)), isLess(X, ONE))));
  }

  /** The right side of the left side may not have been read. */
  @Test
  void whatIsReadInOneCaseOnlyDoesNotCount() {
    Scalar inOneCase = new Scalar.Or(isLess(I, Ints.of(3)), isLess(X, ONE));
    assertFalse(WholeTests.isWhole(new Scalar.And(inOneCase, isLess(X, ONE))));
  }

  @Test
  void functionsAndDivisionsStayBehindTheJump() {
    Scalar isFirst = isLess(I, Ints.of(3));
    Scalar exp = new Scalar.Call(Scalar.Function.EXP, List.of(X), ScalarType.FLOAT);
    Scalar remainder =
        new Scalar.Call(Scalar.Function.FLOOR_REMAINDER, List.of(Ints.of(7), I), ScalarType.INT);
    assertFalse(WholeTests.isWhole(new Scalar.And(isFirst, isLess(ONE, exp))));
    assertFalse(WholeTests.isWhole(new Scalar.And(isFirst, isLess(remainder, Ints.of(1)))));
    assertFalse(WholeTests.isWhole(isFirst), "one part");
  }
}
