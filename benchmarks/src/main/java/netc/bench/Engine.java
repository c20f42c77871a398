package netc.bench;

import java.util.Map;
import java.util.ServiceLoader;
import netc.runtime.Tensor;

/**
 * Something that computes workloads from given weights: netc's generated classes, or a peer. What it
 * makes lives until the process ends.
 */
public interface Engine {

  /** What the table calls it, version included. */
  String version();

  /** Predicts one example: probabilities of the classes. */
  Predictor predictor(Workload workload, Map<String, Tensor> weights, int threads);

  /** Predicts a batch. */
  BatchPredictor batchPredictor(Workload workload, Map<String, Tensor> weights, int rows, int threads);

  /** Trains on all batches of the examples, in order, again and again. */
  Learner learner(
      Workload workload, Map<String, Tensor> weights, float[] examples, int[] labels, int threads);

  /** As an application calls it: a new array comes back. */
  interface Predictor {
    float[] predict(float[] example);
  }

  /** Rows in and out, row-major. */
  interface BatchPredictor {
    void predict(float[] rows, float[] probabilities);
  }

  /** Owns weights that move. */
  interface Learner {
    /** One pass over the examples. */
    void epoch();

    /** A copy of the weights as they are now. */
    Map<String, float[]> weights();
  }

  /** The engines by the names of the command line. */
  static Engine of(String name) {
    switch (name) {
      case "netc":
        return new NetcEngine();
      case "onnxruntime":
        return new netc.bench.onnx.OnnxRuntimeEngine();
      case "libtorch":
        return new netc.bench.torch.TorchEngine();
      case "dl4j", "smile": // each where its own module is on the class path
        return ServiceLoader.load(Engine.class).findFirst().orElseThrow();
      default:
        throw new IllegalArgumentException("there is no engine " + name);
    }
  }
}
