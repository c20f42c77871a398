package netc.runtime;

/** The floating-point type of a network's reals. */
public enum Precision {
  F32,
  F64;

  /** A new float[] or double[]. */
  public Object array(int length) {
    return this == F32 ? new float[length] : new double[length];
  }
}
