package netc.check.errors;

import java.util.List;
import java.util.stream.Collectors;
import netc.source.Span;

/** Phrases that several families use. */
final class Wording {
  private Wording() {}

  /** {@code [28, 28]}, or {@code a single number}. */
  static String shape(List<Integer> shape) {
    return shape.isEmpty() ? "a single number" : "shape " + shape;
  }

  /** {@code has shape [28, 28]}, or {@code is a single number}. */
  static String has(List<Integer> shape) {
    return shape.isEmpty() ? "is a single number" : "has shape " + shape;
  }

  /** {@code first}, {@code second}, …: the name of an axis. */
  static String ordinal(int position) {
    return switch (position) {
      case 0 -> "first";
      case 1 -> "second";
      case 2 -> "third";
      case 3 -> "fourth";
      default -> (position + 1) + "th";
    };
  }

  /** The text in backquotes if it is a name, else {@code this}. */
  static String named(Span span) {
    return isName(span.text()) ? "`" + span.text() + "`" : "this";
  }

  /** Whether a text is a name that can be given an index. */
  static boolean isName(String text) {
    return text.matches("[\\p{L}_][\\p{L}\\p{M}\\p{Nd}\u2080-\u2089_'@]*");
  }

  /** What a person calls a tensor with so many axes. */
  static String kind(int axes) {
    return switch (axes) {
      case 0 -> "a single number";
      case 1 -> "a vector";
      case 2 -> "a matrix";
      default -> "a tensor with " + axes + " axes";
    };
  }

  /** {@code a distribution}, {@code an initialiser}. */
  static String article(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
  }

  static String list(List<String> names) {
    return names.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "));
  }

  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 0..7}, or {@code anything} for an integer of which nothing is known. */
  static String range(long low, long high) {
    return low <= Integer.MIN_VALUE && high >= Integer.MAX_VALUE ? "anything" : low + ".." + high;
  }

  /** {@code a truth value}, {@code a real number}, …, for the name of a type. */
  static String type(String name) {
    return switch (name) {
      case "bool" -> "a truth value";
      case "real" -> "a real number";
      case "int", "integer" -> "an integer";
      case "index" -> "an index";
      default -> name.startsWith("index") ? "an " + name : "of type " + name;
    };
  }

  static String axes(int number) {
    return number == 1 ? "one axis" : number + " axes";
  }

  /** The text of a place on one line, shortened. */
  static String text(Span span) {
    String text = span.text().strip().replaceAll("\\s+", " ");
    return text.length() > 40 ? text.substring(0, 37) + "…" : text;
  }
}
