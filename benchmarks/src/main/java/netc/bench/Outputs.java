package netc.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import netc.bench.jmh.PredictBatch;
import netc.runtime.Tensor;

/** What an engine makes of a workload, to be compared before anything is timed. */
public final class Outputs {
  /** Of predictions, relative to the largest number of an output. */
  private static final double TOLERANCE = 1e-4;

  /**
   * Of the way of a weight, relative to the longest: a weight of 0.1 that moves by 1e-6 keeps two digits
   * of it, and Adam divides small gradients by themselves.
   */
  private static final double TRAINING_TOLERANCE = 2e-2;

  private static final String TRAIN = "train ";
  private static final int STEPS = 4;

  private Outputs() {}

  /**
   * The probabilities of one example and of a batch and, where the engine trains, each weight's way: the
   * difference that some steps made. The steps are few; training amplifies what rounding began.
   */
  public static Map<String, float[]> of(Engine engine, Workload workload, int threads) {
    Map<String, Tensor> weights = NetcEngine.weights(workload);
    Map<String, float[]> outputs = new LinkedHashMap<>();
    float[] example = workload.examples(1);
    outputs.put("predict 1", engine.predictor(workload, weights, threads).predict(example));

    if (workload.isLarge()) {
      return outputs;
    }
    int rows = PredictBatch.ROWS;
    float[] probabilities = new float[rows * workload.outputs];
    engine
        .batchPredictor(workload, weights, rows, threads)
        .predict(workload.examples(rows), probabilities);
    outputs.put("predict batch", probabilities);

    int trained = STEPS * workload.batch;
    float[] examples = workload.examples(trained);
    int[] labels = workload.labels(trained);
    try {
      Engine.Learner learner = engine.learner(workload, weights, examples, labels, threads);
      learner.epoch();
      learner
          .weights()
          .forEach(
              (path, now) -> outputs.put(TRAIN + path, minus(now, weights.get(path).floats())));
    } catch (UnsupportedOperationException e) {
      return outputs; // an engine that only predicts
    }
    return outputs;
  }

  /** Empty, or the first place where two outputs of this name differ by more than they may. */
  public static String difference(String name, float[] expected, float[] found) {
    if (expected.length != found.length) {
      return name + ": " + expected.length + " numbers, found " + found.length;
    }
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    double most = largest * (name.startsWith(TRAIN) ? TRAINING_TOLERANCE : TOLERANCE);
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= most)) {
        return name + ", number " + i + ": " + expected[i] + ", found " + found[i];
      }
    }
    return "";
  }

  private static float[] minus(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }
}
