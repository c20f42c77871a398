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
}
