package netc.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Room for the derivative of the objective by each parameter, in the network's precision; filled by a
 * network's {@code gradients} method. The arrays may be read, and changed, between calls.
 */
public final class Gradients {
  private final List<Metadata.Variable> parameters;
  final float[][] floats;
  final double[][] doubles;

  /** Zeros for every parameter of a network. */
  public Gradients(Metadata metadata) {
    parameters = metadata.variables().stream().filter(Metadata.Variable::trained).toList();
    boolean single = metadata.precision() == Precision.F32;
    floats = single ? new float[parameters.size()][] : null;
    doubles = single ? null : new double[parameters.size()][];
    for (int i = 0; i < parameters.size(); i++) {
      if (single) {
        floats[i] = new float[parameters.get(i).elements()];
      } else {
        doubles[i] = new double[parameters.get(i).elements()];
      }
    }
  }

  /** The derivative by the parameter of this path, of the parameter's shape: a copy. */
  public Tensor gradient(String path) {
    int at = position(path);
    return copy(at);
  }

  /** The array itself of an F32 network. */
  public float[] floats(String path) {
    if (floats == null) {
      throw new IllegalStateException("these gradients are doubles: the network computes in F64");
    }
    return floats[position(path)];
  }

  /** The array itself of an F64 network. */
  public double[] doubles(String path) {
    if (doubles == null) {
      throw new IllegalStateException("these gradients are floats: the network computes in F32");
    }
    return doubles[position(path)];
  }

  /** Copies of all, by path, in the order of the parameters. */
  public Map<String, Tensor> all() {
    var all = new LinkedHashMap<String, Tensor>();
    for (int i = 0; i < parameters.size(); i++) {
      all.put(parameters.get(i).path(), copy(i));
    }
    return all;
  }

  private Tensor copy(int at) {
    int[] shape = parameters.get(at).shape();
    return floats != null
        ? Tensor.of(floats[at].clone(), shape)
        : Tensor.of(doubles[at].clone(), shape);
  }

  private int position(String path) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).path().equals(path)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        Messages.unknown("parameter", path, parameters.stream().map(p -> p.path()).toList()));
  }
}
