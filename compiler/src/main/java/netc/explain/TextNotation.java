package netc.explain;

import java.util.List;
import java.util.regex.Pattern;

/** Formulas in Unicode, for a terminal: {@code ∂C₀/∂w_jk = 2(a_j − y_j)·a_j(1 − a_j)·a_k}. */
final class TextNotation implements Notation {
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉";
  private static final Pattern LAYER = Pattern.compile("@([0-9]+)");

  @Override
  public String name(String name) {
    return LAYER.matcher(name).replaceFirst(m -> "⁽" + digits(m.group(1), RAISED) + "⁾");
  }

  @Override
  public String objective(String name) {
    String stem = name.replaceFirst("[0-9]+$", "");
    return stem + digits(name.substring(stem.length()), LOWERED);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String digits(String number, String alphabet) {
    var text = new StringBuilder();
    number.chars().forEach(c -> text.append(alphabet.charAt(c - '0')));
    return text.toString();
  }

  @Override
  public String derivative(String objective, String by) {
    return "∂" + objective + "/∂" + by;
  }

  @Override
  public String subscripted(String name, List<String> subscripts) {
    if (subscripts.isEmpty()) {
      return name;
    }
    boolean areLetters = subscripts.stream().allMatch(s -> s.length() == 1);
    return name + "_" + (areLetters ? String.join("", subscripts) : "{" + String.join(",", subscripts) + "}");
  }

  @Override
  public String reduction(String operator, List<String> indices, String condition) {
    String symbol =
        switch (operator) {
          case "sum" -> "Σ";
          case "prod" -> "Π";
          default -> operator;
        };
    boolean isLetter = indices.size() == 1 && indices.getFirst().length() == 1 && condition.isEmpty();
    String under = String.join(",", indices) + (condition.isEmpty() ? "" : ": " + condition);
    return symbol + "_" + (isLetter ? under : "{" + under + "}") + " ";
  }

  @Override
  public String product(List<Factor> factors) {
    var text = new StringBuilder();
    for (Factor factor : factors) {
      boolean isFirst = text.isEmpty();
      text.append(isFirst || factor.isParenthesised() ? "" : "·").append(factor.text());
    }
    return text.toString();
  }

  @Override
  public boolean hasFractionBars() {
    return false;
  }

  @Override
  public String quotient(String dividend, String divisor) {
    return dividend + "/" + divisor;
  }

  @Override
  public String power(String base, String exponent) {
    return isNumber(exponent) ? base + digits(exponent, RAISED) : base + "^" + exponent;
  }

  @Override
  public String function(String name, List<String> arguments) {
    return name + "(" + String.join(", ", arguments) + ")";
  }

  @Override
  public String selection(String condition, String then, String otherwise) {
    return "(if " + condition + " then " + then + " else " + otherwise + ")";
  }

  @Override
  public String operator(String symbol) {
    return switch (symbol) {
      case "-" -> "−";
      case "==" -> "=";
      case "!=" -> "≠";
      case "<=" -> "≤";
      case ">=" -> "≥";
      default -> symbol;
    };
  }

  @Override
  public String parentheses(String inside) {
    return "(" + inside + ")";
  }

  @Override
  public String equals() {
    return " = ";
  }

  @Override
  public String adds() {
    return " += ";
  }
}
