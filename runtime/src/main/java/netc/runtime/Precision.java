package netc.runtime;

/** The floating-point type of a network's reals. */
public enum Precision {
  F32,
  F64
}
