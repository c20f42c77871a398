package netc.bench.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import netc.bench.NetcEngine;
import netc.bench.Outputs;
import netc.bench.Workload;
import netc.bench.onnx.OnnxModel;
import netc.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is started cold computes what netc does. */
class DjlAgreesTest {

  @Test
  void predictsTheSameWithTheSameWeights(@TempDir Path folder) throws Exception {
    Map<String, Tensor> weights = NetcEngine.weights(Workload.MLP);
    Path file = folder.resolve("mlp.onnx");
    Files.write(file, OnnxModel.write(Workload.MLP, weights, 1));
    float[] example = Workload.MLP.examples(1);
    float[] expected = new NetcEngine().predictor(Workload.MLP, weights, 1).predict(example);
    assertEquals("", Outputs.difference("predict 1", expected, FirstOfDjl.predict(file, example)));
  }
}
