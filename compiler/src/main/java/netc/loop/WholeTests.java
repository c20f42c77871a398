package netc.loop;

import java.util.HashSet;
import java.util.Set;

/**
 * Which conditions of two parts may be computed whole, where {@code &&} would jump over the right part:
 * what that part reads the left one has read, and nothing in it takes long or fails. Without the jump the
 * JIT compiler can choose without a branch, which half of all data would mispredict.
 */
public final class WholeTests {
  private WholeTests() {}

  /** Whether a condition has two parts, and both may always be computed. */
  public static boolean isWhole(Scalar condition) {
    return switch (condition) {
      case Scalar.And(var left, var right) -> areWhole(left, right);
      case Scalar.Or(var left, var right) -> areWhole(left, right);
      default -> false;
    };
  }

  private static boolean areWhole(Scalar left, Scalar right) {
    Set<Scalar> read = new HashSet<>();
    return isShort(left, read, true) && isShort(right, read, false);
  }

  /**
   * @param read the elements that are read in any case
   * @param isFirst whether what this reads is, too
   */
  private static boolean isShort(Scalar scalar, Set<Scalar> read, boolean isFirst) {
    return switch (scalar) {
      case Scalar.Local _, Scalar.IntLiteral _, Scalar.RealLiteral _, Scalar.BooleanLiteral _ -> true;
      case Scalar.Load _, Scalar.LoadLane _ -> {
        if (isFirst) {
          read.add(scalar);
        }
        yield read.contains(scalar);
      }
      case Scalar.Compare(_, var left, var right) ->
          isShort(left, read, isFirst) && isShort(right, read, isFirst);
      case Scalar.Not(var value) -> isShort(value, read, isFirst);
      // Nothing is read for the first time behind a jump.
      case Scalar.And(var left, var right) ->
          isShort(left, read, isFirst) && isShort(right, read, false);
      case Scalar.Or(var left, var right) ->
          isShort(left, read, isFirst) && isShort(right, read, false);
      case Scalar.Arithmetic _, Scalar.Negate _, Scalar.Choose _, Scalar.Convert _, Scalar.Call _,
          Scalar.JavaRelease _, Scalar.OfVectors _ ->
          false;
    };
  }
}
