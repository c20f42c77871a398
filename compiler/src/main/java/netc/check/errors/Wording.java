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

  static String axes(int number) {
    return number == 1 ? "one axis" : number + " axes";
  }

  /** The text of a place on one line, shortened. */
  static String text(Span span) {
    String text = span.text().strip().replaceAll("\\s+", " ");
    return text.length() > 40 ? text.substring(0, 37) + "…" : text;
  }
}
