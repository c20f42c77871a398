package netc.ir;

import java.util.Set;
import java.util.regex.Pattern;

/** How names and keywords are spelled in the printed form, shared by {@link Printer} and {@link Reader}. */
final class Spelling {
  private Spelling() {}

  static final Set<String> KEYWORDS =
      Set.of(
          "program", "result", "scatter", "scan", "for", "at", "in", "if", "then", "else", "by", "deriv",
          "rows", "training", "true", "false", "inf", "nan", "not", "and", "or", "batch");

  /** Names start with a letter and hold no operator, bracket or blank. */
  static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}_.@'$#?~]*");

  /** Names of reductions are quoted too, since {@code sum[k]} would start one. */
  private static final Set<String> OPERATORS =
      Set.of("sum", "prod", "max", "min", "argmax", "argmin", "any", "all");

  /** A name, in backquotes unless it reads as one anyway. */
  static String name(String name) {
    boolean plain =
        NAME.matcher(name).matches() && !KEYWORDS.contains(name) && !OPERATORS.contains(name);
    return plain ? name : "`" + name + "`";
  }

  static String role(Tensor.Role role) {
    return role.name().toLowerCase(java.util.Locale.ROOT);
  }

  static String operator(Reduction.Operator operator) {
    return operator.name().toLowerCase(java.util.Locale.ROOT);
  }
}
