package netc.check;

/** What an expression is worth to the checker: known now, computed later, or callable. */
sealed interface Value permits Constant, Term, Callable {}
