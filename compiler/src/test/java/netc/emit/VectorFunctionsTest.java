package netc.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import netc.CompiledNet;
import netc.runtime.Flavour;
import netc.runtime.Network;
import netc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The functions of vectors against {@code java.lang.Math} in double, over floats of every sign and
 * exponent, those where a method changes among them: within 2 ULP. {@code -Dfunctions.step=1} takes
 * every float there is.
 */
class VectorFunctionsTest {
  private static final int STEP = Integer.getInteger("functions.step", 4099);
  private static final int ROWS = 4096;
  private static final double MOST_ULP = 2;

  static Stream<Arguments> functions() {
    return Stream.of(
        function("exp", Math::exp),
        function("log", Math::log),
        function("tanh", Math::tanh),
        function("log1p", Math::log1p));
  }

  private static Arguments function(String name, DoubleUnaryOperator exact) {
    return Arguments.of(name, exact);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void isWithinTwoUlp(String name, DoubleUnaryOperator exact) {
    CompiledNet net =
        Nets.compile("package demo\nnet F { input x  output y = " + name + "(x) }");
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
            compare(name, network, x, exact);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("functions")
  void isRightAtTheEdges(String name, DoubleUnaryOperator exact) {
    CompiledNet net =
        Nets.compile("package demo\nnet F { input x  output y = " + name + "(x) }");
    Network network = net.load().init(1);
    List<Float> edges = new ArrayList<>();
    for (float x :
        new float[] {
          0f, Float.MIN_VALUE, Float.MIN_NORMAL, 0.625f, (float) Math.sqrt(0.5), 1f, 88.722839f,
          88.72284f, 103.97208f, 87.33655f, 1e-30f, 1e30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY
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
    Flavours.in(Flavour.VECTOR, () -> compare(name, network, x, exact));
  }

  @Test
  void zeroKeepsItsSign() {
    for (String name : List.of("tanh", "log1p")) {
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

  private static boolean usesVectors(CompiledNet net) {
    return net.classes().keySet().stream().anyMatch(name -> name.endsWith("$Vectors"));
  }

  private static float[] run(Network network, float[] x) {
    return network.predict(Map.of("x", Tensor.of(x, x.length)), x.length).get("y").floats();
  }

  private static void compare(
      String name, Network network, float[] x, DoubleUnaryOperator exact) {
    float[] found = run(network, x);
    for (int i = 0; i < x.length; i++) {
      double expected = exact.applyAsDouble(x[i]);
      String what = name + "(" + x[i] + ")";
      if (Double.isNaN(expected)) {
        assertTrue(Float.isNaN(found[i]), () -> what + " is no NaN");
      } else if (Float.isInfinite((float) expected) || expected == 0) {
        assertEquals((float) expected, found[i], what);
      } else {
        double error = Math.abs(found[i] - expected) / Math.ulp((float) expected);
        assertTrue(error <= MOST_ULP, () -> what + " is " + expected + ", off by " + error + " ULP");
      }
    }
  }
}
