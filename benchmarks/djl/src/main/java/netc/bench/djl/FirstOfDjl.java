package netc.bench.djl;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;
import java.nio.file.Path;

/** The least that an application does to predict once with 784-128-10 in an ONNX file. */
public final class FirstOfDjl {
  private FirstOfDjl() {}

  public static void main(String[] arguments)
      throws IOException, ModelNotFoundException, MalformedModelException, TranslateException {
    System.out.println(predict(Path.of(arguments[0]), new float[784])[0]);
  }

  static float[] predict(Path file, float[] example)
      throws IOException, ModelNotFoundException, MalformedModelException, TranslateException {
    Criteria<float[], float[]> criteria =
        Criteria.builder()
            .setTypes(float[].class, float[].class)
            .optModelPath(file)
            .optEngine("OnnxRuntime")
            .optTranslator(new Rows())
            .build();
    try (ZooModel<float[], float[]> model = criteria.loadModel();
        Predictor<float[], float[]> predictor = model.newPredictor()) {
      return predictor.predict(example);
    }
  }

  /** One row in, one row out. */
  private static final class Rows implements NoBatchifyTranslator<float[], float[]> {
    @Override
    public NDList processInput(TranslatorContext context, float[] example) {
      return new NDList(context.getNDManager().create(example, new Shape(1, example.length)));
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList outputs) {
      return outputs.singletonOrThrow().toFloatArray();
    }
  }
}
