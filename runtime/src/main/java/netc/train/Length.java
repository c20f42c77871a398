package netc.train;

/** How long to train: so many epochs, or so many steps. */
public record Length(int epochs, long steps) {

  public Length {
    if (epochs < 0 || steps < 0 || (epochs == 0) == (steps == 0)) {
      throw new IllegalArgumentException("a length is some epochs or some steps");
    }
  }

  public static Length epochs(int epochs) {
    return new Length(epochs, 0);
  }

  public static Length steps(long steps) {
    return new Length(0, steps);
  }
}
