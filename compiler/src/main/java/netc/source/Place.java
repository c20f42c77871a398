package netc.source;

/** A line of a {@code .net} file: what an equation keeps of its origin. Lines count from 1. */
public record Place(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
