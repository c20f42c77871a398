package netc.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import netc.interpret.Interpreter;
import netc.interpret.Values;
import netc.ir.Expr;
import netc.ir.Primitive;
import netc.ir.Program;
import netc.ir.Step;
import netc.ir.Subscript;
import netc.ir.Tensor;
import netc.source.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every primitive of the enum, whatever is added to it, at points of its domain and at its kinks. */
class DerivativesTest {

  /** Points inside the domain, away from kinks; empty for what has no real derivative. */
  private static double[][] points(Primitive primitive) {
    return switch (primitive) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MIN, MAX -> new double[][] {{1.5, -0.7}, {-2, 3}, {0, 1}};
      case POWER -> new double[][] {{1.5, -0.7}, {2, 3}, {0.3, 0.5}, {4, 0}};
      case CLAMP -> new double[][] {{0.5, 0, 1}, {-2, 0, 1}, {2, 0, 1}, {0.5, 2, 1}};
      case LOG, SQRT -> new double[][] {{0.25}, {1}, {7}};
      case LOG1P -> new double[][] {{-0.5}, {0}, {7}};
      case NEGATE, EXP, EXPM1, SIN, COS, TAN, TANH, ATAN, ERF, STOP, FLOOR, CEIL, ROUND ->
          new double[][] {{-1.2}, {0.2}, {1.3}};
      case ABS, SIGN -> new double[][] {{-1.2}, {1.3}};
      case POWER_WHOLE -> new double[][] {{-1.2}, {0.4}};
      case FLOOR_DIVIDE, REMAINDER, EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST, NOT, AND, OR,
          TO_REAL ->
          new double[0][];
    };
  }

  private static boolean isFlat(Primitive primitive) {
    return switch (primitive) {
      case STOP, FLOOR, CEIL, ROUND, SIGN -> true;
      default -> false;
    };
  }

  @ParameterizedTest
  @EnumSource(Primitive.class)
  void agreesWithDifferences(Primitive primitive) {
    for (double[] point : points(primitive)) {
      for (int exponent : primitive == Primitive.POWER_WHOLE ? new int[] {-2, 0, 1, 2, 3} : new int[] {0}) {
        Expr body = applied(primitive, point.length, exponent);
        double[] gradient = gradient(body, point);
        for (int i = 0; i < point.length; i++) {
          double expected = isFlat(primitive) ? 0 : difference(body, point, i);
          String where = primitive + " at " + java.util.Arrays.toString(point) + ", argument " + i;
          assertEquals(expected, gradient[i], 1e-7 * Math.max(1, Math.abs(expected)), where);
        }
      }
    }
  }

  @Test
  void whatHasNoRealDerivativeSendsNothing() {
    for (Primitive primitive : Primitive.values()) {
      if (points(primitive).length == 0) {
        Expr one = new Expr.Int(1);
        assertEquals(List.of(), Derivatives.of(primitive, List.of(one, one), one, Expr.real(1)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ABS, 0, 0, 0, '0'",
    "MAX, 1, 1, 0, '1 0'",
    "MIN, 1, 1, 0, '1 0'",
    "CLAMP, 0, 0, 1, '1 0 0'",
    "CLAMP, 1, 0, 1, '1 0 0'",
    "SIGN, 0, 0, 0, '0'",
    "ROUND, 0.5, 0, 0, '0'",
    "FLOOR, 2, 0, 0, '0'",
    "POWER, 0, 0, 0, '0 0'",
    "POWER, 0, 2, 0, '0 0'",
    "POWER, 0, 1, 0, '1 0'",
  })
  void kinksAreDecidedAsDocumented(Primitive primitive, double a, double b, double c, String expected) {
    double[] point = java.util.Arrays.copyOf(new double[] {a, b, c}, primitive.arity());
    double[] gradient = gradient(applied(primitive, point.length, 0), point);
    double[] wanted =
        java.util.Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], gradient[i], primitive + ", argument " + i);
    }
  }

  @Test
  void anInfiniteFactorOfTheOtherSideOfAMaximumDoesNoHarm() {
    // max(sqrt(a), 1) at a = 0: the slope of the root is infinite, but it does not count
    Expr root = Expr.apply(Primitive.SQRT, argument(0));
    double[] gradient = gradient(Expr.apply(Primitive.MAX, root, Expr.real(1)), 0);
    assertFalse(Double.isNaN(gradient[0]));
    assertEquals(0, gradient[0]);
  }

  private static final Place PLACE = new Place("", 0);

  private static Tensor input(int i) {
    return Tensor.real("x" + i, Tensor.Role.INPUT, List.of());
  }

  private static Expr argument(int i) {
    return Expr.read(input(i), List.<Subscript>of());
  }

  private static Expr applied(Primitive primitive, int arguments, int exponent) {
    var operands = new ArrayList<Expr>();
    for (int i = 0; i < arguments; i++) {
      operands.add(argument(i));
    }
    if (primitive == Primitive.POWER_WHOLE) {
      operands.add(new Expr.Int(exponent));
    }
    return new Expr.Apply(primitive, operands);
  }

  private static Program program(Expr body) {
    Tensor y = Tensor.real("y", Tensor.Role.VALUE, List.of());
    Step step = new Step.Equation(y, List.of(), Optional.empty(), body, PLACE);
    return new Program("p", List.of(step), List.of());
  }

  private static java.util.Map<String, Values> values(double[] point) {
    var values = new java.util.HashMap<String, Values>();
    for (int i = 0; i < point.length; i++) {
      values.put("x" + i, Values.scalar(point[i]));
    }
    values.put("seed", Values.scalar(1));
    return values;
  }

  private static double[] gradient(Expr body, double... point) {
    Program program = program(body);
    var inputs = new ArrayList<Tensor>();
    for (int i = 0; i < point.length; i++) {
      inputs.add(input(i));
    }
    Tensor seed = Tensor.real("seed", Tensor.Role.SEED, List.of());
    var objective = new Gradient.Objective(program.steps().getFirst().targets().getFirst(), seed);
    var derived = Gradient.of(program, List.of(objective), inputs);
    var run = Interpreter.run(derived.program(), values(point), 1);
    return inputs.stream()
        .map(derived.gradients()::get)
        .mapToDouble(g -> g == null ? 0 : g.equals(seed) ? 1 : run.data(g.name())[0])
        .toArray();
  }

  private static double difference(Expr body, double[] point, int at) {
    double[] moved = point.clone();
    moved[at] = point[at] + 1e-5;
    double above = Interpreter.run(program(body), values(moved), 1).data("y")[0];
    moved[at] = point[at] - 1e-5;
    double below = Interpreter.run(program(body), values(moved), 1).data("y")[0];
    return (above - below) / 2e-5;
  }
}
