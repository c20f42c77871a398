package netc.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import netc.runtime.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No row of the table may compare different computations. */
class EnginesAgreeTest {

  @ParameterizedTest
  @EnumSource(Workload.class)
  void everyEngineMakesTheSameOfTheSameWeights(Workload workload) {
    Map<String, float[]> expected = Outputs.of(new NetcEngine(), workload, 1);
    for (String engine : new String[] {"netc", "onnxruntime", "libtorch"}) {
      for (int threads : new int[] {1, 2}) {
        Outputs.of(Engine.of(engine), workload, threads)
            .forEach((name, values) -> assertEquals("", Outputs.difference(name, expected.get(name), values), engine));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void anotherFirstWeightIsSeen(Workload workload) {
    Map<String, Tensor> weights = NetcEngine.weights(workload);
    String name = weights.keySet().stream().filter(path -> path.contains("weight")).findFirst().orElseThrow();
    float[] larger = weights.get(name).floats();
    for (int i = 0; i < larger.length; i++) {
      larger[i] *= 1.1f;
    }
    float[] example = workload.examples(1);
    float[] expected = new NetcEngine().predictor(workload, weights, 1).predict(example);
    weights.put(name, Tensor.of(larger, weights.get(name).shape()));
    for (String engine : new String[] {"netc", "onnxruntime", "libtorch"}) {
      float[] found = Engine.of(engine).predictor(workload, weights, 1).predict(example);
      assertNotEquals("", Outputs.difference("predict 1", expected, found), engine);
    }
  }
}
