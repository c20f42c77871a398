package netc.explain;

import java.util.List;

/** How the parts of a formula are written: as plain text, or as LaTeX. */
interface Notation {

  /** The name of a tensor; {@code w@2} carries a superscript. */
  String name(String name);

  /** The name of a loss, whose digits at the end are an index: {@code C0}. */
  String objective(String name);

  /** The derivative of the objective by something. */
  String derivative(String objective, String by);

  /** A name with subscripts; none for a single number. */
  String subscripted(String name, List<String> subscripts);

  /** {@code Σ} over indices, with a condition unless it is empty; the body follows. */
  String reduction(String operator, List<String> indices, String condition);

  String product(List<Factor> factors);

  boolean hasFractionBars();

  String quotient(String dividend, String divisor);

  String power(String base, String exponent);

  String function(String name, List<String> arguments);

  String selection(String condition, String then, String otherwise);

  String operator(String symbol);

  String parentheses(String inside);

  /** What stands between the two sides of an equation. */
  String equals();

  /** What is added to an element that other steps add to as well. */
  String adds();

  /** A factor of a product. */
  record Factor(String text, boolean isParenthesised, boolean isNumber) {}
}
