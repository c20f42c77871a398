package netc.loop;

/** {@code float[]} (rank 1) or {@code float[][]} (rank 2: rows of lanes). */
public record ArrayType(ScalarType element, int rank) {
  public String javaName() {
    return element.javaName() + "[]".repeat(rank);
  }
}
