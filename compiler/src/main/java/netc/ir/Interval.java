package netc.ir;

/** The whole numbers from {@code low} to {@code high}, both included; none where low is above high. */
public record Interval(long low, long high) {

  /** Of no number everything is true. */
  public boolean isWithin(long first, long last) {
    return low > high || (low >= first && high <= last);
  }
}
