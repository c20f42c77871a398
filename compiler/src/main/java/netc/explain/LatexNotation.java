package netc.explain;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Formulas in LaTeX, for an {@code align*} environment of amsmath. */
final class LatexNotation implements Notation {
  private static final Set<String> KNOWN =
      Set.of("exp", "log", "sin", "cos", "tan", "tanh", "max", "min");

  /** A name of a family, {@code a@2}, perhaps a part of its formula. */
  private static final Pattern LAYER = Pattern.compile("(.+)@([0-9]+)(['0-9]*)");

  @Override
  public String name(String name) {
    var layer = LAYER.matcher(name);
    return layer.matches()
        ? letters(layer.group(1)) + "^{(" + layer.group(2) + ")" + layer.group(3) + "}"
        : letters(name);
  }

  /** A letter is a variable; more of them, or a path, are a word. */
  private static String letters(String name) {
    return name.length() == 1 ? name : "\\mathit{" + name.replace("_", "\\_") + "}";
  }

  @Override
  public String objective(String name) {
    String stem = name.replaceFirst("[0-9]+$", "");
    String index = name.substring(stem.length());
    return letters(stem) + (index.isEmpty() ? "" : "_{" + index + "}");
  }

  @Override
  public String derivative(String objective, String by) {
    return "\\frac{\\partial " + objective + "}{\\partial " + by + "}";
  }

  @Override
  public String subscripted(String name, List<String> subscripts) {
    if (subscripts.isEmpty()) {
      return name;
    }
    boolean areLetters = subscripts.stream().allMatch(s -> s.length() == 1);
    return name + "_{" + String.join(areLetters ? "" : ", ", subscripts) + "}";
  }

  @Override
  public String reduction(String operator, List<String> indices, String condition) {
    String symbol =
        switch (operator) {
          case "sum" -> "\\sum";
          case "prod" -> "\\prod";
          case "max", "min" -> "\\" + operator;
          default -> "\\operatorname*{" + operator + "}";
        };
    String under = String.join(", ", indices) + (condition.isEmpty() ? "" : " : " + condition);
    return symbol + "_{" + under + "} ";
  }

  @Override
  public String product(List<Factor> factors) {
    var text = new StringBuilder();
    boolean afterNumber = false;
    for (Factor factor : factors) {
      String between = factor.isParenthesised() || afterNumber && !factor.isNumber() ? "\\," : " \\cdot ";
      text.append(text.isEmpty() ? "" : between).append(factor.text());
      afterNumber = factor.isNumber();
    }
    return text.toString();
  }

  @Override
  public boolean hasFractionBars() {
    return true;
  }

  @Override
  public String quotient(String dividend, String divisor) {
    return "\\frac{" + dividend + "}{" + divisor + "}";
  }

  @Override
  public String power(String base, String exponent) {
    return base + "^{" + exponent + "}";
  }

  @Override
  public String function(String name, List<String> arguments) {
    if (name.equals("sqrt")) {
      return "\\sqrt{" + arguments.getFirst() + "}";
    }
    String symbol = KNOWN.contains(name) ? "\\" + name : "\\operatorname{" + name.replace("_", "\\_") + "}";
    return symbol + parentheses(String.join(", ", arguments));
  }

  @Override
  public String selection(String condition, String then, String otherwise) {
    return "\\begin{cases} " + then + " & " + condition + " \\\\ " + otherwise + " & \\text{else} \\end{cases}";
  }

  @Override
  public String operator(String symbol) {
    return switch (symbol) {
      case "==" -> "=";
      case "!=" -> "\\ne";
      case "<=" -> "\\le";
      case ">=" -> "\\ge";
      case "and" -> "\\land";
      case "or" -> "\\lor";
      case "not" -> "\\lnot";
      default -> symbol;
    };
  }

  @Override
  public String parentheses(String inside) {
    return "\\left(" + inside + "\\right)";
  }

  @Override
  public String equals() {
    return " &= ";
  }

  @Override
  public String adds() {
    return " &\\mathrel{+}= ";
  }
}
