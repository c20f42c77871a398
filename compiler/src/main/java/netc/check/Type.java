package netc.check;

import netc.ir.ElementType;

/**
 * What an element of a {@link Term} is.
 *
 * @param size of a data index {@code index(N)}, its N; else 0
 */
record Type(Kind kind, int size) {

  enum Kind {
    REAL,
    BOOL,
    /** A loop index, size or int: a number in a real expression. */
    COUNTING,
    /** An integer that comes from data: a number only through {@code real( )}. */
    DATUM
  }

  static final Type REAL = new Type(Kind.REAL, 0);
  static final Type BOOL = new Type(Kind.BOOL, 0);
  static final Type COUNTING = new Type(Kind.COUNTING, 0);
  static final Type DATUM = new Type(Kind.DATUM, 0);

  static Type index(int size) {
    return new Type(Kind.DATUM, size);
  }

  boolean isInteger() {
    return kind == Kind.COUNTING || kind == Kind.DATUM;
  }

  boolean isReal() {
    return kind == Kind.REAL;
  }

  boolean isBool() {
    return kind == Kind.BOOL;
  }

  boolean isDatum() {
    return kind == Kind.DATUM;
  }

  ElementType element() {
    return switch (kind) {
      case REAL -> ElementType.REAL;
      case BOOL -> ElementType.BOOL;
      case COUNTING, DATUM -> ElementType.INT;
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case REAL -> "real";
      case BOOL -> "bool";
      case COUNTING -> "int";
      case DATUM -> size > 0 ? "index(" + size + ")" : "int (from data)";
    };
  }
}
