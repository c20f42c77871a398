package netc.bench.smile;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import netc.bench.Engine;
import netc.bench.Workload;
import netc.runtime.Tensor;
import smile.classification.MLP;
import smile.linalg.blas.cblas_h;
import smile.util.function.TimeFunction;

/** Smile's multilayer perceptron: floats inside, {@code double[]} where it is called; of the optimisers only SGD. */
public final class SmileEngine implements Engine {

  @Override
  public String version() {
    String jar = MLP.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return "Smile " + jar.replaceAll(".*/smile-core-(.*)\\.jar", "$1");
  }

  @Override
  public Predictor predictor(Workload workload, Map<String, Tensor> weights, int threads) {
    Perceptron network = Perceptron.of(workload, weights);
    return example -> {
      double[] probabilities = new double[workload.outputs];
      network.predict(doubles(example), probabilities);
      return floats(probabilities);
    };
  }

  /** Several threads share the rows, as Smile's own method for many rows does; then BLAS has one of them. */
  @Override
  public BatchPredictor batchPredictor(
      Workload workload, Map<String, Tensor> weights, int rows, int threads) {
    Perceptron network = Perceptron.of(workload, weights);
    double[][] x = new double[rows][workload.inputs()];
    double[][] p = new double[rows][workload.outputs];
    ForkJoinPool pool = new ForkJoinPool(threads);
    if (threads > 1) {
      cblas_h.openblas_set_num_threads(1);
    }
    return (examples, probabilities) -> {
      fill(x, examples);
      if (threads == 1) {
        for (int row = 0; row < rows; row++) {
          network.predict(x[row], p[row]);
        }
      } else {
        pool.submit(() -> network.predict(x, p)).join();
      }
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < workload.outputs; i++) {
          probabilities[row * workload.outputs + i] = (float) p[row][i];
        }
      }
    };
  }

  @Override
  public Learner learner(
      Workload workload, Map<String, Tensor> weights, float[] examples, int[] labels, int threads) {
    if (workload.optimizer != Workload.Optimizer.SGD) {
      throw new UnsupportedOperationException("Smile's perceptron has no Adam");
    }
    Perceptron network = Perceptron.of(workload, weights);
    network.setLearningRate(TimeFunction.constant(workload.optimizer.rate));
    double[][] x = new double[labels.length][workload.inputs()];
    fill(x, examples);
    return new Learner() {
      @Override
      public void epoch() {
        for (int row = 0; row < labels.length; row += workload.batch) {
          int end = Math.min(row + workload.batch, labels.length);
          network.update(Arrays.copyOfRange(x, row, end), Arrays.copyOfRange(labels, row, end));
        }
      }

      @Override
      public Map<String, float[]> weights() {
        return network.weights();
      }
    };
  }

  private static void fill(double[][] rows, float[] values) {
    int at = 0;
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = values[at++];
      }
    }
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
