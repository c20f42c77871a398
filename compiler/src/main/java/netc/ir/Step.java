package netc.ir;

import java.util.List;
import java.util.Optional;
import netc.source.Place;

/** Defines one tensor. */
public sealed interface Step {

  Tensor target();

  /** The line of the {@code .net} file that this comes from. */
  Place place();

  /**
   * {@code target[outputs] = reduce f}. The outputs, in order, are the row-major axes of the target;
   * several may together make one axis ({@code y[(c,i,j)] = …}: their sizes multiply to the axis).
   */
  record Equation(
      Tensor target, List<Index> outputs, Optional<Reduction> reduction, Expr body, Place place)
      implements Step {
    public Equation {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * {@code target = 0; target[at] += body} for every point of the domain, in row-major order; positions
   * that lie outside are left out. The gradient of a read whose index map cannot be inverted.
   */
  record Scatter(
      Tensor target,
      List<Subscript> at,
      List<Index> domain,
      Optional<Expr> filter,
      Expr body,
      Place place)
      implements Step {
    public Scatter {
      at = List.copyOf(at);
      domain = List.copyOf(domain);
    }
  }
}
