package netc.runtime;

import java.util.Arrays;

/**
 * How parameters and states start: the table of language.md, Initialisers. Values are drawn in double
 * from the {@link RandomStream} of seed and path and rounded to the network's precision.
 */
public final class Initializers {
  private Initializers() {}

  /** Fresh weights of a network. */
  public static Weights weights(Metadata metadata, long seed) {
    Weights weights = Weights.zeros(metadata);
    for (int i = 0; i < weights.count(); i++) {
      double[] values = draw(metadata.variables().get(i), seed);
      weights.set(i, Tensor.of(values, values.length));
    }
    return weights;
  }

  /**
   * The starting values of one variable, row-major. Bounds and deviations: Glorot and Bengio 2010
   * (sqrt(6/(in+out)), sqrt(2/(in+out))), He et al. 2015 (sqrt(6/in), sqrt(2/in)).
   */
  public static double[] draw(Metadata.Variable variable, long seed) {
    double[] values = new double[variable.elements()];
    var stream = new RandomStream(seed, variable.path());
    double in = Math.max(1, variable.fanIn());
    double both = Math.max(1, variable.fanIn() + variable.fanOut());
    switch (variable.initializer()) {
      case "zeros" -> {}
      case "ones" -> Arrays.fill(values, 1);
      case "constant" -> Arrays.fill(values, variable.first());
      case "uniform" -> uniform(stream, variable.first(), variable.second(), values);
      case "normal" -> normal(stream, variable.first(), variable.second(), values);
      case "glorot_uniform" -> around(stream, Math.sqrt(6 / both), values);
      case "glorot_normal" -> normal(stream, 0, Math.sqrt(2 / both), values);
      case "he_uniform" -> around(stream, Math.sqrt(6 / in), values);
      case "he_normal" -> normal(stream, 0, Math.sqrt(2 / in), values);
      case "orthogonal" -> orthogonal(stream, variable.shape(), values);
      default ->
          throw new IllegalArgumentException(
              "the runtime knows no initialiser `" + variable.initializer() + "`");
    }
    return values;
  }

  private static void around(RandomStream stream, double bound, double[] values) {
    uniform(stream, -bound, bound, values);
  }

  private static void uniform(RandomStream stream, double from, double to, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = from + (to - from) * stream.uniform(i);
    }
  }

  private static void normal(RandomStream stream, double mean, double deviation, double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = mean + deviation * stream.normal(i);
    }
  }

  /**
   * Orthonormal rows (or columns, where there are more rows than columns) of the matrix first axis ×
   * rest: Gram and Schmidt's process, twice for accuracy, on a normal matrix; Saxe et al. 2014.
   */
  private static void orthogonal(RandomStream stream, int[] shape, double[] values) {
    normal(stream, 0, 1, values);
    if (values.length == 0) {
      return;
    }
    int rows = shape.length == 0 ? 1 : shape[0];
    int columns = values.length / rows;
    boolean byRows = rows <= columns;
    int vectors = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    int vectorStep = byRows ? columns : 1;
    int elementStep = byRows ? 1 : columns;
    for (int v = 0; v < vectors; v++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int u = 0; u < v; u++) {
          double dot = 0;
          for (int e = 0; e < length; e++) {
            dot += values[v * vectorStep + e * elementStep] * values[u * vectorStep + e * elementStep];
          }
          for (int e = 0; e < length; e++) {
            values[v * vectorStep + e * elementStep] -= dot * values[u * vectorStep + e * elementStep];
          }
        }
      }
      double square = 0;
      for (int e = 0; e < length; e++) {
        double x = values[v * vectorStep + e * elementStep];
        square += x * x;
      }
      for (int e = 0; e < length; e++) {
        values[v * vectorStep + e * elementStep] /= Math.sqrt(square);
      }
    }
  }
}
