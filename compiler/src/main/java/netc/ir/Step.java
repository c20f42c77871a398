package netc.ir;

import java.util.List;
import java.util.Optional;
import netc.source.Place;

/** Defines a tensor, or, as a scan, several that depend on each other through time. */
public sealed interface Step {

  /** The tensors that it defines, in the order in which they are computed. */
  List<Tensor> targets();

  /** The line of the {@code .net} file that this comes from. */
  Place place();

  /** Defines one tensor. */
  sealed interface Single extends Step {
    Tensor target();

    @Override
    default List<Tensor> targets() {
      return List.of(target());
    }
  }

  /**
   * {@code target[outputs] = reduce f}. The outputs, in order, are the row-major axes of the target;
   * several may together make one axis ({@code y[(c,i,j)] = …}: their sizes multiply to the axis).
   */
  record Equation(
      Tensor target, List<Index> outputs, Optional<Reduction> reduction, Expr body, Place place)
      implements Single {
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
      implements Single {
    public Scatter {
      at = List.copyOf(at);
      domain = List.copyOf(domain);
    }
  }

  /**
   * Steps that are computed time step by time step, in their order inside one, since they read each
   * other at earlier times ({@code h[t - 1, k else 0]}); from outside, their tensors are like any other.
   * Each runs over {@code time}, which alone makes one axis of its target; see {@link Scans}.
   *
   * @param isReverse from the last time to the first; the earlier times are then t + 1, t + 2, …
   */
  record Scan(Index time, boolean isReverse, List<Single> body, Place place) implements Step {
    public Scan {
      body = List.copyOf(body);
    }

    @Override
    public List<Tensor> targets() {
      return body.stream().map(Single::target).toList();
    }
  }
}
