package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import netc.CompiledNet;
import netc.runtime.Flavour;
import netc.runtime.Network;
import netc.runtime.Numerics;
import netc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The functions of vectors, and formulas made of them, against {@code java.lang.Math} in double, over
 * floats of every sign and exponent, those where a method changes among them: within 2 ULP, or exactly.
 * {@code -Dfunctions.step=1} takes every float there is.
 */
class VectorFunctionsTest {
  private static final int STEP = Integer.getInteger("functions.step", 4099);
  private static final int ROWS = 4096;

  static Stream<Arguments> functions() {
    return Stream.of(
        within(2, "exp(x)", Math::exp),
        within(2, "expm1(x)", Math::expm1),
        within(2, "log(x)", Math::log),
        within(2, "log1p(x)", Math::log1p),
        within(2, "tanh(x)", Math::tanh),
        within(2, "erf(x)", Numerics::erf),
        within(2, "sin(x)", Math::sin),
        within(2, "cos(x)", Math::cos),
        within(2, "tan(x)", Math::tan),
        within(2, "atan(x)", Math::atan),
        within(0, "floor(x)", Math::floor),
        within(0, "ceil(x)", Math::ceil),
        within(0, "round(x)", Math::rint),
        within(0, "sign(x)", Math::signum),
        within(0, "x^1", x -> x),
        within(0, "x^5", x -> Numerics.power((float) x, 5)),
        within(0, "x^-3", x -> Numerics.power((float) x, -3)),
        within(2.5, "sigmoid(x)", x -> 1 / (1 + Math.exp(-x))),
        within(2, "softplus(x)", VectorFunctionsTest::softplus),
        within(2, "log1p_exp(x)", VectorFunctionsTest::softplus));
  }

  private static Arguments within(double ulp, String formula, DoubleUnaryOperator exact) {
    return Arguments.of(formula, exact, ulp);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void isWithinItsBound(String formula, DoubleUnaryOperator exact, double ulp) {
    CompiledNet net = Nets.compile("package demo\nnet F { input x  output y = " + formula + " }");
    assertTrue(usesVectors(net), "no vectors in the kernels");
    Network network = net.load().init(1);
    Flavours.in(
        Flavour.VECTOR,
        () -> {
          float[] x = new float[ROWS];
          for (long bits = 0; bits < 1L << 32; bits += (long) STEP * ROWS) {
            for (int i = 0; i < ROWS; i++) {
              x[i] = Float.intBitsToFloat((int) (bits + (long) STEP * i));
            }
            compare(formula, network, x, exact, ulp);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("functions")
  void isRightAtTheEdges(String formula, DoubleUnaryOperator exact, double ulp) {
    CompiledNet net = Nets.compile("package demo\nnet F { input x  output y = " + formula + " }");
    Network network = net.load().init(1);
    List<Float> edges = new ArrayList<>();
    for (float x :
        new float[] {
          0f, Float.MIN_VALUE, Float.MIN_NORMAL, 0.5f, 0.625f, (float) Math.sqrt(0.5), 0.9f, 1f, 1.5f,
          (float) (Math.PI / 4), (float) (Math.PI / 2), (float) Math.PI, 4f, 20f, 25f, 88.722839f,
          88.72284f, 103.97208f, 87.33655f, 8192f, 131072f, 4194304f, 8388608f, 1e-30f, 1e30f,
          Float.MAX_VALUE, Float.POSITIVE_INFINITY
        }) {
      for (float near : new float[] {x, Math.nextDown(x), Math.nextUp(x)}) {
        edges.add(near);
        edges.add(-near);
      }
    }
    edges.add(Float.NaN);
    float[] x = new float[edges.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = edges.get(i);
    }
    Flavours.in(Flavour.VECTOR, () -> compare(formula, network, x, exact, ulp));
  }

  @Test
  void zeroKeepsItsSign() {
    for (String name :
        List.of("expm1", "log1p", "tanh", "erf", "sin", "tan", "atan", "floor", "ceil", "round", "sign")) {
      CompiledNet net =
          Nets.compile("package demo\nnet F { input x  output y = " + name + "(x) }");
      Network network = net.load().init(1);
      Flavours.in(
          Flavour.VECTOR,
          () -> {
            float[] y = run(network, new float[] {-0f, 0f});
            assertEquals(-0f, y[0], name);
            assertEquals(0f, y[1], name);
          });
    }
  }

  /** What is computed lane by lane beyond a bound changes nothing beside it. */
  @Test
  void hugeAnglesDoNotTouchTheirNeighbours() {
    for (String name : List.of("sin", "cos", "tan")) {
      Network network =
          Nets.compile("package demo\nnet F { input x  output y = " + name + "(x) }").load().init(1);
      Flavours.in(
          Flavour.VECTOR,
          () -> {
            float[] alone = run(network, new float[] {1, 2, 3, 4, 5, 6});
            float[] beside = run(network, new float[] {1, 1e30f, 3, 4, Float.NaN, 6});
            for (int i : new int[] {0, 2, 3, 5}) {
              assertEquals(alone[i], beside[i], name);
            }
          });
    }
  }

  static Stream<String> activations() throws IOException {
    try (var in = CompiledNet.class.getResourceAsStream("std/activations.net")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Pattern.compile("(?m)^fn (\\w+)\\(z(, \\w+ = [-\\d.]+)*\\)")
          .matcher(text)
          .results()
          .map(match -> match.group(1))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void everyActivationOfThePreludeHasVectors(String name) {
    assertTrue(
        usesVectors(Nets.compile("package demo\nnet F { input x  output y = " + name + "(2 * x) }")));
  }

  @Test
  void theActivationsAreThoseOfThePrelude() throws IOException {
    assertTrue(activations().toList().containsAll(List.of("sigmoid", "gelu", "softplus", "hardshrink")));
  }

  private static boolean usesVectors(CompiledNet net) {
    return net.classes().keySet().stream().anyMatch(name -> name.endsWith("$Vectors"));
  }

  private static float[] run(Network network, float[] x) {
    Network vectors = network.withFlavour(Flavour.VECTOR);
    return vectors.predict(Map.of("x", Tensor.of(x, x.length)), x.length).get("y").floats();
  }

  /** Where the true value is denormal, an error below the least normal number is enough for sigmoid. */
  private static void compare(
      String formula, Network network, float[] x, DoubleUnaryOperator exact, double ulp) {
    float[] found = run(network, x);
    for (int i = 0; i < x.length; i++) {
      double expected = exact.applyAsDouble(x[i]);
      String what = formula + " of " + x[i];
      if (Double.isNaN(expected)) {
        assertTrue(Float.isNaN(found[i]), () -> what + " is no NaN");
      } else if (Float.isInfinite((float) expected) || expected == 0) {
        assertEquals((float) expected, found[i], what);
      } else if (formula.startsWith("sigmoid") && expected < Float.MIN_NORMAL) {
        assertEquals(expected, found[i], Float.MIN_NORMAL, what);
      } else {
        double error = Math.abs(found[i] - expected) / Math.ulp((float) expected);
        assertTrue(error <= ulp, () -> what + " is " + expected + ", off by " + error + " ULP");
      }
    }
  }
}
