package netc.bench.cold;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/** The least that an application does to predict once. */
public final class FirstOfOnnxRuntime {
  private FirstOfOnnxRuntime() {}

  public static void main(String[] arguments) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession session = environment.createSession(arguments[0]);
    FloatBuffer example = FloatBuffer.wrap(new float[784]);
    try (OnnxTensor x = OnnxTensor.createTensor(environment, example, new long[] {1, 784});
        OrtSession.Result result = session.run(Map.of("x", x))) {
      System.out.println(((OnnxTensor) result.get(0)).getFloatBuffer().get(0));
    }
  }
}
