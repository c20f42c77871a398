package netc.train;

/** How long to train: epochs, or steps, or neither (0: what the settings say). */
public record Length(int epochs, long steps) {

  public static Length epochs(int epochs) {
    return new Length(epochs, 0);
  }

  public static Length steps(long steps) {
    return new Length(0, steps);
  }
}
