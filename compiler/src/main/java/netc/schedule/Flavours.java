package netc.schedule;

/** Which flavours of code take a schedule: each, or one where the form has another schedule for the other. */
public enum Flavours {
  EACH,
  VECTOR,
  PORTABLE
}
