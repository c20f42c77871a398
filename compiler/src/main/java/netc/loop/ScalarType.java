package netc.loop;

/** The type of one value. */
public enum ScalarType {
  FLOAT("float"),
  DOUBLE("double"),
  INT("int"),
  BOOLEAN("boolean");

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
}
