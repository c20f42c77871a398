package netc.runtime;

/**
 * Parameters, then states, in the order of {@link Metadata#variables()}, each flat and row-major. Only
 * the array of the precision in use is there. Nobody writes to the weights of a {@link Network}; a
 * trainer has weights of its own.
 */
public final class Weights {
  public final float[][] floats;
  public final double[][] doubles;

  public Weights(float[][] floats) {
    this.floats = floats;
    this.doubles = null;
  }

  public Weights(double[][] doubles) {
    this.floats = null;
    this.doubles = doubles;
  }

  public Precision precision() {
    return floats != null ? Precision.F32 : Precision.F64;
  }

  public int count() {
    return floats != null ? floats.length : doubles.length;
  }

  /** The number of elements of one variable. */
  public int elements(int variable) {
    return floats != null ? floats[variable].length : doubles[variable].length;
  }

  /** A copy of one variable. */
  public Tensor tensor(int variable, int... shape) {
    return floats != null
        ? Tensor.of(floats[variable].clone(), shape)
        : Tensor.of(doubles[variable].clone(), shape);
  }

  /** Copies the elements of a tensor into one variable. */
  public void set(int variable, Tensor values) {
    if (values.elements() != elements(variable)) {
      throw new IllegalArgumentException(
          "a variable of " + elements(variable) + " elements cannot take " + values);
    }
    if (floats != null) {
      System.arraycopy(values.floats(), 0, floats[variable], 0, floats[variable].length);
    } else {
      System.arraycopy(values.doubles(), 0, doubles[variable], 0, doubles[variable].length);
    }
  }

  public Weights copy() {
    if (floats != null) {
      float[][] copy = new float[floats.length][];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = floats[i].clone();
      }
      return new Weights(copy);
    }
    double[][] copy = new double[doubles.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = doubles[i].clone();
    }
    return new Weights(copy);
  }

  /** These weights in the given precision: themselves, or a converted copy. */
  public Weights as(Precision precision) {
    if (precision == precision()) {
      return this;
    }
    int count = count();
    if (precision == Precision.F32) {
      float[][] converted = new float[count][];
      for (int i = 0; i < count; i++) {
        converted[i] = tensor(i, elements(i)).floats();
      }
      return new Weights(converted);
    }
    double[][] converted = new double[count][];
    for (int i = 0; i < count; i++) {
      converted[i] = tensor(i, elements(i)).doubles();
    }
    return new Weights(converted);
  }

  /** Zeros for every variable of a network, in its precision. */
  public static Weights zeros(Metadata metadata) {
    int count = metadata.variables().size();
    if (metadata.precision() == Precision.F32) {
      float[][] zeros = new float[count][];
      for (int i = 0; i < count; i++) {
        zeros[i] = new float[metadata.variables().get(i).elements()];
      }
      return new Weights(zeros);
    }
    double[][] zeros = new double[count][];
    for (int i = 0; i < count; i++) {
      zeros[i] = new double[metadata.variables().get(i).elements()];
    }
    return new Weights(zeros);
  }
}
