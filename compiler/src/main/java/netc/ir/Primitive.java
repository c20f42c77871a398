package netc.ir;

/**
 * The scalar operations. Arithmetic keeps its operands' type, REAL or INT, which must agree; division
 * is real only. The derivative of each stands in {@code netc.grad}.
 */
public enum Primitive {
  ADD("+", 2),
  SUBTRACT("-", 2),
  MULTIPLY("*", 2),
  DIVIDE("/", 2),
  NEGATE("-", 1),
  /** real^real; 0^0 = 1, a negative base with a non-whole exponent is NaN. */
  POWER("pow", 2),
  /** real^n, where the second argument is an {@link Expr.Int}; multiplies. 0^0 = 1. */
  POWER_WHOLE("^", 2),
  EXP("exp", 1),
  EXPM1("expm1", 1),
  LOG("log", 1),
  LOG1P("log1p", 1),
  SQRT("sqrt", 1),
  /** Derivative 0 at 0. */
  ABS("abs", 1),
  SIGN("sign", 1),
  SIN("sin", 1),
  COS("cos", 1),
  TAN("tan", 1),
  TANH("tanh", 1),
  ATAN("atan", 1),
  ERF("erf", 1),
  FLOOR("floor", 1),
  CEIL("ceil", 1),
  /** Half to even. */
  ROUND("round", 1),
  /** NaN if either is; a tie's derivative goes to the first. */
  MIN("min", 2),
  MAX("max", 2),
  /** clamp(x, low, high); a bound counts as inside. */
  CLAMP("clamp", 3),
  /** Floor division of INTs. */
  FLOOR_DIVIDE("div", 2),
  /** Remainder of floor division of INTs. */
  REMAINDER("mod", 2),
  EQUAL("==", 2),
  DIFFERENT("!=", 2),
  LESS("<", 2),
  AT_MOST("<=", 2),
  GREATER(">", 2),
  AT_LEAST(">=", 2),
  NOT("not", 1),
  AND("and", 2),
  OR("or", 2),
  /** INT or BOOL (true is 1) to REAL. */
  TO_REAL("real", 1),
  /** Its argument, without a derivative. */
  STOP("stop", 1);

  private final String symbol;
  private final int arity;

  Primitive(String symbol, int arity) {
    this.symbol = symbol;
    this.arity = arity;
  }

  public String symbol() {
    return symbol;
  }

  public int arity() {
    return arity;
  }

  public boolean isComparison() {
    return switch (this) {
      case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST -> true;
      default -> false;
    };
  }

  /** The comparison that holds where this one does not, unless a number is NaN. */
  public Primitive opposite() {
    return switch (this) {
      case EQUAL -> DIFFERENT;
      case DIFFERENT -> EQUAL;
      case LESS -> AT_LEAST;
      case AT_LEAST -> LESS;
      case GREATER -> AT_MOST;
      case AT_MOST -> GREATER;
      default -> throw new IllegalArgumentException(this + " is no comparison");
    };
  }
}
