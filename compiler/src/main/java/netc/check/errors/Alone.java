package netc.check.errors;

import java.util.List;
import java.util.Optional;
import netc.source.Span;

/**
 * Where an index stands alone in a subscript.
 *
 * @param size how long that axis is
 * @param text what the axis is: {@code x has 8 elements}
 * @param declared where that tensor is declared, and its shape
 * @param swapped what this place would say if the two subscripts of the access changed places
 */
public record Alone(
    Span span, int size, String text, Optional<Declared> declared, Optional<Swapped> swapped) {

  public record Declared(Span span, String name, List<Integer> shape) {}

  /** {@code w[k, j]} as {@code w[j, k]}: the index would run over {@code size} then. */
  public record Swapped(Span here, Span other, Span access, int size) {}

  /** {@code first}, {@code second}, …: the name of an axis. */
  public static String ordinal(int axis) {
    return Wording.ordinal(axis);
  }
}
