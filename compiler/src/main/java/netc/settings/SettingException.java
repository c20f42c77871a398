package netc.settings;

/** A setting that makes no sense; the message says why, and what would. */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String what;

  SettingException(String what) {
    super(what);
    this.what = what;
  }

  /** @param area what the message begins with */
  SettingException(String area, String what) {
    super(area + ": " + what);
    this.what = what;
  }

  /** The message for one who sees which setting it is. */
  public String what() {
    return what;
  }
}
