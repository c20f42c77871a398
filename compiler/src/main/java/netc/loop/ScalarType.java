package netc.loop;

/** The type of one value: a number, a truth, or a vector of numbers, as long as the machine's registers. */
public enum ScalarType {
  FLOAT("float"),
  DOUBLE("double"),
  INT("int"),
  BOOLEAN("boolean"),
  FLOATS("FloatVector"),
  DOUBLES("DoubleVector"),
  INTS("IntVector"),
  /** What a comparison of vectors gives. */
  MASK("VectorMask");

  private final String javaName;

  ScalarType(String javaName) {
    this.javaName = javaName;
  }

  public String javaName() {
    return javaName;
  }

  public boolean isReal() {
    return this == FLOAT || this == DOUBLE;
  }

  /** The bytes of a number in an array. */
  public int bytes() {
    return switch (this) {
      case FLOAT, INT -> 4;
      case DOUBLE -> 8;
      case BOOLEAN, FLOATS, DOUBLES, INTS, MASK ->
          throw new IllegalArgumentException("there are no arrays of " + this);
    };
  }

  /** FLOATS, DOUBLES, or INTS, which has as many lanes as FLOATS. */
  public boolean isVector() {
    return this == FLOATS || this == DOUBLES || this == INTS;
  }

  /** A vector of these numbers, or the numbers of this vector. */
  public ScalarType counterpart() {
    return switch (this) {
      case FLOAT -> FLOATS;
      case DOUBLE -> DOUBLES;
      case FLOATS -> FLOAT;
      case DOUBLES -> DOUBLE;
      case INT -> INTS;
      case INTS -> INT;
      case BOOLEAN, MASK -> throw new IllegalArgumentException("there are no vectors of " + this);
    };
  }
}
