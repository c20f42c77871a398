package netc.syntax;

import java.util.List;
import java.util.Optional;
import netc.source.Span;

/**
 * {@code z@l[j, (c, i)] : [3, 4]}: the defined name, its axes, and the declared shape if there is one.
 *
 * @param axes one entry an axis: one binder, or several for a fused one
 */
public record LeftSide(
    Name name, List<List<Binder>> axes, Optional<List<Expression>> shape, Span span)
    implements Node {
  public LeftSide {
    axes = axes.stream().map(List::copyOf).toList();
    shape = shape.map(List::copyOf);
  }
}
