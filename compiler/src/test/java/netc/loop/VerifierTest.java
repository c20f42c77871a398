package netc.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import netc.loop.Scalar.Arithmetic;
import netc.loop.Scalar.BooleanLiteral;
import netc.loop.Scalar.Call;
import netc.loop.Scalar.Choose;
import netc.loop.Scalar.Compare;
import netc.loop.Scalar.Convert;
import netc.loop.Scalar.Function;
import netc.loop.Scalar.Load;
import netc.loop.Scalar.LoadLane;
import netc.loop.Scalar.Local;
import netc.loop.Scalar.Operator;
import netc.loop.Scalar.RealLiteral;
import netc.loop.Statement.Assign;
import netc.loop.Statement.For;
import netc.loop.Statement.If;
import netc.loop.Statement.Let;
import netc.loop.Statement.LetRow;
import netc.loop.Statement.Store;
import netc.loop.Statement.StoreLane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the verifier, broken alone, in a kernel of {@code float[] x, float[][] r, int[] n}. */
class VerifierTest {
  private static final ScalarType FLOAT = ScalarType.FLOAT;
  private static final ScalarType INT = ScalarType.INT;
  private static final Scalar ONE = new RealLiteral(1, FLOAT);
  private static final Scalar WIDE = new RealLiteral(1, ScalarType.DOUBLE);
  private static final Scalar ZERO = Ints.of(0);
  private static final Scalar TRUE = new BooleanLiteral(true);

  @Test
  void aGoodKernelPassesAndPrintsAsJava() {
    var kernel =
        kernel(
            true,
            new Let("sum", new RealLiteral(0, FLOAT)),
            new For(
                "i",
                ZERO,
                Ints.local(Kernel.ROWS),
                1,
                List.of(
                    new LetRow("row", "r", FLOAT, Ints.local("i")),
                    new If(
                        new Compare(
                            Scalar.Comparison.LESS, new Load("n", Ints.local("i"), INT), Ints.of(3)),
                        List.of(
                            new Assign(
                                "sum",
                                new Call(
                                    Function.FMA,
                                    List.of(
                                        new Load("row", ZERO, FLOAT),
                                        new LoadLane("r", ZERO, Ints.local("i"), FLOAT),
                                        new Local("sum", FLOAT)),
                                    FLOAT))),
                        List.of(new StoreLane("r", Ints.local("i"), ZERO, ONE))))),
            new For("i", ZERO, Ints.of(4), 2, List.of()),
            new Store("x", ZERO, new Arithmetic(Operator.DIVIDE, new Local("sum", FLOAT), ONE)));
    assertEquals(List.of(), Verifier.check(kernel));
    assertEquals(
        """
        kernel(float[] x, float[][] r, int[] n; rows, firstRow, batchRows) {
          float sum = 0.0f;
          for (int i = 0; i < rows; i++) {
            float[] row = r[i];
            if (n[i] < 3) {
              sum = fma(row[0], r[0][i], sum);
            } else {
              r[i][0] = 1.0f;
            }
          }
          for (int i = 0; i < 4; i += 2) {
          }
          x[0] = sum / 1.0f;
        }
        """,
        Printer.print(kernel));
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        statement(new Assign("t", ONE), "`t` is assigned before it is declared"),
        statement(store(new Local("t", FLOAT)), "`t` is read before it is declared"),
        statement(
            new If(TRUE, List.of(new Let("t", ONE)), List.of(store(new Local("t", FLOAT)))),
            "`t` is read before it is declared"),
        statement(new Let("x", ONE), "`x` is declared twice"),
        statement(
            new For("i", ZERO, ZERO, 1, List.of(new Assign("i", ZERO))),
            "`i` counts a loop or is an argument, and is assigned"),
        statement(
            new For("i", ZERO, ZERO, 1, List.of(store(new Local("i", FLOAT)))),
            "`i` is INT and is read as FLOAT"),
        statement(
            new For("i", ZERO, ZERO, 1, List.of(new Let("t", ONE), new Assign("t", WIDE))),
            "`t` is FLOAT and is assigned DOUBLE"),
        statement(new For("i", ZERO, ZERO, 0, List.of()), "the loop over `i` steps by 0"),
        statement(new For("i", ONE, ZERO, 1, List.of()), "the beginning of a loop is FLOAT"),
        statement(new For("i", ZERO, ONE, 1, List.of()), "the end of a loop is FLOAT"),
        statement(store(Ints.local(Kernel.ROWS)), "`rows` is read before it is declared"),
        statement(new Store("y", ZERO, ONE), "there is no array `y`"),
        statement(new Store("x", ZERO, WIDE), "`x` is float[], not double[]"),
        statement(new Store("r", ZERO, ONE), "`r` is float[][], not float[]"),
        statement(new StoreLane("x", ZERO, ZERO, ONE), "`x` is float[], not float[][]"),
        statement(new LetRow("t", "x", FLOAT, ZERO), "`x` is float[], not float[][]"),
        statement(new Store("x", ONE, ONE), "an index is FLOAT"),
        statement(new StoreLane("r", ONE, ZERO, ONE), "the index of a row is FLOAT"),
        statement(new If(ZERO, List.of(), List.of()), "a condition is INT"),
        scalar(new Load("n", ZERO, FLOAT), "`n` is int[], not float[]"),
        scalar(new RealLiteral(1, INT), "a real literal is no INT"),
        scalar(new Arithmetic(Operator.ADD, ONE, ZERO), "`+` takes FLOAT and INT"),
        scalar(new Arithmetic(Operator.ADD, TRUE, ONE), "`+` takes a BOOLEAN", "`+` takes BOOLEAN and FLOAT"),
        scalar(new Scalar.Negate(TRUE), "`-` takes a BOOLEAN"),
        scalar(new Scalar.Not(ONE), "a condition is FLOAT"),
        scalar(new Scalar.And(TRUE, ZERO), "a condition is INT"),
        scalar(new Scalar.Or(ZERO, TRUE), "a condition is INT"),
        scalar(new Compare(Scalar.Comparison.LESS, ONE, WIDE), "`<` takes FLOAT and DOUBLE"),
        scalar(new Choose(ZERO, ONE, ONE), "a condition is INT"),
        scalar(new Choose(TRUE, ONE, ZERO), "`?:` takes FLOAT and INT"),
        scalar(new Convert(ONE, ScalarType.BOOLEAN), "a FLOAT is converted to BOOLEAN"),
        scalar(call(Function.EXP, FLOAT, WIDE), "EXP to FLOAT does not take [DOUBLE]"),
        scalar(call(Function.EXP, INT, ZERO), "EXP to INT does not take [INT]"),
        scalar(call(Function.MAX, FLOAT, ONE), "MAX to FLOAT does not take [FLOAT]"),
        scalar(
            call(Function.POWER_WHOLE, FLOAT, ONE, ONE),
            "POWER_WHOLE to FLOAT does not take [FLOAT, FLOAT]"),
        scalar(
            call(Function.FLOOR_DIVIDE, FLOAT, ONE, ONE),
            "FLOOR_DIVIDE to FLOAT does not take [FLOAT, FLOAT]"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenRuleIsNamed(Statement statement, List<String> sentences) {
    assertEquals(sentences, Verifier.check(kernel(false, statement)));
  }

  private static Kernel kernel(boolean usesRows, Statement... body) {
    return new Kernel(
        List.of(
            new Kernel.Argument("x", new ArrayType(FLOAT, 1)),
            new Kernel.Argument("r", new ArrayType(FLOAT, 2)),
            new Kernel.Argument("n", new ArrayType(INT, 1))),
        usesRows,
        List.of(body));
  }

  private static Arguments statement(Statement statement, String sentence) {
    return Arguments.of(statement, List.of(sentence));
  }

  private static Arguments scalar(Scalar scalar, String... sentences) {
    return Arguments.of(new Let("value", scalar), List.of(sentences));
  }

  /** To an array of the value's type, so that only the value is wrong. */
  private static Statement store(Scalar value) {
    return new Store(value.type() == INT ? "n" : "x", ZERO, value);
  }

  private static Scalar call(Function function, ScalarType type, Scalar... arguments) {
    return new Call(function, List.of(arguments), type);
  }
}
