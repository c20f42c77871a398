package netc.ir;

/** The whole numbers from {@code low} to {@code high}, both included. */
public record Interval(long low, long high) {
  public boolean isWithin(long first, long last) {
    return low >= first && high <= last;
  }
}
