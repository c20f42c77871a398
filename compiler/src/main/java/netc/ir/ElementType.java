package netc.ir;

/** What one element is. {@code REAL} becomes float or double by compiler option. */
public enum ElementType {
  REAL,
  INT,
  BOOL
}
