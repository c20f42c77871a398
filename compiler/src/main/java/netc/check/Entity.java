package netc.check;

import java.util.List;
import java.util.Optional;
import netc.ir.Index;
import netc.source.Span;

/** What a name stands for. */
sealed interface Entity {

  Span span();

  /**
   * A value, size, setting, function or layer.
   *
   * @param labels of a tensor, what each axis was declared over, if that was a lone name
   */
  record Bound(Value value, Span span, List<Optional<AxisLabel>> labels) implements Entity {
    Bound(Value value, Span span) {
      this(value, span, List.of());
    }
  }

  /** An index in scope; it stands for {@code start + index}. */
  record Running(Index index, long start, boolean isWritten, Span span) implements Entity {}

  /** A name whose definition is wrong: reported there, silent here. */
  record Broken(Span span) implements Entity {}

  /** A net: a name of the file that no formula can use. */
  record NetName(Span span) implements Entity {}

  /** A declared axis: {@code H} in {@code img[H, W]}. */
  record AxisLabel(String name, boolean isShapeVariable) {}
}
