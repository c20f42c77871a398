package netc.ir;

import java.util.List;
import java.util.Optional;

/**
 * What an equation does over the indices that its left side lacks. Over nothing: SUM 0, PROD 1, MAX
 * −∞, MIN +∞, ANY false, ALL true, ARGMAX and ARGMIN 0. NaN counts as largest for MAX and ARGMAX and
 * as smallest for MIN and ARGMIN; ARGMAX and ARGMIN give the row-major position, in the order of {@code
 * indices}, of the first extremum; MAX and MIN send the gradient there.
 *
 * @param filter only the points where it holds take part
 */
public record Reduction(Operator operator, List<Index> indices, Optional<Expr> filter) {

  public enum Operator {
    SUM,
    PROD,
    MAX,
    MIN,
    ARGMAX,
    ARGMIN,
    ANY,
    ALL
  }

  public Reduction {
    indices = List.copyOf(indices);
  }
}
