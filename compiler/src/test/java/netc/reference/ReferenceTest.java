package netc.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import netc.Netc;
import netc.ir.Model;
import netc.runtime.Precision;
import netc.runtime.Tensor;
import netc.source.Renderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Outputs, losses and gradients are PyTorch's: for every case of the index by the generated class in
 * both precisions, and by the interpreter.
 */
class ReferenceTest {
  /**
   * The given files of these hold zeros for the gradients of all weights, though those of the input are not
   * zero: they were lost when the files were made. The folder torch has the same layers with them.
   */
  private static final List<String> WITHOUT_WEIGHT_GRADIENTS = List.of("rnn", "lstm", "gru");

  /** The optimisers are tested in the runtime, by OptimizersTest. */
  private static boolean isOptimizer(String name) {
    return name.startsWith("opt_");
  }

  static Stream<Arguments> cases() {
    return Stream.of(ReferenceCase.GIVEN, ReferenceCase.TORCH)
        .flatMap(
            folder ->
                ReferenceCase.index(folder).keySet().stream()
                    .filter(name -> !isOptimizer(name))
                    .map(name -> Arguments.of(folder, name)));
  }

  @Test
  void theIndexIsReadWhole() {
    var index = ReferenceCase.index(ReferenceCase.GIVEN);
    assertEquals(57, index.size());
    index.values().forEach(t -> assertTrue(t[0] <= 1e-3 && t[1] <= 1e-8));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theClassAgreesInDouble(String folder, String name) {
    var reference = ReferenceCase.read(folder, name);
    var computed = Computed.byClass(reference, model(reference), Precision.F64);
    compare(reference, computed, reference.tolerance());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theClassAgreesInFloat(String folder, String name) {
    var reference = ReferenceCase.read(folder, name);
    var computed = Computed.byClass(reference, model(reference), Precision.F32);
    compare(reference, computed, reference.tolerancef());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theInterpreterAgrees(String folder, String name) {
    var reference = ReferenceCase.read(folder, name);
    compare(reference, Computed.byInterpreter(reference, model(reference)), reference.tolerance());
  }

  private static Model model(ReferenceCase reference) {
    var checked = Netc.check(reference.source(), Map.of());
    assertEquals("", Renderer.plain().render(checked.diagnostics()));
    return checked.models().getFirst();
  }

  /** Every result in the case's file has its equal in what was computed. */
  private static void compare(ReferenceCase reference, Computed computed, double tolerance) {
    Model model = model(reference);
    double scale = scale(reference, model);
    var left = new TreeSet<>(reference.tensors().keySet());
    left.removeIf(name -> !name.equals("loss") && !name.startsWith("out.") && !name.startsWith("grad."));
    Tensor loss = reference.tensors().get("loss");
    near("loss", loss, new double[] {computed.loss() * scale}, tolerance);
    double all = largestGradient(reference);
    left.remove("loss");
    computed.outputs().forEach((name, values) -> {
      near("out." + name, reference.tensors().get("out." + name), values, tolerance);
      left.remove("out." + name);
    });
    computed.inputGradients().forEach((name, values) -> {
      Tensor expected = reference.tensors().get("grad.input." + name);
      if (expected != null) { // none for a cotangent
        near("grad.input." + name, expected, times(scale, values), tolerance, all);
        left.remove("grad.input." + name);
      }
    });
    for (Model.Variable parameter : model.parameters()) {
      String path = parameter.tensor().name();
      List<Tensor> parts = reference.parts("param", path);
      List<String> names = reference.names().getOrDefault(path, List.of("param." + path));
      double[] gradient = times(scale, computed.parameterGradients().get(path));
      for (int i = 0; i < parts.size(); i++) {
        String name = "grad." + names.get(i);
        if (reference.folder().equals(ReferenceCase.GIVEN)
            && WITHOUT_WEIGHT_GRADIENTS.contains(reference.name())) {
          assertEquals(0, largest(reference.tensors().get(name).doubles()), "a lost gradient");
          left.remove(name);
          continue;
        }
        near(name, reference.tensors().get(name), Computed.part(gradient, parts, i), tolerance, all);
        left.remove(name);
      }
    }
    for (Model.Variable state : model.states()) {
      String path = state.tensor().name();
      reference.after(path).ifPresent(after -> near(path, after, computed.states().get(path), tolerance));
    }
    assertEquals(new TreeSet<>(), left, "results of " + reference.name() + " that the net lacks");
  }

  /** Where a case gives cotangents its loss is the sum over the rows, not their mean. */
  private static double scale(ReferenceCase reference, Model model) {
    boolean isSum = reference.tensors().keySet().stream().anyMatch(n -> n.startsWith("cot."));
    return isSum ? Computed.Data.of(reference, model).rows() : 1;
  }

  private static double largestGradient(ReferenceCase reference) {
    return reference.tensors().entrySet().stream()
        .filter(e -> e.getKey().startsWith("grad."))
        .mapToDouble(e -> largest(e.getValue().doubles()))
        .max()
        .orElseThrow();
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  private static double[] times(double scale, double[] values) {
    return Arrays.stream(values).map(v -> v * scale).toArray();
  }

  private static void near(String name, Tensor expected, double[] actual, double tolerance) {
    near(name, expected, actual, tolerance, 0);
  }

  /** A gradient that vanishes but for rounding is compared on the scale of all gradients. */
  private static void near(
      String name, Tensor expected, double[] actual, double tolerance, double all) {
    double[] wanted = expected.doubles();
    assertEquals(wanted.length, actual.length, "elements of " + name);
    double own = largest(wanted);
    double largest = own < 1e-12 * all ? all : own;
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], actual[i], tolerance * largest, name + " at " + i);
    }
  }
}
