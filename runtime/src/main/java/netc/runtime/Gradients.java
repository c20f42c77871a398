package netc.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Room for the derivative of the objective by each parameter, in the network's precision; filled by a
 * network's {@code gradients} method. The arrays may be read, and changed, between calls.
 */
public final class Gradients {
  private final List<Metadata.Variable> parameters = new ArrayList<>();

  /** The float[] or double[] of each parameter. */
  final Object[] arrays;

  /** Zeros for every parameter of a network. */
  public Gradients(Metadata metadata) {
    for (Metadata.Variable variable : metadata.variables()) {
      if (variable.trained()) {
        parameters.add(variable);
      }
    }
    arrays = new Object[parameters.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = metadata.precision().array(parameters.get(i).elements());
    }
  }

  /** The derivative by the parameter of this path, of the parameter's shape: a copy. */
  public Tensor gradient(String path) {
    return copy(position(path));
  }

  /** The array itself of an F32 network. */
  public float[] floats(String path) {
    if (arrays[position(path)] instanceof float[] floats) {
      return floats;
    }
    throw new IllegalStateException("these gradients are doubles: the network computes in F64");
  }

  /** The array itself of an F64 network. */
  public double[] doubles(String path) {
    if (arrays[position(path)] instanceof double[] doubles) {
      return doubles;
    }
    throw new IllegalStateException("these gradients are floats: the network computes in F32");
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
    return arrays[at] instanceof float[] floats
        ? Tensor.of(floats.clone(), shape)
        : Tensor.of(((double[]) arrays[at]).clone(), shape);
  }

  private int position(String path) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).path().equals(path)) {
        return i;
      }
    }
    throw new IllegalArgumentException(Messages.unknown("parameter", path, all().keySet()));
  }
}
