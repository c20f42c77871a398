package netc.runtime;

/**
 * Parameters, then states, in the order of {@link Metadata#variables()}, each flat and row-major. Only
 * the array of the precision in use is there. Nobody writes to the weights of a {@link Network}; a
 * trainer has weights of its own.
 */
public final class Weights {
  public final float[][] floats;
  public final double[][] doubles;

  /** Copies in another order for generated code, made by it at the first call for one example. */
  public volatile float[][] packed;

  /** The same for blocks of rows, made at the first call for a batch. */
  public volatile float[][] packedForBlocks;

  /** The same for code without vectors: each copy as rows. */
  public volatile float[][][] packedRows;

  /** The flavour chosen for the networks that have these weights or copies of them; null where none is. */
  final Flavour flavour;

  public Weights(float[][] floats) {
    this(floats, null, null);
  }

  public Weights(double[][] doubles) {
    this(null, doubles, null);
  }

  private Weights(float[][] floats, double[][] doubles, Flavour flavour) {
    this.floats = floats;
    this.doubles = doubles;
    this.flavour = flavour;
  }

  private Weights(Precision precision, int[] sizes, Flavour flavour) {
    boolean single = precision == Precision.F32;
    floats = single ? new float[sizes.length][] : null;
    doubles = single ? null : new double[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      if (single) {
        floats[i] = new float[sizes[i]];
      } else {
        doubles[i] = new double[sizes[i]];
      }
    }
    this.flavour = flavour;
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
    Object array = floats != null ? values.floats() : values.doubles();
    System.arraycopy(array, 0, array(variable), 0, elements(variable));
  }

  /** The float[] or double[] of one variable itself, not a copy. */
  public Object array(int variable) {
    return floats != null ? floats[variable] : doubles[variable];
  }

  public Weights copy() {
    Weights copy = new Weights(precision(), sizes(), flavour);
    for (int i = 0; i < copy.count(); i++) {
      System.arraycopy(array(i), 0, copy.array(i), 0, elements(i));
    }
    return copy;
  }

  /** The same arrays, not copied, for networks of this flavour. */
  Weights in(Flavour chosen) {
    return new Weights(floats, doubles, chosen);
  }

  /** These weights in the given precision: themselves, or a converted copy. */
  public Weights as(Precision precision) {
    if (precision == precision()) {
      return this;
    }
    Weights converted = new Weights(precision, sizes(), flavour);
    for (int i = 0; i < converted.count(); i++) {
      converted.set(i, tensor(i, elements(i)));
    }
    return converted;
  }

  /** Zeros for every variable of a network, in its precision. */
  public static Weights zeros(Metadata metadata) {
    int[] sizes = new int[metadata.variables().size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = metadata.variables().get(i).elements();
    }
    return new Weights(metadata.precision(), sizes, null);
  }

  private int[] sizes() {
    int[] sizes = new int[count()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = elements(i);
    }
    return sizes;
  }
}
