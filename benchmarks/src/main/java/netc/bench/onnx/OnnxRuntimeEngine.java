package netc.bench.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import netc.bench.Engine;
import netc.bench.Workload;
import netc.runtime.Tensor;

/** ONNX Runtime, called from Java as its documentation shows; all optimisations on. It does not train. */
public final class OnnxRuntimeEngine implements Engine {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  @Override
  public String version() {
    return "ONNX Runtime " + environment.getVersion();
  }

  @Override
  public Predictor predictor(Workload workload, Map<String, Tensor> weights, int threads) {
    return predictor(workload, session(OnnxModel.write(workload, weights, 1), threads));
  }

  /** Of an ONNX file for one row. */
  public Predictor load(Workload workload, Path model, int threads) {
    return predictor(workload, session(model, threads));
  }

  private Predictor predictor(Workload workload, OrtSession session) {
    long[] shape = workload.shape(1);
    return example -> {
      try (OnnxTensor x =
              OnnxTensor.createTensor(environment, FloatBuffer.wrap(example), shape);
          OrtSession.Result result = session.run(Map.of("x", x))) {
        FloatBuffer p = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] probabilities = new float[p.remaining()];
        p.get(probabilities);
        return probabilities;
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  @Override
  public BatchPredictor batchPredictor(
      Workload workload, Map<String, Tensor> weights, int rows, int threads) {
    return batchPredictor(workload, session(OnnxModel.write(workload, weights, rows), threads), rows);
  }

  /** Of an ONNX file for so many rows. */
  public BatchPredictor loadBatch(Workload workload, Path model, int rows, int threads) {
    return batchPredictor(workload, session(model, threads), rows);
  }

  /** The rows are copied once, into memory that the session reads where it is. */
  private BatchPredictor batchPredictor(Workload workload, OrtSession session, int rows) {
    FloatBuffer room = direct(rows * workload.inputs());
    FloatBuffer found = direct(rows * workload.outputs);
    OnnxTensor x = tensor(room, workload.shape(rows));
    OnnxTensor p = tensor(found, new long[] {rows, workload.outputs});
    return (examples, probabilities) -> {
      room.put(0, examples);
      try (OrtSession.Result result = session.run(Map.of("x", x), Map.of("p", p))) {
        found.get(0, probabilities);
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  @Override
  public Learner learner(
      Workload workload, Map<String, Tensor> weights, float[] examples, int[] labels, int threads) {
    throw new UnsupportedOperationException("ONNX Runtime's Java package does not train");
  }

  private OrtSession session(byte[] model, int threads) {
    try {
      return environment.createSession(model, options(threads));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private OrtSession session(Path model, int threads) {
    try {
      return environment.createSession(model.toString(), options(threads));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OrtSession.SessionOptions options(int threads) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    return options;
  }

  private OnnxTensor tensor(FloatBuffer memory, long[] shape) {
    try {
      return OnnxTensor.createTensor(environment, memory, shape);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
